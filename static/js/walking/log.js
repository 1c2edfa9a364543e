// @ts-check
/**
 * Keeps a person's walks on this phone and shows the next step that follows from them. The page's
 * ladder is whole without it.
 */
import { all, find, setText } from "../lib/dom.js";
import { isKept, keeps, list, write } from "../lib/safe-storage.js";
import { TIMER_LOG, WALKS } from "../lib/storage-keys.js";
import { stateAt, wholeMs } from "../timer/state.js";
import { current } from "../timer/store.js";
import { nextStep } from "./plan.js";

const MORNINGS = ["yes", "no", "later"];
const LONGEST = 240;
const DAY_MS = 864e5;
/** An answer about danger signs is true for so long, and never on another day. */
const TRUE_MS = 4 * 3_600_000;
/** How often a page that is left open looks whether that is over. */
const LOOK_MS = 60_000;

/** When the question about danger signs was asked or answered, by the clock and by what has passed. */
let asked = { at: 0, steady: 0 };

/** Whether the form holds something that a person chose. */
let touched = false;

/** Shows the plan and the form, or says that this phone keeps nothing. */
export async function start() {
  find("[data-walks]").hidden = false;
  // Where there is no room for more, what was kept is still there.
  if (!isKept() && !walks().length) return show("closed");
  find("[data-walks-log]").hidden = false;
  document.addEventListener("click", ({ target }) => {
    const button = /** @type {Element} */ (target).closest("[data-walks-do]");
    if (!(button instanceof HTMLElement)) return;
    actions[button.dataset.walksDo ?? ""]?.(button);
    goOn(button);
  });
  find("[data-walks-form]").addEventListener("submit", note);
  find("[data-walks-form]").addEventListener("change", () => (touched = true));
  addEventListener("pageshow", begin);
  document.addEventListener("visibilitychange", askIfOld);
  setInterval(askIfOld, LOOK_MS);
  begin();
}

/** @param {Element | null} place where the person is; once it is no more, they go on with what came of it */
function goOn(place) {
  if (!place || place.getClientRects().length) return;
  find(place.matches("[data-walks-do=keep]") ? "[data-walks-do=forget]" : "[data-walks-part]:not([hidden])").focus();
}

/** @type {Record<string, (button: HTMLElement) => void>} */
const actions = {
  well: () => answer("plan"),
  unwell: () => answer("none"),
  more: ({ dataset }) => {
    touched = true;
    setMinutes(minutes() + Number(dataset.by));
  },
  morning: ({ dataset }) => settle(/** @type {Morning} */ (dataset.value)),
  forget: () => (find("[data-walks-sure]").hidden = false),
  keep: () => (find("[data-walks-sure]").hidden = true),
  delete: () => {
    write(WALKS, null);
    begin();
  },
};

/** Asks anew: whether today is a day for walking is never remembered. */
function begin() {
  ask();
  if (touched) return;
  const timed = lastTimed();
  setMinutes(timed || nextStep(walks(), today()).minutes);
  const form = /** @type {HTMLDetailsElement} */ (find("[data-walks-note]"));
  form.open = timed > 0 && !walks().some(({ day }) => day === today());
}

function ask() {
  const place = document.activeElement;
  answer("gate");
  showWalks();
  goOn(place);
}

/** Asks anew where the answer is of another day, hours old, or of a clock that was changed. */
function askIfOld() {
  const now = Date.now();
  const passed = Math.max(now - asked.at, performance.now() - asked.steady);
  if (document.hidden || (passed < TRUE_MS && now >= asked.at && dayOf(asked.at) === today())) return;
  ask();
}

/** @param {string} part what follows from the answer; the question itself, where it is open */
function answer(part) {
  asked = { at: Date.now(), steady: performance.now() };
  show(part);
}

/** @param {string} part */
function show(part) {
  for (const line of all("[data-walks-part]")) line.hidden = line.dataset.walksPart !== part;
  // The ladder is there to read, but no walk begins on a day with a danger sign.
  document.querySelector(".ladder")?.classList.toggle("ladder--no-walk", part === "none");
  if (part === "plan") showPlan();
}

function showPlan() {
  const step = nextStep(walks(), today());
  for (const line of all("[data-walks-why]")) {
    line.hidden = !line.dataset.walksWhy?.split(" ").includes(step.why);
  }
  const stages = all("[data-walks-from]");
  const here = stages.filter(({ dataset }) => Number(dataset.walksFrom) <= step.minutes).pop();
  for (const stage of stages) stage.hidden = stage !== here;
  // The number itself, the button of the timer, and the form of the calendar.
  setText("[data-walks-number], [data-walks-part=plan] [data-timer-start] bdi", step.minutes);
  for (const button of all("[data-walks-part=plan] [data-minutes]")) {
    button.dataset.minutes = String(step.minutes);
  }
}

