// @ts-check
/** The journal: what is kept, how it is now, what helps. Nothing of it leaves this phone from here. */
import { FUNCTIONS } from "../journal/entry.js";
import { append, newEntry, onChange, openJournal, readAll, unreadable } from "../journal/store.js";
import { guarded } from "../journal/refusal.js";
import { all, find, setText, show } from "../lib/dom.js";
import { dayOf, momentOf, word } from "./view.js";

const PAGE = 10;
/** So much more pain is a change for the worse. */
const RISE = 2;

/** What is shown where nothing is kept. @type {Seen} */
const NOTHING = { known: [], episode: undefined, tried: [], days: [], last: null, next: null };

// Not needed to write the first thing down.
const upkeep = () => import("./upkeep.js");
const timerOffers = () => import("./timer-offers.js");

/** What is kept and counts, the newest first, and what follows from it. */
let state = NOTHING;

/** Whether the danger signs were looked at since the page was opened. */
let clear = false;

/** How many lines are shown. */
let shown = PAGE;

/** What a form begins from, by its kind: an entry that is changed, or a timer that ran. @type {Record<string, Start>} */
const starts = {};

/** Opens what is kept and shows it, or says why it cannot be. */
export async function start() {
  document.addEventListener("click", press);
  for (const form of forms()) form.addEventListener("submit", submit);
  onChange(refresh);
  addEventListener("pageshow", ({ persisted }) => persisted && refresh());
  await guarded(async () => {
    await openJournal();
    await draw();
    await (await upkeep()).mindBackup();
  });
}

function refresh() {
  guarded(draw);
}

async function draw() {
  const entries = await readAll();
  state = entries.length ? (await import("../journal/insights.js")).seen(entries, Date.now()) : NOTHING;
  const { known, episode } = state;
  find("[data-journal]").hidden = false;
  find('[data-journal-why="unreadable"]').hidden = !unreadable();
  const open = episode?.ended === null;
  part("begin", !open);
  if (!open) presetDay();
  part("empty", !known.length);
  part("flags", open && !clear);
  part("open", open && clear);
  part("list", known.length > 0);
  drawLast(open);
  drawDue();
  await drawHelps();
  drawList();
  await drawCourse();
  await drawTimers(open ? await (await timerOffers()).timersRun(entries) : []);
  await (await upkeep()).mindStore(!entries.length);
}

/** It locked today, unless somebody says otherwise; it cannot lock tomorrow. */
function presetDay() {
  const field = /** @type {HTMLInputElement} */ (find("[name=day]"));
  field.max = localOf(Date.now()).slice(0, 10);
  field.value ||= field.max;
}

/** @param {boolean} open whether an episode goes on */
function drawLast(open) {
  const last = open ? null : state.last;
  part("last", last !== null);
  if (!last) return;
  setText('[data-last="worst"]', last.worstDay + 1);
  setText('[data-last="days"]', last.days);
  find("[data-last-walked]").hidden = last.walkedBy === null;
  setText('[data-last="walked"]', (last.walkedBy ?? 0) + 1);
}

function drawDue() {
  const { next } = state;
  part("due", next !== null);
  if (!next) return;
  const isDue = next.due <= Date.now();
  find('[data-journal-due="now"]').hidden = !isDue;
  find('[data-journal-due="later"]').hidden = isDue;
  setText("[data-journal-day]", dayOf(next.due));
}

async function drawHelps() {
  const { tried } = state;
  part("helps", tried.length > 0);
  if (!tried.length) return;
  const { fill } = await import("./chart.js");
  const { signed } = await import("../journal/insights.js");
  fill(
    "helps",
    tried.map(({ what, uses, known, mean, verdict }) => [
      word(`what.${what}`),
      String(uses),
      known ? signed(mean) : "–",
      word(`verdict.${verdict}`),
    ]),
  );
}

async function drawCourse() {
  const { days } = state;
  part("course", days.length > 1);
  if (days.length < 2) return;
  const { fill, painChart } = await import("./chart.js");
  fill("course", days.map(({ day, pain }) => [String(day + 1), String(pain)]));
  find("[data-journal-chart]").replaceChildren(painChart(days));
}

