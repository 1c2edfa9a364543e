// @ts-check
/** What the page of the journal knows: what is kept, what follows, and whether the danger signs were asked about. */
import { readAll } from "../journal/store.js";

const DAY_MS = 864e5;

/** So long an answer about the danger signs holds, and not into another day. */
const HOLDS_MS = 4 * 36e5;

/** What is known where nothing is kept. @type {Seen} */
const NOTHING = { known: [], episode: undefined, tried: [], days: [], last: null, next: null };

const insights = () => import("../journal/insights.js");

/** All that is kept. @type {Entry[]} */
let entries = [];

/** What counts of it, the newest first, and what follows. */
let seen = NOTHING;

/** When the person last said that none of the danger signs is there. */
let answeredAt = NaN;

/** @param {boolean} done whether there is an answer */
export function setAnswered(done) {
  answeredAt = done ? Date.now() : NaN;
}

/** @returns {boolean} */
export function isAnswered() {
  const now = Date.now();
  const isThatDay = new Date(now).toDateString() === new Date(answeredAt).toDateString();
  // A clock that was put back by hours says as little as one that has run on.
  return Math.abs(now - answeredAt) < HOLDS_MS && isThatDay;
}

/** Reads anew what is kept. */
export async function load() {
  entries = await readAll();
  seen = entries.length ? (await insights()).seen(entries, Date.now()) : NOTHING;
}

export function everything() {
  return entries;
}

export function current() {
  return seen;
}

/** @returns {boolean} whether an episode goes on */
export function isOpen() {
  return seen.episode?.ended === null;
}

/**
 * @param {string} [id]
 * @returns {Entry | undefined} what counts under that id
 */
export function entryOf(id) {
  return seen.known.find((entry) => entry.id === id);
}

/**
 * @param {Entry} entry as it counts
 * @returns {number} the moment under which a change of it stays in its place; not one that is far ahead
 */
export function placeOf({ id, at }) {
  const written = entries.find((entry) => entry.id === id)?.at ?? at;
  return written - at < DAY_MS ? written : at;
}

/** @returns {Promise<number>} the moment of what is written now */
export async function momentNow() {
  if (!entries.length) return Date.now();
  const { live, momentAfter } = await insights();
  return momentAfter(live(entries), Date.now());
}

/** @returns {Promise<Entry[]>} what is so far ahead of the clock that it would end what begins now */
export async function ahead() {
  if (!entries.length) return [];
  const { ahead, live } = await insights();
  return ahead(live(entries), Date.now());
}

/**
 * @param {number} [before]
 * @returns {number | undefined} when an episode was last over, before that moment
 */
export function lastEnd(before = Infinity) {
  return seen.known.find(({ kind, at }) => kind === "recovered" && at < before)?.at;
}

/**
 * @typedef {import("../journal/entry.js").Entry} Entry
 * @typedef {import("../journal/insights.js").Seen} Seen
 */