/** Fills the list of walks, and asks about the morning after the last one that is open. */
function showWalks() {
  const known = walks();
  const line = /** @type {HTMLTemplateElement} */ (find("[data-walks-line]"));
  find("[data-walks-list]").replaceChildren(...known.map((walk) => filled(line, walk)));
  find("[data-walks-kept]").hidden = !known.length;
  find("[data-walks-sure]").hidden = true;
  const open = waiting(known);
  find("[data-walks-morning]").hidden = !open;
  if (open) setText("[data-walks-open]", dateOf(open.day));
}

/**
 * @param {HTMLTemplateElement} template
 * @param {Walk} walk
 */
function filled(template, { day, minutes, before, most }) {
  const line = /** @type {DocumentFragment} */ (template.content.cloneNode(true));
  const texts = [dateOf(day), minutes, before, most];
  line.querySelectorAll("bdi").forEach((cell, index) => (cell.textContent = String(texts[index])));
  return line;
}

/** @param {SubmitEvent} event */
function note(event) {
  event.preventDefault();
  const form = /** @type {HTMLFormElement} */ (event.currentTarget);
  const answers = new FormData(form);
  const [before, most] = [Number(answers.get("before")), Number(answers.get("most"))];
  const morning = /** @type {Morning} */ (answers.get("morning"));
  if (!keep([...walks(), { day: today(), minutes: minutes(), before, most, morning }])) return;
  form.reset();
  touched = false;
  begin();
  /** @type {HTMLDetailsElement} */ (find("[data-walks-note]")).open = false;
  find("[data-walks-tomorrow]").hidden = morning !== "later";
  find("[data-walks-noted]").hidden = false;
  // The form has closed above it, and what was in view is somewhere else.
  find("[data-walks-noted]").focus();
}

/**
 * Says of all walks of the open day whether the pain was back where it began.
 * @param {Morning} morning
 */
function settle(morning) {
  const known = walks();
  const open = waiting(known)?.day;
  if (keep(known.map((walk) => (walk.day === open && walk.morning === "later" ? { ...walk, morning } : walk)))) begin();
}

/**
 * @param {Walk[]} known
 * @returns {Walk | undefined} the last walk whose next morning has come and was not told
 */
function waiting(known) {
  return known.find(({ day, morning }) => morning === "later" && day < today());
}

/** @returns {Walk[]} the newest first, without anything that this file would not write */
function walks() {
  const known = list(WALKS).filter(isWalk);
  return known.sort((a, b) => b.day - a.day);
}

/**
 * @param {Walk[]} known
 * @returns {boolean} whether they are kept; where not, the page says so and all stays as it was
 */
function keep(known) {
  const text = JSON.stringify(known);
  const kept = keeps(WALKS, text);
  // What an older release left in this window would hide it.
  if (kept) write(WALKS, text);
  const say = find("[data-walks-unkept]");
  say.hidden = kept;
  if (!kept) {
    find("[data-walks-noted]").hidden = true;
    say.scrollIntoView({ block: "center" });
  }
  return kept;
}

/** @returns {number} whole minutes of the last walk of today that a timer timed; 0 without one */
function lastTimed() {
  const timer = current();
  if (timer?.kind === "walk" && stateAt(timer, Date.now()).over) return minutesIn(wholeMs(timer));
  const mine = list(TIMER_LOG).filter((use) => use?.kind === "walk" && dayOf(use.start) === today());
  const last = mine[mine.length - 1];
  return last ? minutesIn(last.end - last.start) : 0;
}

/** @param {number} time in milliseconds */
function minutesIn(time) {
  return Math.max(1, Math.round(time / 60_000));
}

/**
 * @param {any} walk
 * @returns {walk is Walk}
 */
function isWalk(walk) {
  const { day, minutes, before, most, morning } = walk ?? {};
  const within = (/** @type {any} */ n, /** @type {number} */ low, /** @type {number} */ high) =>
    Number.isInteger(n) && n >= low && n <= high;
  const pains = [before, most].every((pain) => within(pain, 0, 10));
  return Number.isInteger(day) && within(minutes, 1, LONGEST) && pains && MORNINGS.includes(morning);
}

/** @returns {number} minutes that the form shows */
function minutes() {
  return Number(find("[data-walks-long]").textContent);
}

/** @param {number} wanted */
function setMinutes(wanted) {
  setText("[data-walks-long]", Math.min(LONGEST, Math.max(1, wanted)));
}

function today() {
  return dayOf(Date.now());
}

/**
 * @param {number} moment
 * @returns {number} the day on the calendar here, counted from 1970
 */
function dayOf(moment) {
  const there = new Date(moment);
  return Math.floor((moment - there.getTimezoneOffset() * 60_000) / DAY_MS);
}

/** @param {number} day */
function dateOf(day) {
  const { lang } = document.documentElement;
  const options = /** @type {const} */ ({ day: "numeric", month: "short", timeZone: "UTC" });
  return new Intl.DateTimeFormat(`${lang}-u-nu-latn`, options).format(day * DAY_MS);
}

/**
 * @typedef {import("./plan.js").Walk} Walk
 * @typedef {import("./plan.js").Morning} Morning
 */
