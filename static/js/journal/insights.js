// @ts-check
/** What follows from the entries of the journal: no storage, no clock and no page here. */
import { isOfDay } from "./entry.js";

const DAY_MS = 864e5;
const HOUR_MS = 36e5;
/** Fewer uses than this say nothing. */
const FEW = 5;

/** The 97.5% point of Student's t, for 4 to 30 degrees of freedom; beyond it hardly changes. */
const T = [
  2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179, 2.16, 2.145, 2.131, 2.12, 2.11, 2.101, 2.093, 2.086,
  2.08, 2.074, 2.069, 2.064, 2.06, 2.056, 2.052, 2.048, 2.045, 2.042,
];

/**
 * When to look again, in hours after the begin: the schedule of the digest, section 8.2.
 * @type {[Step, number][]}
 */
const STEPS = [
  ["day", 24],
  ["day3", 72],
  ["day7", 168],
  ["week2", 336],
  ["week4", 672],
  ["week6", 1008],
  ["week12", 2016],
];

/**
 * @param {Entry[]} entries
 * @param {number} [now] what lies ahead of it counts as now: a clock was wrong
 * @returns {Entry[]} those that count, the newest first: without what was replaced or taken away
 */
export function live(entries, now = Infinity) {
  const replaced = new Set();
  for (const { supersedes = [] } of entries) for (const id of supersedes) replaced.add(id);
  const left = entries.filter(({ id, gone }) => !gone && !replaced.has(id));
  left.sort((a, b) => placeOf(b) - placeOf(a) || b.at - a.at || (a.id < b.id ? 1 : -1));
  return left.map((entry) => (entry.at > now ? { ...entry, at: now } : entry));
}

/**
 * @param {Entry} entry
 * @returns {number} the moment by which it is put in order: what is known only by its day comes
 *   before all that has an hour of that day
 */
function placeOf(entry) {
  return isOfDay(entry) ? entry.at - DAY_MS / 2 : entry.at;
}

/**
 * @param {Entry[]} known as `live` gives them
 * @returns {Episode[]} the newest first
 */
export function episodes(known) {
  /** @type {Episode[]} */
  const found = [];
  /** @type {Episode | undefined} */
  let open;
  for (const entry of [...known].reverse()) {
    if (entry.kind === "begin") {
      if (open) open.ended = entry.at;
      open = { id: entry.id, began: entry.at, ended: null, region: entry.data.region, entries: [entry] };
      found.push(open);
    } else if (open) {
      open.entries.push(entry);
      if (entry.kind === "recovered") {
        open.ended = entry.at;
        open = undefined;
      }
    }
  }
  return found.reverse();
}

/**
 * All that the journal's page shows of what is kept.
 * @param {Entry[]} entries
 * @param {number} now
 * @returns {Seen}
 */
export function seen(entries, now) {
  const known = live(entries, now);
  const [episode] = episodes(known);
  return {
    known,
    episode,
    last: lastTime(known),
    next: nextCheck(known, now),
    tried: effects(known),
    days: episode ? course(episode) : [],
  };
}

/**
 * @param {Entry[]} known as `live` gives them, each at the moment that is written
 * @param {number} now
 * @returns {number} the moment of what is written now: where a clock was put back since the newest
 *   entry, just after that one, so that what is written later stays later
 */
export function momentAfter(known, now) {
  const newest = known.find(({ at }) => at - now < DAY_MS);
  return newest && newest.at >= now ? newest.at + 1 : now;
}

/**
 * @param {Entry[]} known as `live` gives them, each at the moment that is written
 * @param {number} now
 * @returns {Entry[]} those that lie a day or more ahead, the oldest first: before an episode begins
 *   they are noted as of now, or one of them would end it
 */
export function ahead(known, now) {
  return known.filter(({ at }) => at - now >= DAY_MS).reverse();
}

/**
 * How pain changed from before to after, by what was done.
 * @param {Entry[]} known
 * @returns {Effect[]} the most used first
 */
export function effects(known) {
  const groups = new Map();
  for (const { kind, data } of known) {
    if (kind !== "measure") continue;
    const key = `${data.what} ${data.card ?? ""}`;
    const group = groups.get(key) ?? { what: data.what, card: data.card, uses: 0, changes: [] };
    group.uses += 1;
    if (data.before !== null && data.after !== null) group.changes.push(data.after - data.before);
    groups.set(key, group);
  }
  const all = [...groups.values()].map(({ changes, ...group }) => ({ ...group, ...summary(changes) }));
  return all.sort((a, b) => b.uses - a.uses);
}

