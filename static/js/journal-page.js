// @ts-check
/** The journal: what is kept, how it is now, what helps. Nothing of it leaves this phone from here. */
import { course, effects, episodes, lastTime, live, nextCheck } from "./journal-fold.js";
import { append, entry, eraseAll, onChange, openJournal, readAll, unreadable } from "./journal-store.js";

const PAGE = 10;
const DAY_MS = 864e5;
/** So much more pain is a change for the worse. */
const RISE = 2;
const FUNCTIONS = ["dress", "sit", "walk", "sleep"];

/** What is kept and counts, the newest first. @type {Entry[]} */
let known = [];

/** Whether the danger signs were looked at since the page was opened. */
let clear = false;

/** How many lines are shown. */
let shown = PAGE;

/** The entry that a form changes, by the kind of the form. @type {Record<string, Entry>} */
const changing = {};

/** Opens what is kept and shows it, or says why it cannot be. */
export async function startJournal() {
  document.addEventListener("click", press);
  for (const form of forms()) form.addEventListener("submit", submit);
  onChange(refresh);
  addEventListener("pageshow", ({ persisted }) => persisted && refresh());
  await guarded(async () => {
    await openJournal();
    await draw();
  });
}

function refresh() {
  guarded(draw);
}

/**
 * Does what needs the store; where the store refuses, says so in words.
 * @param {() => Promise<void>} act
 */
async function guarded(act) {
  for (const one of all("[data-journal-why]")) one.hidden = true;
  try {
    await act();
  } catch (fault) {
    const { why } = /** @type {{why?: string}} */ (fault);
    if (!why) throw fault;
    for (const one of all("[data-journal-why]")) one.hidden = one.dataset.journalWhy !== why;
    find("[data-journal-kept]").hidden = true;
  }
}

async function draw() {
  known = live(await readAll());
  find("[data-journal]").hidden = false;
  find('[data-journal-why="unreadable"]').hidden = !unreadable();
  const [episode] = episodes(known);
  const open = episode?.ended === null;
  part("begin", !open);
  part("empty", !known.length);
  part("flags", open && !clear);
  part("open", open && clear);
  part("list", known.length > 0);
  drawLast(open);
  drawDue();
  drawHelps();
  drawList();
  await drawCourse(episode);
}

/** @param {boolean} open whether an episode goes on */
function drawLast(open) {
  const last = open ? null : lastTime(known);
  part("last", last !== null);
  if (!last) return;
  write('[data-last="worst"]', last.worstDay + 1);
  write('[data-last="days"]', last.days);
  find("[data-last-walked]").hidden = last.walkedBy === null;
  write('[data-last="walked"]', (last.walkedBy ?? 0) + 1);
}

function drawDue() {
  const next = nextCheck(known, Date.now());
  part("due", next !== null);
  if (!next) return;
  const now = next.due <= Date.now();
  find('[data-journal-due="now"]').hidden = !now;
  find('[data-journal-due="later"]').hidden = now;
  write("[data-journal-day]", dayOf(next.due));
}

function drawHelps() {
  const tried = effects(known);
  part("helps", tried.length > 0);
  fill(
    "helps",
    tried.map(({ what, uses, known: both, mean, verdict }) => [
      word(`what.${what}`),
      `${both} / ${uses}`,
      both ? signed(mean) : "–",
      word(`verdict.${verdict}`),
    ]),
  );
}

/** @param {Episode | undefined} episode */
async function drawCourse(episode) {
  const days = episode ? course(episode) : [];
  part("course", days.length > 1);
  if (days.length < 2) return;
  fill("course", days.map(({ day, pain }) => [String(day + 1), String(pain)]));
  const { painChart } = await import("./journal-chart.js");
  find("[data-journal-chart]").replaceChildren(painChart(days));
}

function drawList() {
  const line = /** @type {HTMLTemplateElement} */ (find("[data-journal-line]"));
  const some = known.slice(0, shown);
  find("[data-journal-list]").replaceChildren(...some.map((one) => filled(line, one)));
  find('[data-journal-do="more"]').hidden = known.length <= shown;
}