/** @param {import("./timer-offers.js").Use[]} uses */
async function drawTimers(uses) {
  const line = /** @type {HTMLTemplateElement} */ (find("[data-journal-suggestion]"));
  const offered = uses.map(({ kind, end, minutes }) => {
    const copy = /** @type {DocumentFragment} */ (line.content.cloneNode(true));
    const item = /** @type {HTMLElement} */ (copy.firstElementChild);
    Object.assign(item.dataset, { kind, end: String(end), minutes: String(minutes) });
    find("strong", item).textContent = `${word(`what.${kind}`)}, ${minutes} ${word("min")}`;
    find("time", item).textContent = momentOf(end);
    return copy;
  });
  find("[data-journal-suggestions]").replaceChildren(...offered);
}

function drawList() {
  const line = /** @type {HTMLTemplateElement} */ (find("[data-journal-line]"));
  const { known } = state;
  const some = known.slice(0, shown);
  find("[data-journal-list]").replaceChildren(...some.map((entry) => filled(line, entry)));
  find('[data-journal-do="more"]').hidden = known.length <= shown;
}

/**
 * @param {HTMLTemplateElement} template
 * @param {Entry} entry
 */
function filled(template, entry) {
  const line = /** @type {DocumentFragment} */ (template.content.cloneNode(true));
  const item = /** @type {HTMLElement} */ (line.firstElementChild);
  item.dataset.id = entry.id;
  const [time, title, what] = ["time", "h3", ".journal__what"].map((css) => find(css, item));
  time.textContent = momentOf(entry.at);
  time.setAttribute("datetime", new Date(entry.at).toISOString());
  title.textContent = word(`kind.${entry.kind}`);
  what.textContent = inWords(entry);
  find("[data-line=edit]", item).hidden = !form(entry.kind) || entry.kind === "recovered";
  return line;
}

/**
 * @param {Entry} entry
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
  guarded(async () => await act?.(button, state.known.find((entry) => entry.id === id)));
}

/** @type {Record<string, (button: HTMLElement, one?: Entry) => unknown>} */
const actions = {
  clear: async () => {
    clear = true;
    await draw();
    find("[data-journal-part=open]").scrollIntoView({ block: "start" });
  },
  more: () => {
    shown += PAGE;
    drawList();
  },
  ask: () => (find("[data-journal-sure]").hidden = false),
  spare: () => (find("[data-journal-sure]").hidden = true),
  erase: async () => {
    const erased = await (await upkeep()).eraseEverything();
    find("[data-journal-sure]").hidden = true;
    find("[data-journal-kept]").hidden = true;
    await draw();
    find("[data-journal-busy]").hidden = erased;
    find("[data-journal-erased]").hidden = !erased;
    find(erased ? "[data-journal-erased]" : "[data-journal-busy]").scrollIntoView({ block: "center" });
  },
  take: (button) => {
    const { kind, end, minutes } = /** @type {HTMLElement} */ (button.closest("li")).dataset;
    begin("measure", { at: Number(end), data: { what: kind, minutes } });
  },
  leave: async (button) => {
    const { leaveTimer } = await timerOffers();
    await leaveTimer(Number(/** @type {HTMLElement} */ (button.closest("li")).dataset.end));
    await draw();
  },
  delete: async (_, entry) => {
    if (!entry) return;
    await keep([newEntry(entry.kind, {}, { supersedes: [entry.id], gone: true })]);
    find("[data-journal-kept]").hidden = true;
    await (await upkeep()).sayDeleted();
  },
  edit: (_, entry) => entry && begin(entry.kind, { at: entry.at, supersedes: [entry.id], data: entry.data }),
  calendar: ({ dataset }) => state.next && remind(new Date(state.next.due), dataset.title ?? ""),
};

/**
 * Hands a reminder to the phone's calendar.
 * @param {Date} day
 * @param {string} title
 */
async function remind(day, title) {
  const { CALENDAR, reminder } = await import("../lib/icalendar.js");
  const { shareFile } = await import("../lib/share-file.js");
  await shareFile(reminder(day, title, new Date()), CALENDAR);
}

