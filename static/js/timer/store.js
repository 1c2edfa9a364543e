// @ts-check
/** The timer that runs, what was seen of it last, and when each kind was used in the last days. */
import { list, parsed, write } from "../lib/safe-storage.js";
import { TIMER, TIMER_LOG, TIMER_SEEN } from "../lib/storage-keys.js";
import { corrected, cueDue, DAY_MS, insists, SLIP_S, stateAt, tooSoon, wholeMs } from "./state.js";

const CHANGED = "timerchange";

const ANY = /^/;
const CUE = /^(mark|in|out|none)$/;
const WORD = /^[a-z-]+$/;
const ROUTE = /^([a-z0-9-]+\/)*$/;
const LANGUAGE = /^[a-z]{2,3}(-\w+)*$/i;
const ASSET = /^\/assets\/[\w./-]+$/;
const LONGEST_S = 4 * 3600;
const MOST_ROUNDS = 500;

const KEEP_MS = 7 * DAY_MS;

/** How long the end of a timer is still news, where nothing may still lie on the skin. */
const NEWS_MS = 3_600_000;

/** A browser that is killed knows the time to so much. */
const NOTE_MS = 60_000;

/**
 * The last look of this page. exact: somebody could see it, and its steady clock did not sleep.
 * @type {{startedAt: number, at: number, steady: number, exact: boolean} | null}
 */
let last = null;

/**
 * The last step that this page has told. What other pages told counts only where this one begins:
 * nobody knows which of them is looked at, or can be heard.
 * @type {{of: number | undefined, step: number} | null}
 */
let heard = null;

/** @returns {Timer | null} the timer that runs, is paused or has just ended */
export function current() {
  const timer = parsed(TIMER);
  if (!isTimer(timer)) return null;
  if (insists(timer) || timer.pausedAt !== null || Date.now() < endOf(timer) + NEWS_MS) return timer;
  letGo(timer, endOf(timer));
  return null;
}

/** @param {Timer} timer */
export function keep(timer) {
  if (!isTimer(timer)) throw new TypeError("This is no timer.");
  write(TIMER, JSON.stringify(timer));
  dispatchEvent(new Event(CHANGED));
}

/**
 * Begins a timer, where none runs and it is not too soon.
 * @param {Timer} timer
 * @param {boolean} replace whether a timer that runs is stopped for it
 * @returns {Refusal | null}
 */
export function begin(timer, replace) {
  const now = Date.now();
  const other = current();
  if (other && !replace && !stateAt(other, now).over) return { why: "busy", timer: other };
  const all = [...log(now), ...(other ? useOf(other, now) : [])];
  const refusal = tooSoon(
    all.filter(({ kind }) => kind === timer.kind),
    timer,
    now,
  );
  if (refusal) return refusal;
  if (other) letGo(other, now);
  see({ at: now, step: -1, of: now });
  keep(timer);
  return null;
}

/** Ends the timer and remembers that it was used. */
export function clear() {
  const timer = current();
  if (timer) letGo(timer, Date.now());
}

/**
 * Looks at the clock and the timer, and puts the timer right where the clock was changed.
 * @param {boolean} present whether a person can see or hear this page: only then is a cue due
 * @returns {Look | null}
 */
export function look(present) {
  const kept = current();
  if (!kept) return null;
  const now = Date.now();
  const steady = performance.now();
  const seen = lastSeen() ?? { at: now, step: -1 };
  // Where another page has put the timer right, what this one expected is wrong.
  const mine = last?.startedAt === kept.startedAt ? last : null;
  const expected = mine ? mine.at + (mine.exact ? steady - mine.steady : 0) : 0;
  const timer = corrected(kept, Math.round(Math.max(seen.at, expected)), now, !!mine?.exact);
  const state = stateAt(timer, now);
  let { step } = seen;
  let cue = null;
  if (!present) heard = null;
  else {
    if (!heard || heard.of !== seen.of) heard = { of: seen.of, step: state.over && insists(timer) ? -1 : step };
    cue = cueDue(timer, state, heard.step);
    if (timer.pausedAt === null) heard.step = Math.max(heard.step, state.step);
    step = Math.max(step, heard.step);
  }
  const leaves = document.hidden && last?.exact;
  if (timer !== kept || step > seen.step || leaves || now - seen.at > NOTE_MS) see({ ...seen, at: now, step });
  // Another page that reads the new timer finds beside it when that was.
  if (timer !== kept) keep(timer);
  last = { startedAt: timer.startedAt, at: now, steady, exact: !document.hidden };
  return { timer, state, cue };
}