/**
 * @param {HTMLTemplateElement} template
 * @param {Entry} one
 */
function filled(template, one) {
  const line = /** @type {DocumentFragment} */ (template.content.cloneNode(true));
  const item = /** @type {HTMLElement} */ (line.firstElementChild);
  item.dataset.id = one.id;
  const [time, title, what] = ["time", "h3", ".journal__what"].map((css) => find(css, item));
  time.textContent = momentOf(one.at);
  time.setAttribute("datetime", new Date(one.at).toISOString());
  title.textContent = word(`kind.${one.kind}`);
  what.textContent = inWords(one);
  find("[data-line=edit]", item).hidden = !form(one.kind) || one.kind === "begin" || one.kind === "recovered";
  return line;
}

/**
 * @param {Entry} one
 * @returns {string}
 */
function inWords({ kind, data }) {
  if (kind === "begin") return word(`region.${data.region}`);
  if (kind === "check") return [word(`urgency.${data.urgency}`), ...data.reasons].join(" · ");
  if (kind === "feel") {
    const can = FUNCTIONS.filter((name) => data.can[name]).map(
      (name) => `${word(`can.${name}`)}: ${word(`degree.${data.can[name]}`)}`,
    );
    return [`${word("pain")} ${data.pain}`, ...can].join(" · ");
  }
  if (kind === "measure") {
    const pains = ["before", "after"].filter((name) => data[name] !== null);
    const told = pains.map((name) => `${word("pain")} ${word(name)} ${data[name]}`);
    return [`${word(`what.${data.what}`)}, ${data.minutes} ${word("min")}`, ...told].join(" · ");
  }
  return data.text ?? "";
}

// --- what a person does ----------------------------------------------------------------------

/** @param {MouseEvent} event */
function press({ target }) {
  const button = /** @type {Element} */ (target).closest("[data-journal-do], [data-line]");
  if (!(button instanceof HTMLElement)) return;
  const { journalDo, line } = button.dataset;
  const act = actions[journalDo ?? line ?? ""];
  const id = /** @type {HTMLElement | null} */ (button.closest("[data-id]"))?.dataset.id;
  guarded(async () => act?.(button, known.find((one) => one.id === id)));
}

/** @type {Record<string, (button: HTMLElement, one?: Entry) => unknown>} */
const actions = {
  clear: () => {
    clear = true;
    return draw();
  },
  more: () => {
    shown += PAGE;
    drawList();
  },
  ask: () => (find("[data-journal-sure]").hidden = false),
  spare: () => (find("[data-journal-sure]").hidden = true),
  erase: async () => {
    await eraseAll();
    find("[data-journal-sure]").hidden = true;
    find("[data-journal-kept]").hidden = true;
    await draw();
    find("[data-journal-erased]").hidden = false;
  },
  delete: (_, one) => one && keep([entry(one.kind, {}, { supersedes: [one.id], gone: true })]),
  edit: (_, one) => one && openFor(one),
  calendar: async ({ dataset }) => {
    const next = nextCheck(known, Date.now());
    const { reminder, handOver } = await import("./calendar-file.js");
    if (next) await handOver(reminder(new Date(next.due), dataset.title ?? "", new Date()), "easeback.ics");
  },
};

/** @param {SubmitEvent} event */
function submit(event) {
  event.preventDefault();
  const place = /** @type {HTMLFormElement} */ (event.currentTarget);
  const kind = place.dataset.journalForm ?? "";
  const old = changing[kind];
  const more = old ? { at: old.at, supersedes: [old.id] } : {};
  guarded(async () => {
    const one = entry(/** @type {any} */ (kind), read(kind, new FormData(place), old), more);
    const before = known.find((other) => other.kind === "feel");
    await keep([one]);
    delete changing[kind];
    place.reset();
    place.closest("details")?.removeAttribute("open");
    const rise = kind === "feel" && !old && before ? one.data.pain - before.data.pain : 0;
    find("[data-journal-risen]").hidden = rise < RISE;
  });
}

