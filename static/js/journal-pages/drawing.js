// @ts-check
/** Draws the page of the journal from what is known: what is kept, and what is being written. */
import { unreadable } from "../journal/store.js";
import { find, setText, show } from "../lib/dom.js";
import { read } from "../lib/safe-storage.js";
import { JOURNAL_BEGUN, TIMER_LOG } from "../lib/storage-keys.js";
import { drawLines } from "./lines.js";
import { bound, forgetSheets, isWriting, presetDay, sheetOf, started } from "./sheets.js";
import { current, everything, isAnswered, isOpen, load } from "./state.js";
import { dayIn, dayOf, momentOf, word } from "./view.js";

/** Forms within the part for an episode that goes on. */
const WITHIN = ["feel", "measure", "medicine", "note"];

/** More than there is to try: a stranger's copy may name thousands of exercises. */
const MOST_TRIED = 100;

/** What the clock decided when the page was last drawn. */
let drawnAs = "";

/** @returns {boolean} whether the page says something that was true only earlier */
export function isStale() {
  return drawnAs !== "" && drawnAs !== byClock();
}

function byClock() {
  const now = Date.now();
  return [isAnswered(), dayIn(now), Number(current().next?.due) <= now].join();
}

/**
 * Reads anew what is kept, and draws it.
 * @param {boolean} [wasAside] whether the browser had put the page aside, where no other tab reaches it
 * @returns {Promise<boolean>} whether something is being written that is not kept yet
 */
export async function redraw(wasAside) {
  const hadPlace = document.activeElement !== document.body;
  const before = everything();
  await load();
  if (wasAside && isErased(before)) forgetSheets();
  if (isWriting()) (await import("./keeping.js")).reconcile();
  await draw();
  await (await import("./upkeep.js")).mindStore(!everything().length);
  if (hadPlace) (await import("./saying.js")).goOn();
  return isWriting();
}

/**
 * @param {import("../journal/entry.js").Entry[]} before what was kept
 * @returns {boolean} whether somebody has deleted all of it: else each has left a tombstone, or the
 *   browser has cleared its store
 */
function isErased(before) {
  const there = new Set(everything().map(({ id }) => id));
  const isCleared = !there.size && read(JOURNAL_BEGUN) !== null;
  return before.length > 0 && !isCleared && !before.some(({ id }) => there.has(id));
}

/** Draws all of it. */
async function draw() {
  drawnAs = byClock();
  const { known } = current();
  find("[data-journal]").hidden = false;
  find('[data-journal-why="unreadable"]').hidden = !unreadable();
  part("empty", !known.length);
  part("list", known.length > 0);
  drawForms();
  drawLast();
  drawDue();
  drawLines();
  await drawHelps();
  await drawCourse();
  await drawTimers();
}

/** Shows the forms that can be filled in now; what is being changed can, whatever was asked before. */
export function drawForms() {
  const open = isOpen();
  const free = open && isAnswered();
  const changed = new Set(started().map(({ kind }) => kind));
  const within = WITHIN.filter((kind) => free || changed.has(kind));
  part("begin", !open || changed.has("begin"));
  part("flags", open && !free);
  part("open", within.length > 0);
  for (const kind of WITHIN) show(`[data-journal-block="${kind}"]`, within.includes(kind));
  show('[data-journal-block="add"]', within.some((kind) => kind !== "feel"));
  show('[data-journal-block="free"]', free);
  presetDay();
  for (const kind of ["begin", ...WITHIN]) {
    const sheet = sheetOf(kind);
    bound(sheet, Date.now());
    drawStart(sheet);
  }
}

/** @param {import("./sheets.js").Sheet} sheet says what it began from */
function drawStart({ form, start }) {
  const notice = find("[data-journal-start]", form);
  notice.hidden = !start;
  const { change = "", timer = "" } = notice.dataset;
  setText("p", start ? (start.supersedes ? change : timer).replace("{moment}", momentOf(start.at)) : "", notice);
}

function drawLast() {
  const last = isOpen() ? null : current().last;
  part("last", last !== null);
  if (!last) return;
  setText('[data-last="worst"]', last.worstDay + 1);
  setText('[data-last="days"]', last.days);
  find("[data-last-walked]").hidden = last.walkedBy === null;
  setText('[data-last="walked"]', (last.walkedBy ?? 0) + 1);
}

function drawDue() {
  const { next } = current();
  part("due", next !== null && isAnswered());
  if (!next) return;
  const isDue = next.due <= Date.now();
  find('[data-journal-due="now"]').hidden = !isDue;
  find('[data-journal-due="later"]').hidden = isDue;
  setText("[data-journal-day]", dayOf(next.due));
}

async function drawHelps() {
  const { tried } = current();
  part("helps", tried.length > 0);
  if (!tried.length) return;
  const { fill } = await import("./chart.js");
  const { signed } = await import("../journal/insights.js");
  fill(
    "helps",
    tried.slice(0, MOST_TRIED).map(({ what, uses, known, mean, verdict }) => [
      word(`what.${what}`),
      String(uses),
      known ? signed(mean) : "–",
      word(`verdict.${verdict}`),
    ]),
  );
}

async function drawCourse() {
  const { days } = current();
  part("course", days.length > 1);
  if (days.length < 2) return;
  const { fill, painChart } = await import("./chart.js");
  fill("course", days.map(({ day, pain }) => [String(day + 1), String(pain)]));
  find("[data-journal-chart]").replaceChildren(painChart(days));
}

async function drawTimers() {
  const mayOffer = isOpen() && read(TIMER_LOG) !== null;
  const uses = mayOffer ? await (await import("./timer-offers.js")).timersRun(everything()) : [];
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

/**
 * @param {string} name
 * @param {boolean} visible
 */
function part(name, visible) {
  show(`[data-journal-part="${name}"]`, visible);
}
