// @ts-check
/** The timer that runs, what was seen of it last, and when each kind was used in the last days. */
import { read, write } from "../lib/safe-storage.js";
import { TIMER, TIMER_LOG, TIMER_SEEN } from "../lib/storage-keys.js";
import { corrected, cueDue, DAY_MS, stateAt, tooSoon, wholeMs } from "./state.js";

const CHANGED = "timerchange";

const CUES = ["mark", "in", "out", "none"];
const WORD = /^[a-z-]+$/;
const ROUTE = /^([a-z0-9-]+\/)*$/;
const LANGUAGE = /^[a-z]{2,3}(-\w+)*$/i;
const ASSET = /^\/assets\/[\w./-]+$/;
const LONGEST_S = 4 * 3600;
const MOST_ROUNDS = 500;

/** Less than this was a slip of the finger, and counts for no rest. */
const SLIP_MS = 60_000;
const KEEP_MS = 7 * DAY_MS;

/** How long the end of a timer is still news; longer where something may still lie on the skin. */
const NEWS_MS = 3_600_000;
const SKIN_NEWS_MS = 12 * NEWS_MS;

/**
 * The last look of this page, while somebody could see it.
 * @type {{at: number, steady: number} | null}
 */
let watched = null;

/** @returns {Timer | null} the timer that runs, is paused or has just ended */
export function current() {
  const timer = parsed(TIMER);
  if (!isTimer(timer)) return null;
  const news = timer.maximum === null ? NEWS_MS : SKIN_NEWS_MS;
  if (timer.pausedAt !== null || timer.unsure || Date.now() < endOf(timer) + news) return timer;
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
  see({ at: timer.startedAt, step: -1 });
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
 * @returns {Look | null}
 */
export function look() {
  const kept = current();
  if (!kept) return null;
  const now = Date.now();
  const steady = performance.now();
  const seen = lastSeen() ?? { at: now, step: -1 };
  const mine = watched?.at === seen.at ? steady - watched.steady : 0;
  const timer = corrected(kept, Math.round(seen.at + mine), now, watched !== null);
  if (timer !== kept) keep(timer);
  const state = stateAt(timer, now);
  const cue = cueDue(timer, state, seen.step);
  see({ at: now, step: Math.max(seen.step, timer.pausedAt === null ? state.step : -1) });
  watched = document.hidden ? null : { at: now, steady };
  return { timer, state, cue, gap: now - seen.at };
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
  return unsure || end - start >= SLIP_MS ? [{ kind, start, end }] : [];
}

/**
 * @param {number} now
 * @returns {Use[]} what was used; a clock that was turned back makes nobody wait longer than once
 */
function log(now) {
  const kept = parsed(TIMER_LOG);
  const uses = Array.isArray(kept) ? kept.filter(isUse) : [];
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
function see({ at, step }) {
  write(TIMER_SEEN, JSON.stringify({ at, step }));
}

/**
 * @param {string} key
 * @returns {any}
 */
function parsed(key) {
  try {
    return JSON.parse(read(key) ?? "null");
  } catch {
    return null;
  }
}

/**
 * @param {any} timer
 * @returns {timer is Timer}
 */
function isTimer(timer) {
  return (
    isObject(timer) &&
    matches(timer.kind, WORD) &&
    isText(timer.name) &&
    matches(timer.back, ROUTE) &&
    matches(timer.language, LANGUAGE) &&
    Array.isArray(timer.segments) &&
    timer.segments.length > 0 &&
    timer.segments.every(isSegment) &&
    isCount(timer.rounds) &&
    timer.rounds <= MOST_ROUNDS &&
    isText(timer.over) &&
    [timer.gap, timer.cap, timer.maximum].every((limit) => limit === null || isCount(limit)) &&
    Number.isFinite(timer.startedAt) &&
    (timer.pausedAt === null || Number.isFinite(timer.pausedAt)) &&
    typeof timer.unsure === "boolean" &&
    wholeMs(timer) <= (timer.maximum ?? LONGEST_S) * 1000
  );
}

/** @param {any} segment */
function isSegment(segment) {
  const { seconds, text, cue, picture, when = "always" } = segment ?? {};
  return (
    isCount(seconds) && isText(text) && isText(when) && CUES.includes(cue) && (!picture || isPicture(picture))
  );
}

/** @param {any} value */
function isPicture({ day, night, height }) {
  return matches(day, ASSET) && matches(night, ASSET) && isCount(height);
}

/**
 * @param {any} use
 * @returns {use is Use}
 */
function isUse(use) {
  return isObject(use) && matches(use.kind, WORD) && [use.start, use.end].every(Number.isFinite);
}

/** @param {any} value */
function isObject(value) {
  return typeof value === "object" && value !== null;
}

/** @param {unknown} value */
function isText(value) {
  return typeof value === "string";
}

/** @param {unknown} value */
function isCount(value) {
  return Number.isInteger(value) && Number(value) > 0;
}

/**
 * @param {unknown} value
 * @param {RegExp} pattern
 */
function matches(value, pattern) {
  return typeof value === "string" && pattern.test(value);
}

/**
 * gap: since anybody looked, in milliseconds.
 * @typedef {{timer: Timer, state: State, cue: string | null, gap: number}} Look
 * @typedef {{at: number, step: number}} Seen
 * @typedef {{why: "busy", timer: Timer} | {why: "early" | "often", from: number}} Refusal
 * @typedef {import("./state.js").Timer} Timer
 * @typedef {import("./state.js").State} State
 * @typedef {import("./state.js").Use} Use
 */