/**
 * Calls back when the timer was changed, here or in another tab.
 * @param {() => void} told
 */
export function onChange(told) {
  addEventListener(CHANGED, told);
  addEventListener("storage", ({ key }) => {
    if (key === TIMER || key === null) told();
  });
}

/**
 * @param {Timer} timer
 * @param {number} now
 */
function letGo(timer, now) {
  const uses = [...log(now), ...useOf(timer, now)];
  write(TIMER_LOG, JSON.stringify(uses.filter(({ end }) => end > now - KEEP_MS)));
  write(TIMER, null);
  write(TIMER_SEEN, null);
  dispatchEvent(new Event(CHANGED));
}

/**
 * @param {Timer} timer
 * @param {number} now
 * @returns {Use[]} one, or none where it was stopped at once
 */
function useOf(timer, now) {
  const { kind, startedAt, unsure, pausedAt } = timer;
  const end = unsure ? now : Math.min(pausedAt ?? now, endOf(timer));
  const start = Math.min(startedAt, end);
  return unsure || end - start >= SLIP_S * 1000 ? [{ kind, start, end }] : [];
}

/**
 * @param {number} now
 * @returns {Use[]} what was used; a clock that was turned back makes nobody wait longer than once
 */
function log(now) {
  const uses = list(TIMER_LOG).filter(isUse);
  if (!uses.some(({ end }) => end > now)) return uses;
  const past = uses.map((use) => {
    const ahead = Math.max(0, use.end - now);
    return { ...use, start: use.start - ahead, end: use.end - ahead };
  });
  write(TIMER_LOG, JSON.stringify(past));
  return past;
}

/** @param {Timer} timer */
function endOf(timer) {
  return timer.startedAt + wholeMs(timer);
}

/** @returns {Seen | null} */
function lastSeen() {
  const seen = parsed(TIMER_SEEN);
  return Number.isFinite(seen?.at) && Number.isInteger(seen?.step) ? seen : null;
}

/** @param {Seen} seen */
function see(seen) {
  write(TIMER_SEEN, JSON.stringify(seen));
}

/**
 * @param {any} timer
 * @returns {timer is Timer}
 */
function isTimer(timer) {
  return (
    hasTexts(timer, { kind: WORD, name: ANY, back: ROUTE, language: LANGUAGE, over: ANY }) &&
    Array.isArray(timer.segments) &&
    timer.segments.length > 0 &&
    timer.segments.every(isSegment) &&
    isCount(timer.rounds) &&
    timer.rounds <= MOST_ROUNDS &&
    [timer.gap, timer.cap, timer.maximum].every((limit) => limit === null || isCount(limit)) &&
    Number.isFinite(timer.startedAt) &&
    (timer.pausedAt === null || Number.isFinite(timer.pausedAt)) &&
    typeof timer.unsure === "boolean" &&
    wholeMs(timer) <= (timer.maximum ?? LONGEST_S) * 1000
  );
}

/** @param {any} segment */
function isSegment(segment) {
  const { seconds, picture, when = "" } = segment ?? {};
  return (
    isCount(seconds) &&
    hasTexts({ ...segment, when }, { text: ANY, when: ANY, cue: CUE }) &&
    (!picture || (hasTexts(picture, { day: ASSET, night: ASSET }) && isCount(picture.height)))
  );
}

/**
 * @param {any} use
 * @returns {use is Use}
 */
function isUse(use) {
  return hasTexts(use, { kind: WORD }) && [use.start, use.end].every(Number.isFinite);
}

/**
 * @param {any} value
 * @param {Record<string, RegExp>} texts
 * @returns {boolean} whether it has all of these, and they match
 */
function hasTexts(value, texts) {
  return Object.entries(texts).every(
    ([name, pattern]) => typeof value?.[name] === "string" && pattern.test(value[name]),
  );
}

/** @param {unknown} value */
function isCount(value) {
  return Number.isInteger(value) && Number(value) > 0;
}

/**
 * @typedef {{timer: Timer, state: State, cue: string | null}} Look
 *
 * of: when the timer began, as its name. step: the last that a page told.
 * @typedef {{at: number, step: number, of?: number}} Seen
 * @typedef {{why: "busy", timer: Timer} | {why: "early" | "often", from: number}} Refusal
 * @typedef {import("./state.js").Timer} Timer
 * @typedef {import("./state.js").State} State
 * @typedef {import("./state.js").Use} Use
 */