/** @param {SubmitEvent} event */
function submit(event) {
  event.preventDefault();
  const posted = /** @type {HTMLFormElement} */ (event.currentTarget);
  const kind = posted.dataset.journalForm ?? "";
  const { data: old, ...more } = starts[kind] ?? {};
  const answers = new FormData(posted);
  guarded(async () => {
    const at = momentIn(answers, more.at) ?? (await momentNow());
    const entry = newEntry(/** @type {any} */ (kind), read(kind, answers, old), { ...more, at });
    const before = state.known.find((other) => other.kind === "feel");
    await keep([entry]);
    delete starts[kind];
    posted.reset();
    posted.closest("details")?.removeAttribute("open");
    find("[data-journal-kept]").scrollIntoView({ block: "center" });
    const rise = kind === "feel" && !old && before ? entry.data.pain - before.data.pain : 0;
    find("[data-journal-risen]").hidden = rise < RISE;
    const { askToPersist, mindBackup } = await upkeep();
    if (kind === "begin") await askToPersist();
    await mindBackup();
  });
}

/** @returns {Promise<number>} the moment of what is written now */
async function momentNow() {
  const { known } = state;
  return known.length ? (await import("../journal/insights.js")).momentAfter(known, Date.now()) : Date.now();
}

/** @param {Entry[]} entries */
async function keep(entries) {
  for (const line of all("[data-journal-erased], [data-journal-deleted]")) line.hidden = true;
  await append(entries);
  await draw();
  find("[data-journal-kept]").hidden = false;
}

/**
 * @param {string} kind
 * @param {FormData} answers
 * @param {Record<string, any>} [old] what is changed: it keeps what the form does not ask
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
    return { ...old, what: answers.get("what"), minutes, before, after };
  }
  const asked = ["region", "text"].filter((name) => answers.has(name));
  return Object.fromEntries(asked.map((name) => [name, answers.get(name)]));
}

/**
 * @param {FormData} answers
 * @param {number} [before] the moment that the form began from
 * @returns {number | undefined} when it was, where the person said so or it is known; never ahead
 */
function momentIn(answers, before) {
  const [day, when] = ["day", "when"].map((name) => String(answers.get(name) ?? ""));
  // Of a day that is past, nobody remembers the hour.
  const said = day ? (day === localOf(before ?? Date.now()).slice(0, 10) ? "" : `${day}T12:00`) : when;
  const at = said && said !== localOf(before ?? 0) ? new Date(said).getTime() : NaN;
  return Number.isFinite(at) && at >= 0 ? Math.min(at, Date.now()) : before;
}

/**
 * @param {number} moment
 * @returns {string} as fields for a day and a time have it
 */
function localOf(moment) {
  const ahead = new Date(moment).getTimezoneOffset() * 60_000;
  return new Date(moment - ahead).toISOString().slice(0, 16);
}

/**
 * Opens a form with what is known already.
 * @param {string} kind
 * @param {Start} start
 */
function begin(kind, start) {
  const opened = form(kind);
  if (!opened) return;
  starts[kind] = start;
  clear = true;
  part("flags", false);
  part(kind === "begin" ? "begin" : "open", true);
  opened.closest("details")?.setAttribute("open", "");
  for (const [name, value] of Object.entries({ ...start.data, ...start.data.can, ...momentsOf(start.at) })) {
    const field = opened.elements.namedItem(name);
    if (field && "value" in field) field.value = value === null ? "" : String(value);
  }
  opened.scrollIntoView({ block: "center" });
}

// --- the page --------------------------------------------------------------------------------

/** @param {number} at */
function momentsOf(at) {
  const local = localOf(at);
  return { day: local.slice(0, 10), when: local };
}

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
  show(`[data-journal-part="${name}"]`, visible);
}

/**
 * @typedef {{at: number, supersedes?: string[], data: Record<string, any>}} Start
 * @typedef {import("../journal/entry.js").Entry} Entry
 * @typedef {import("../journal/insights.js").Seen} Seen
 */
