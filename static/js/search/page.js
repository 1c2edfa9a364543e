// @ts-check
/**
 * Searches all pages of this language on the phone: what is asked for goes nowhere.
 *
 * Pages are found as a person finds them, by their links, and are read when somebody first turns to
 * the field. A page that no link leads to is not found, and there is none.
 */
import { optional } from "../lib/dom.js";
import { readPage } from "../lib/read-page.js";
import { addSynonyms, corrected, entry, marked, search, sentence } from "./match.js";

const MOST = 20;
const BLOCKS = "h1, h2, h3, p, li, dt, dd, th, td";
/** What is no advice: the way to other pages, sources, and what is not on the page now. */
const LEFT_OUT = "nav, .cards, .sources, [hidden], [data-search]";

/** @type {Promise<Entry[]> | undefined} */
let everything;
let isRead = false;

/** Shows the field, and what it finds. */
export async function start() {
  const panel = optional("[data-search]");
  const field = /** @type {HTMLInputElement | undefined} */ (optional("[data-search-field]"));
  if (!panel || !field) return;
  panel.hidden = false;
  field.addEventListener("focus", () => (everything ??= readAll()), { once: true });
  field.addEventListener("input", () => look(field));
  // The entry in the history holds the question for Back, and for nobody else.
  const { search: kept } = history.state ?? {};
  for (const act of ["click", "change"]) addEventListener(act, () => keep(field));
  field.value ||= kept?.query ?? "";
  if (!field.value.trim()) return;
  await look(field);
  if (field.value !== kept?.query) return;
  scrollBy({ top: topOf(field) - kept.top, behavior: "instant" });
}

/**
 * Lines above the field come and go while a page gets ready: a place is told from the field.
 * @param {HTMLInputElement} field
 */
function topOf(field) {
  return field.getBoundingClientRect().top;
}

/** @param {HTMLInputElement} field */
function keep(field) {
  const kept = { query: field.value, top: topOf(field) };
  history.replaceState({ ...history.state, search: kept }, "");
  // The browser would scroll before the hits are there, and add its way to ours.
  history.scrollRestoration = kept.query ? "manual" : "auto";
}

/** @param {HTMLInputElement} field */
async function look(field) {
  const query = field.value.trim();
  if (!isRead) note("reading");
  const all = await (everything ??= readAll());
  isRead = true;
  // What was typed meanwhile is looked for on its own.
  if (query !== field.value.trim()) return;
  let asked = query;
  let found = search(all, asked, MOST);
  if (!found.length) {
    asked = corrected(all, query);
    found = search(all, asked, MOST);
  }
  optional("[data-search-results]")?.replaceChildren(...found.map((entry) => result(entry, asked)));
  const count = optional("[data-search-count]");
  if (count) count.textContent = String(found.length);
  note(found.length ? "found" : query ? "nothing" : "empty");
}

/** @param {string} wanted which of the notes is shown */
function note(wanted) {
  for (const note of document.querySelectorAll("[data-search-note]")) {
    note.toggleAttribute("hidden", note.getAttribute("data-search-note") !== wanted);
  }
}

/** @param {Entry} entry @param {string} query */
function result({ address, title, heading, text }, query) {
  const link = document.createElement("a");
  link.href = address;
  link.append(line(title, query));
  if (heading) link.append(line(heading, query));
  if (text) link.append(line(sentence(text, query), query));
  const item = document.createElement("li");
  item.append(link);
  return item;
}

/** @param {string} text @param {string} query */
function line(text, query) {
  const paragraph = document.createElement("p");
  for (const [piece, isHit] of marked(text, query)) {
    const hit = isHit ? paragraph.appendChild(document.createElement("mark")) : paragraph;
    hit.append(piece);
  }
  return paragraph;
}

// --- reading the pages ------------------------------------------------------------------------

/** @returns {Promise<Entry[]>} what stands on every page that links lead to, the nearest first */
async function readAll() {
  const own = location.pathname;
  const seen = new Set([own]);
  const found = entries(document, own);
  let next = links(document, seen);
  while (next.length) {
    const pages = await Promise.all(next.map(readPage));
    const known = next;
    next = [];
    for (const [index, page] of pages.entries()) {
      if (!page) continue;
      found.push(...entries(page, known[index]));
      next.push(...links(page, seen));
    }
  }
  addEverydayWords(found);
  return found;
}

/**
 * Lets everyday words find the places that they lead to; none of them is shown.
 * @param {Entry[]} found
 */
function addEverydayWords(found) {
  /** @type {NodeListOf<HTMLElement>} */
  const leads = document.querySelectorAll("[data-search-to]");
  for (const { dataset } of leads) {
    const path = `/${document.documentElement.lang}/${dataset.searchTo}`;
    const entry = found.find(({ address }) => address === path);
    if (entry) addSynonyms(entry, dataset.searchWords ?? "");
  }
}

/**
 * @param {Document} page
 * @param {Set<string>} seen paths known already, to which the new ones are added
 */
function links(page, seen) {
  const home = `/${document.documentElement.lang}/`;
  const paths = [...page.links].map(({ href }) => new URL(href));
  const fresh = paths
    .filter(({ origin, pathname }) => origin === location.origin && pathname.startsWith(home))
    .map(({ pathname }) => pathname)
    .filter((path) => !seen.has(path));
  const once = [...new Set(fresh)];
  for (const path of once) seen.add(path);
  return once;
}

/**
 * @param {Document} page
 * @param {string} path
 * @returns {Entry[]} the page, its sections and its statements
 */
function entries(page, path) {
  const main = page.querySelector("main");
  const title = tidy(main?.querySelector("h1"));
  let address = path;
  let heading = "";
  const found = [entry(path, title, "", "")];
  for (const block of main?.querySelectorAll(BLOCKS) ?? []) {
    const text = tidy(block);
    if (!text || block.matches("h1") || block.querySelector(BLOCKS) || block.closest(LEFT_OUT)) {
      continue;
    }
    const isHeading = block.matches("h2, h3");
    const here = block.id ? `${path}#${block.id}` : address;
    if (isHeading) {
      address = here;
      heading = text;
    }
    found.push(entry(here, title, heading, isHeading ? "" : text));
  }
  return found;
}

/** @param {Element | null | undefined} element */
function tidy(element) {
  return (element?.textContent ?? "").replace(/\s+/g, " ").trim();
}

/** @typedef {import("./match.js").Entry} Entry */
