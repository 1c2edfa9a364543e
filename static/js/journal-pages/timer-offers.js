// @ts-check
/** Timers that have run, offered to be noted: only the person knows what they did. */
import { getMeta, setMeta } from "../journal/store.js";
import { list } from "../lib/safe-storage.js";
import { TIMER_LOG, TIMERS_LEFT } from "../lib/storage-keys.js";

const MOST = 3;
const DAY_MS = 864e5;
const MINUTE_MS = 60_000;
const LONGEST = 240;

/**
 * @param {Entry[]} entries all that is kept
 * @returns {Promise<Use[]>} timers of the last 24 hours that are not noted, the newest first
 */
export async function timersRun(entries) {
  const left = new Set((await getMeta(TIMERS_LEFT)) ?? []);
  const noted = new Set(entries.filter(({ kind }) => kind === "measure").map(({ at }) => at));
  const from = Date.now() - DAY_MS;
  const open = uses().filter(({ end }) => end > from && end <= Date.now() && !left.has(end) && !noted.has(end));
  return open.sort((a, b) => b.end - a.end).slice(0, MOST);
}

/**
 * Offers a timer no more.
 * @param {number} end
 */
export async function leaveTimer(end) {
  const recent = ((await getMeta(TIMERS_LEFT)) ?? []).filter((/** @type {number} */ moment) => moment > Date.now() - DAY_MS);
  await setMeta(TIMERS_LEFT, [...recent, end]);
}

/** @returns {Use[]} */
function uses() {
  const known = list(TIMER_LOG).filter((use) => hasWord(use?.kind));
  return known.map(({ kind, start, end }) => ({ kind, end, minutes: minutesOf(end - start) }));
}

/** @param {unknown} kind */
function hasWord(kind) {
  return typeof kind === "string" && document.querySelector(`[data-word="what.${CSS.escape(kind)}"]`) !== null;
}

/** @param {number} length */
function minutesOf(length) {
  return Math.min(LONGEST, Math.max(1, Math.round(length / MINUTE_MS)));
}

/**
 * @typedef {{kind: string, end: number, minutes: number}} Use
 * @typedef {import("../journal/entry.js").Entry} Entry
 */
