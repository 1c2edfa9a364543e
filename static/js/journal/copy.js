// @ts-check
/** The journal as a file that a person keeps, and what such a file brings back, whoever has made it. */
import { isEntry } from "./entry.js";
import { episodes, live } from "./insights.js";
import { isTombstone, settled } from "./merge.js";

/** A copy larger than this is refused, in characters; a page can look at the size of a file first. */
export const LARGEST_COPY = 20_000_000;
const MOST_ENTRIES = 50_000;

const VERSION = 1;

/** Why a text is no copy: size (too large), form (something else), newer (of a later Easeback). */
export class NoCopy extends Error {
  /** @param {"size" | "form" | "newer"} why */
  constructor(why) {
    super(`This is no copy: ${why}.`);
    this.why = why;
  }
}

/**
 * @param {Entry[]} entries all of them, with what was replaced or deleted
 * @param {number} [now]
 * @returns {string} JSON that loses nothing
 */
export function toCopy(entries, now = Date.now()) {
  return JSON.stringify({ easeback: VERSION, made: new Date(now).toISOString(), entries });
}

/**
 * @param {string} text
 * @returns {{entries: Entry[], refused: number}} what can be added, each id once, and how much cannot
 * @throws {NoCopy}
 */
export function fromCopy(text) {
  if (text.length > LARGEST_COPY) throw new NoCopy("size");
  const found = listIn(text);
  if (found.length > MOST_ENTRIES) throw new NoCopy("size");
  /** @type {Map<string, Entry>} */
  const entries = new Map();
  for (const entry of found) if (isEntry(entry) && !entries.has(entry.id)) entries.set(entry.id, entry);
  return { entries: [...entries.values()], refused: found.length - entries.size };
}

/**
 * What a copy would do to a journal. It never changes or deletes what is kept: a stranger may have made it.
 * @param {Entry[]} found
 * @param {Entry[]} kept
 * @returns {Brought} throws EntryConflict where the copy has other content for an entry that is kept
 */
export function brought(found, kept) {
  settled(kept, found);
  const known = new Map(kept.map((entry) => [entry.id, entry]));
  const changing = changesOf(found, kept);
  const bring = found.filter((entry) => !known.has(entry.id) && !changing.has(entry.id));
  const isGrave = (/** @type {Entry} */ { id }) => isTombstone(/** @type {Entry} */ (known.get(id)));
  const notes = live(bring);
  const there = found.filter((entry) => known.has(entry.id) && !entry.gone);
  return {
    bring,
    fresh: notes.length,
    from: notes.length ? notes[notes.length - 1].at : 0,
    to: notes.length ? notes[0].at : 0,
    there: there.filter((entry) => !isGrave(entry)).length,
    deleted: there.filter(isGrave).length,
    changing: changing.size,
    ends: endsEpisode(kept, bring),
  };
}

/**
 * @param {Entry[]} found
 * @param {Entry[]} kept
 * @returns {Set<string>} ids of what would replace or delete something that is kept, at whatever remove
 */
function changesOf(found, kept) {
  const content = new Set(kept.filter((entry) => !isTombstone(entry)).map(({ id }) => id));
  const known = new Set(kept.map(({ id }) => id));
  /** @type {Map<string, string[]>} */
  const followers = new Map();
  for (const { id, supersedes = [] } of found) {
    for (const old of supersedes) {
      const known = followers.get(old);
      if (known) known.push(id);
      else followers.set(old, [id]);
    }
  }
  const graves = found.filter((entry) => isTombstone(entry) && content.has(entry.id)).map(({ id }) => id);
  const changing = new Set(graves);
  const next = [...content];
  for (let id = next.pop(); id !== undefined; id = next.pop()) {
    for (const follower of followers.get(id) ?? []) {
      if (changing.has(follower) || known.has(follower)) continue;
      changing.add(follower);
      next.push(follower);
    }
  }
  return changing;
}

/**
 * @param {Entry[]} kept
 * @param {Entry[]} bring
 * @returns {boolean} whether the episode that goes on would no longer be the one that goes on
 */
function endsEpisode(kept, bring) {
  const [open] = episodes(live(kept));
  if (!open || open.ended !== null) return false;
  const [newest] = episodes(live([...kept, ...bring]));
  return newest.id !== open.id || newest.ended !== null;
}

/**
 * @param {string} text
 * @returns {unknown[]}
 */
function listIn(text) {
  let whole;
  try {
    whole = JSON.parse(text);
  } catch {
    throw new NoCopy("form");
  }
  if (Number.isInteger(whole?.easeback) && whole.easeback > VERSION) throw new NoCopy("newer");
  if (whole?.easeback !== VERSION || !Array.isArray(whole.entries)) throw new NoCopy("form");
  return whole.entries;
}

/**
 * @typedef {import("./entry.js").Entry} Entry
 *
 * bring: what is new. fresh: how many notes of it would be shown, between the moments from and to. there:
 * how many are here already. deleted: here once, and to stay deleted. changing: would change or delete what
 * is here, and are left out. ends: whether the episode that goes on would be over.
 * @typedef {{
 *   bring: Entry[], fresh: number, from: number, to: number,
 *   there: number, deleted: number, changing: number, ends: boolean,
 * }} Brought
 */
