// @ts-check
/** One page from the journal for somebody else, and the journal as a file. Nothing is sent from here. */
import { append, BROUGHT, getMeta, onChange, openJournal, readAll, setMeta, takeOut, unreadable } from "../journal/store.js";
import { guarded } from "../journal/refusal.js";
import { exclusively } from "../backup/lock.js";
import { all, find, setText } from "../lib/dom.js";
import { write } from "../lib/safe-storage.js";
import { JOURNAL_BEGUN } from "../lib/storage-keys.js";
import { goTo } from "./saying.js";
import { momentOf } from "./view.js";

/** What is in a person's own words. */
const OWN_WORDS = ["medicine", "note"];

/** The most bytes of one character in UTF-8. */
const LONGEST_LETTER = 4;

// Not needed where nothing is kept.
const copies = () => import("../journal/copy.js");
const fold = () => import("../journal/insights.js");

/** Everything that is kept. @type {Entry[]} */
let entries = [];

/** What a file holds that nobody has said yes to. @type {Entry[]} */
let waiting = [];

export async function start() {
  find("[data-hand-over-choice]").addEventListener("change", () => guarded(draw));
  find("[data-restore]").addEventListener("change", ({ target }) => {
    guarded(() => restore(/** @type {HTMLInputElement} */ (target)));
  });
  document.addEventListener("click", ({ target }) => {
    const button = /** @type {Element} */ (target).closest("[data-hand]");
    if (button instanceof HTMLElement) guarded(() => hand(button));
    const answer = /** @type {Element} */ (target).closest("[data-restore-do]");
    if (answer instanceof HTMLElement) guarded(async () => answers[answer.dataset.restoreDo ?? ""]());
  });
  onChange(() => guarded(load));
  // Out of the browser's memory it would show, and hand on, what was deleted meanwhile.
  addEventListener("pageshow", ({ persisted }) => persisted && guarded(load));
  find("[data-hand=print]").hidden = !("print" in window);
  await guarded(async () => {
    await openJournal();
    await load();
    find("[data-hand-over]").hidden = false;
  });
}

async function load() {
  entries = await readAll();
  find('[data-journal-why="unreadable"]').hidden = !unreadable();
  find("[data-restore-undo]").hidden = !(await getMeta(BROUGHT));
  await draw();
}

async function draw() {
  const known = (await fold()).live(entries, Date.now());
  for (const line of all("[data-hand-over-part]")) {
    line.hidden = (line.dataset.handOverPart === "empty") !== !known.length;
  }
  find("[data-report]").replaceChildren(...(known.length ? await report(await chosen(known)) : []));
}

/**
 * @param {Entry[]} known
 * @returns {Promise<Entry[]>} what shall be on the page
 */
async function chosen(known) {
  const { episodes } = await fold();
  const choice = new FormData(/** @type {HTMLFormElement} */ (find("[data-hand-over-choice]")));
  const [last] = episodes(known);
  const within = choice.get("span") === "last" && last ? new Set(last.entries) : null;
  const wordless = !choice.has("words");
  return known.filter(
    (entry) => (!within || within.has(entry)) && !(wordless && OWN_WORDS.includes(entry.kind)),
  );
}

/**
 * @param {Entry[]} known
 * @returns {Promise<Element[]>}
 */
async function report(known) {
  const told = words();
  const { chapters } = await import("../journal/report.js");
  const { painChart } = await import("./chart.js");
  const about = `${told["text.about"]} ${momentOf(Date.now())}`;
  return [
    made("h2", told["text.title"]),
    made("p", about, "small"),
    ...chapters(known, told).flatMap(({ head: [title, ...head], days, parts }) => [
      made("h3", title),
      ...head.map((line) => made("p", line)),
      ...(days.length > 1 ? [picture(painChart(days))] : []),
      ...parts.flatMap((part) => [made("h4", part.title), list(part.lines)]),
    ]),
  ];
}

/** @param {SVGElement} chart */
function picture(chart) {
  const frame = made("div", "", "chart");
  // The line below it says the same in numbers.
  frame.setAttribute("aria-hidden", "true");
  frame.append(chart);
  return frame;
}

/** @param {string[]} lines */
function list(lines) {
  const list = made("ul", "", "report__lines");
  list.append(...lines.map((line) => made("li", line)));
  return list;
}

/**
 * @param {string} name
 * @param {string} text
 * @param {string} [css]
 */
function made(name, text, css = "") {
  return Object.assign(document.createElement(name), { textContent: text, className: css, dir: "auto" });
}

