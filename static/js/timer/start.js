// @ts-check
/** Starts timers: from the buttons of a page, and for other scripts. */
import { all } from "../lib/dom.js";
import { isKept } from "../lib/safe-storage.js";
import { begin } from "./store.js";

const { lang } = document.documentElement;

/**
 * Starts a timer; call it in a tap. null: it runs, and its page shows it.
 * @param {Plan} plan
 * @param {boolean} [replace] whether a timer that runs is stopped for it
 * @returns {import("./store.js").Refusal | null}
 * @public for tests
 */
export function startTimer(plan, replace = false) {
  const limits = { rounds: 1, over: "", gap: null, cap: null, maximum: null };
  const begun = { startedAt: Date.now(), pausedAt: null, unsure: false };
  return begin({ ...limits, ...plan, language: lang, ...begun }, replace);
}

/**
 * Shares the minutes between the segments that have no length of their own; where each has one,
 * they are repeated as often as fits.
 * @param {(Omit<import("./state.js").Segment, "seconds"> & {seconds: number | null})[]} segments
 * @param {number} minutes
 * @returns {{segments: import("./state.js").Segment[], rounds: number}}
 */
function fitted(segments, minutes) {
  const fixed = segments.reduce((sum, { seconds }) => sum + (seconds ?? 0), 0);
  const open = segments.filter(({ seconds }) => seconds === null).length;
  const share = Math.floor((minutes * 60 - fixed) / open);
  const whole = segments.map((segment) => ({ ...segment, seconds: segment.seconds ?? share }));
  return {
    segments: whole.filter(({ seconds }) => seconds > 0),
    rounds: open ? 1 : Math.max(1, Math.round((minutes * 60) / fixed)),
  };
}

/** Shows the page's starters, which without a script can do nothing. */
export async function start() {
  for (const starter of all("[data-timer-start]")) {
    starter.hidden = false;
    say(starter, "unkept", !isKept());
    for (const button of all("[data-minutes]", starter)) {
      button.addEventListener("click", () => press(starter, Number(button.dataset.minutes)));
    }
  }
}

/**
 * @param {HTMLElement} starter
 * @param {number} minutes 0 where the segments say how long
 * @param {boolean} [replace]
 */
function press(starter, minutes, replace = false) {
  const refusal = startTimer(planOf(starter, minutes), replace);
  if (!refusal) return location.assign(`/${lang}/timer/`);
  for (const why of ["busy", "early", "often"]) say(starter, why, why === refusal.why);
  // Few people are refused: what tells them more is fetched, from this phone, when they are.
  import("./refusal.js")
    .then(({ explain }) => explain(starter, refusal, () => press(starter, minutes, true)))
    .catch(console.warn);
}

/**
 * @param {HTMLElement} starter
 * @param {number} minutes
 * @returns {Plan}
 */
function planOf({ dataset, children }, minutes) {
  const steps = /** @type {HTMLElement[]} */ ([...children[0].children]);
  const segments = steps.map(({ textContent, dataset: { seconds, cue = "mark", when, day, night, height, mirror } }) => ({
    seconds: seconds ? Number(seconds) : null,
    text: textContent?.trim() ?? "",
    cue,
    ...(when && { when }),
    ...(day && night && { picture: { day, night, height: Number(height), mirror: !!mirror } }),
  }));
  const limit = (/** @type {string | undefined} */ text) => (text ? Number(text) * 60 : null);
  const rounds = Number(dataset.rounds);
  return {
    kind: dataset.kind ?? "",
    name: dataset.name ?? "",
    back: dataset.back ?? "",
    over: dataset.over ?? "",
    gap: limit(dataset.gap),
    cap: Number(dataset.cap) || null,
    maximum: limit(dataset.maximum),
    .../** @type {any} */ (minutes ? fitted(segments, minutes) : { segments, rounds }),
  };
}

/**
 * @param {HTMLElement} starter
 * @param {string} what
 * @param {boolean} shown
 */
function say(starter, what, shown) {
  for (const part of all(`[data-timer-say="${what}"]`, starter)) part.hidden = !shown;
}

/**
 * @typedef {Pick<Timer, "kind" | "name" | "back" | "segments"> & Partial<Timer>} Plan
 * @typedef {import("./state.js").Timer} Timer
 */