/** @param {Entry[]} entries */
async function keep(entries) {
  find("[data-journal-erased]").hidden = true;
  await append(entries);
  await draw();
  const kept = find("[data-journal-kept]");
  kept.hidden = false;
  kept.scrollIntoView({ block: "nearest" });
}

/**
 * @param {string} kind
 * @param {FormData} answers
 * @param {Entry} [old] what is changed: it keeps what the form does not ask
 * @returns {Record<string, any>} the data of an entry
 */
function read(kind, answers, old) {
  const number = (/** @type {string} */ name) => (answers.has(name) ? Number(answers.get(name)) : null);
  if (kind === "feel") {
    const can = FUNCTIONS.filter((name) => answers.has(name)).map((name) => [name, number(name)]);
    return { pain: number("pain"), can: Object.fromEntries(can) };
  }
  if (kind === "measure") {
    const [minutes, before, after] = ["minutes", "before", "after"].map(number);
    return { ...old?.data, what: answers.get("what"), minutes, before, after };
  }
  return Object.fromEntries(answers);
}

/**
 * Puts an entry into its form, to be changed.
 * @param {Entry} one
 */
function openFor(one) {
  const place = form(one.kind);
  if (!place) return;
  changing[one.kind] = one;
  clear = true;
  part("flags", false);
  part("open", true);
  place.closest("details")?.setAttribute("open", "");
  for (const [name, value] of Object.entries({ ...one.data, ...one.data.can })) {
    const field = place.elements.namedItem(name);
    if (field && "value" in field) field.value = value === null ? "" : String(value);
  }
  place.scrollIntoView({ block: "center" });
}

// --- the page --------------------------------------------------------------------------------

/** @returns {HTMLFormElement[]} */
function forms() {
  return /** @type {HTMLFormElement[]} */ (all("[data-journal-form]"));
}

/** @param {string} kind */
function form(kind) {
  return forms().find(({ dataset }) => dataset.journalForm === kind);
}

/**
 * @param {string} name
 * @param {boolean} visible
 */
function part(name, visible) {
  for (const one of all(`[data-journal-part="${name}"]`)) one.hidden = !visible;
}

/**
 * @param {string} name of the table
 * @param {string[][]} rows
 */
function fill(name, rows) {
  const made = rows.map((cells) => {
    const row = document.createElement("tr");
    for (const text of cells) row.append(Object.assign(document.createElement("td"), { textContent: text }));
    return row;
  });
  find(`[data-journal-rows="${name}"]`).replaceChildren(...made);
}

/** @param {string} name */
function word(name) {
  return document.querySelector(`[data-word="${CSS.escape(name)}"]`)?.textContent ?? name;
}

/** @param {number} change */
function signed(change) {
  const size = Math.abs(change).toFixed(1);
  // The mark keeps the sign before the number where a line runs from right to left.
  return size === "0.0" ? size : `\u200e${change > 0 ? "+" : "−"}${size}`;
}

/** @param {number} moment */
function momentOf(moment) {
  return format(moment, { dateStyle: "medium", timeStyle: "short" });
}

/** @param {number} moment */
function dayOf(moment) {
  return format(moment, moment - Date.now() < 6 * DAY_MS ? { weekday: "long" } : { dateStyle: "medium" });
}

/**
 * @param {number} moment
 * @param {Intl.DateTimeFormatOptions} options
 */
function format(moment, options) {
  return new Intl.DateTimeFormat(`${document.documentElement.lang}-u-nu-latn`, options).format(moment);
}

/**
 * @param {string} place
 * @param {string | number} text
 */
function write(place, text) {
  find(place).textContent = String(text);
}

/**
 * @param {string} css
 * @param {ParentNode} within
 * @returns {HTMLElement}
 */
function find(css, within = document) {
  return all(css, within)[0];
}

/**
 * @param {string} css
 * @param {ParentNode} within
 * @returns {HTMLElement[]}
 */
function all(css, within = document) {
  return /** @type {HTMLElement[]} */ ([...within.querySelectorAll(css)]);
}

/**
 * @typedef {import("./journal-fold.js").Entry} Entry
 * @typedef {import("./journal-fold.js").Episode} Episode
 */