/** @param {HTMLElement} button */
async function hand(button) {
  const { hand: form = "", name = "", type = "" } = button.dataset;
  if (form === "print") return print?.();
  const known = await chosen((await fold()).live(entries, Date.now()));
  const { lang: language } = document.documentElement;
  /** @type {Record<string, () => Promise<string>>} */
  const make = {
    text: async () => (await import("../journal/report.js")).toText(known, words()),
    csv: async () => (await import("../journal/table.js")).toCsv(known),
    fhir: async () => {
      const { toFhir } = await import("../journal/fhir.js");
      return JSON.stringify(toFhir(known, { now: Date.now(), language }), null, 1);
    },
    backup: async () => (await copies()).toCopy(entries),
  };
  const { shareFile } = await import("../lib/share-file.js");
  const way = await shareFile(await make[form](), { name, type });
  for (const line of all("[data-handed]")) {
    line.hidden = way !== "saved" || (line.dataset.handed === "backup") !== (form === "backup");
    setText("bdi", name, line);
  }
}

/**
 * Tells what a file holds, and asks. Nothing is written before.
 * @param {HTMLInputElement} field
 */
async function restore(field) {
  const [file] = field.files ?? [];
  quiet();
  if (!file) return;
  const { fromCopy, LARGEST_COPY, NoCopy } = await copies();
  try {
    if (file.size > LARGEST_COPY * LONGEST_LETTER) throw new NoCopy("size");
    const { entries: found, refused } = fromCopy(await file.text());
    setText("[data-refused-count]", refused);
    if (refused) say("refused");
    await ask(found);
  } catch (fault) {
    if (!(fault instanceof NoCopy)) throw fault;
    say(fault.why);
  } finally {
    // The same file can be chosen again.
    field.value = "";
  }
}

/** @param {Entry[]} found */
async function ask(found) {
  const told = await whatComesOf(found);
  if (!told) return;
  const { bring, from, to, ends, ...counts } = told;
  for (const line of all("[data-restore-count]")) {
    const count = counts[/** @type {keyof typeof counts} */ (line.dataset.restoreCount)];
    setText("bdi", count, line);
    line.hidden = !count;
  }
  find("[data-restore-days]").hidden = !counts.fresh;
  setText("[data-restore-from]", momentOf(from));
  setText("[data-restore-to]", momentOf(to));
  find("[data-restore-ends]").hidden = !ends;
  find("[data-restore-sure]").hidden = !bring.length;
  find("[data-restore-ask]").hidden = false;
  waiting = found;
  if (!bring.length) say("nothing");
  else goTo(find("[data-restore-ask] h3"));
}

/**
 * @param {Entry[]} found
 * @returns {Promise<import("../journal/copy.js").Brought | undefined>} undefined where something else is kept
 *   for a note of it, which is then said
 */
async function whatComesOf(found) {
  const { brought } = await copies();
  try {
    // Another tab may have written meanwhile.
    return brought(found, await readAll());
  } catch (fault) {
    if (/** @type {Error} */ (fault).name !== "EntryConflict") throw fault;
    end("conflict");
  }
}

/** @type {Record<string, () => unknown>} */
const answers = {
  bring: async () => {
    const found = waiting;
    // A second tap brings nothing, and would make nothing of what can be taken out again.
    waiting = [];
    const told = found.length ? await whatComesOf(found) : undefined;
    if (!told) return;
    try {
      await bringIn(told.bring);
    } catch (fault) {
      // It can be tried again.
      waiting = found;
      throw fault;
    }
    setText("[data-restored-count]", told.fresh);
    end("done");
    await load();
  },
  leave: () => end("left"),
  undo: async () => {
    const isDone = await exclusively({ getMeta, setMeta }, takeOutLast, () => false);
    end(isDone ? "undone" : "busy");
    await load();
  },
};

/** @param {Entry[]} bring */
async function bringIn(bring) {
  const before = await getMeta(BROUGHT);
  // First, or a browser that is killed would have no way to take it out again.
  await setMeta(BROUGHT, bring.map(({ id }) => id));
  try {
    await append(bring);
  } catch (fault) {
    await setMeta(BROUGHT, before);
    throw fault;
  }
}

/** @returns {Promise<boolean>} true */
async function takeOutLast() {
  await takeOut((await getMeta(BROUGHT)) ?? []);
  await setMeta(BROUGHT, undefined);
  // Else the journal would say that the browser has cleared it.
  if (!(await readAll()).length) write(JOURNAL_BEGUN, null);
  return true;
}

/**
 * Says what came of a file; the person goes on where another can be chosen.
 * @param {string} what
 */
function end(what) {
  quiet();
  say(what);
  goTo(find("#copy"));
}

function quiet() {
  waiting = [];
  for (const line of all("[data-restored], [data-restore-ask]")) line.hidden = true;
}

/** @param {string} what */
function say(what) {
  find(`[data-restored="${what}"]`).hidden = false;
}

/** @returns {Record<string, string>} */
function words() {
  const told = all("[data-word]").map(({ dataset, textContent }) => [dataset.word ?? "", textContent ?? ""]);
  return { ...Object.fromEntries(told), language: document.documentElement.lang };
}

/** @typedef {import("../journal/entry.js").Entry} Entry */