/**
 * @param {number[]} changes
 * @returns {Pick<Effect, "known" | "mean" | "low" | "high" | "verdict">}
 */
function summary(changes) {
  const known = changes.length;
  const mean = known ? changes.reduce((sum, change) => sum + change, 0) / known : 0;
  if (known < FEW) return { known, mean, low: -10, high: 10, verdict: "few" };
  const spread = changes.reduce((sum, change) => sum + (change - mean) ** 2, 0) / (known - 1);
  const reach = (T[known - FEW] ?? 2.042) * Math.sqrt(spread / known);
  const [low, high] = [mean - reach, mean + reach];
  const verdict = high <= 0 && mean <= -1 ? "helps" : low > 0 ? "worse" : "unclear";
  return { known, mean, low, high, verdict };
}

/**
 * @param {Episode} episode
 * @returns {{day: number, pain: number}[]} the worst pain of each day that has one; day 0 is the first
 */
export function course({ entries: [first, ...others] }) {
  const begin = dayOf(first);
  /** @type {Map<number, number>} */
  const worst = new Map();
  for (const entry of others) {
    if (entry.kind !== "feel") continue;
    const day = Math.max(0, dayOf(entry) - begin);
    worst.set(day, Math.max(worst.get(day) ?? 0, entry.data.pain));
  }
  return [...worst].map(([day, pain]) => ({ day, pain })).sort((a, b) => a.day - b.day);
}

/**
 * @param {Entry[]} known
 * @param {number} now
 * @returns {{due: number, step: Step} | null} when to do the check again in the episode that goes on
 * @public for tests
 */
export function nextCheck(known, now) {
  const [episode] = episodes(known);
  if (!episode || episode.ended !== null) return null;
  const checks = episode.entries.filter(({ kind }) => kind === "check").map(({ at }) => at);
  const passed = STEPS.map(([step, hours]) => ({ step, due: episode.began + hours * HOUR_MS }));
  // Only the last step that is past is still wanted: nobody catches up with five checks.
  const last = passed.filter(({ due }) => due <= now).pop();
  if (last && !checks.some((at) => at >= last.due)) return last;
  return passed.find(({ due }) => due > now) ?? null;
}

/**
 * @param {Entry[]} known
 * @returns {{worstDay: number, walkedBy: number | null, days: number} | null} of the last one that ended
 * @public for tests
 */
export function lastTime(known) {
  const episode = episodes(known).find(({ ended }) => ended !== null);
  if (!episode) return null;
  const days = course(episode);
  const most = days.reduce((worst, { pain }) => Math.max(worst, pain), 0);
  const [first] = episode.entries;
  const walked = episode.entries.find(
    ({ kind, data }) => (kind === "measure" && data.what === "walk") || (kind === "feel" && data.can.walk === 0),
  );
  return {
    worstDay: days.find(({ pain }) => pain === most)?.day ?? 0,
    walkedBy: walked ? Math.max(0, dayOf(walked) - dayOf(first)) : null,
    days: Math.max(1, Math.ceil((/** @type {number} */ (episode.ended) - episode.began) / DAY_MS)),
  };
}

/**
 * @param {number} change
 * @returns {string} such as +1.5, without a sign where it rounds to nothing
 */
export function signed(change) {
  const size = Math.abs(change).toFixed(1);
  // The mark keeps the sign before the number where a line runs from right to left.
  return size === "0.0" ? size : `\u200e${change > 0 ? "+" : "−"}${size}`;
}

/**
 * @param {Entry} entry
 * @returns {number} the day on the calendar where it happened, counted from 1970
 */
function dayOf({ at, zone }) {
  return Math.floor((at + zone * 60_000) / DAY_MS);
}

/**
 * @typedef {{id: string, began: number, ended: number | null, region: string, entries: Entry[]}} Episode
 * @typedef {{
 *   known: Entry[], episode: Episode | undefined, tried: Effect[], days: {day: number, pain: number}[],
 *   last: ReturnType<typeof lastTime>, next: ReturnType<typeof nextCheck>,
 * }} Seen
 * @typedef {"day" | "day3" | "day7" | "week2" | "week4" | "week6" | "week12"} Step
 *
 * known: uses with both numbers. low, high: the 95% interval of the mean change.
 * @typedef {object} Effect
 * @property {string} what
 * @property {string} [card]
 * @property {number} uses
 * @property {number} known
 * @property {number} mean
 * @property {number} low
 * @property {number} high
 * @property {"few" | "helps" | "unclear" | "worse"} verdict
 *
 * @typedef {import("./entry.js").Entry} Entry
 */
