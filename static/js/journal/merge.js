// @ts-check
/**
 * How entries come together: of what is deleted, or replaced by a change, only a tombstone is left. It
 * keeps the id, so that no older copy brings the rest back, whatever it comes from.
 */

/** An id that is there already, with other content. */
class EntryConflict extends Error {
  /** @param {string} message */
  constructor(message) {
    super(message);
    this.name = "EntryConflict";
  }
}

/**
 * @param {Pick<Entry, "gone" | "at">} entry
 * @returns {boolean} whether it is only what is left of another one; it stands at no moment
 */
export function isTombstone({ gone, at }) {
  return gone === true && at === 0;
}

/**
 * @param {Pick<Entry, "id" | "kind" | "supersedes">} entry
 * @returns {Entry}
 */
function tombstone({ id, kind, supersedes }) {
  return { id, at: 0, zone: 0, kind, data: {}, ...(supersedes && { supersedes }), gone: true };
}

/**
 * Puts entries to those that are kept.
 * @param {Entry[]} kept all that has an id of the new ones, or that they replace; more does no harm
 * @param {Entry[]} incoming
 * @returns {Settled} throws EntryConflict where an id has other content
 */
export function settled(kept, incoming) {
  const known = new Map(kept.map((entry) => [entry.id, entry]));
  const held = new Set(known.keys());
  /** @type {Map<string, Entry>} */
  const fresh = new Map();
  /** @type {Map<string, Entry>} */
  const graves = new Map();
  /** @type {Entry[]} */
  const buried = [];
  /** @type {string[]} */
  const seenAgain = [];

  const bury = (/** @type {Pick<Entry, "id" | "kind" | "supersedes">} */ one) => {
    const before = known.get(one.id);
    if (before && isTombstone(before)) return;
    if (before) buried.push(before);
    fresh.delete(one.id);
    const grave = tombstone(before ?? one);
    graves.set(one.id, grave);
    known.set(one.id, grave);
  };

  for (const entry of incoming) {
    const before = known.get(entry.id);
    if (isTombstone(entry)) bury(entry);
    else if (!before) known.set(entry.id, entry) && fresh.set(entry.id, entry);
    else if (isTombstone(before)) seenAgain.push(entry.id);
    else if (before !== entry && canonical(before) !== canonical(entry)) {
      throw new EntryConflict(`Another entry has the id ${entry.id}.`);
    }
  }
  for (const { id: own, kind, supersedes = [] } of incoming) {
    for (const id of supersedes) if (id !== own) bury({ id, kind });
  }
  const standing = incoming.filter(({ id }) => !isTombstone(/** @type {Entry} */ (known.get(id))));
  const named = new Set(standing.flatMap(({ supersedes = [] }) => supersedes));
  const unnamed = buried.flatMap(({ kind, supersedes = [] }) =>
    supersedes.filter((id) => !named.has(id)).map((id) => ({ id, kind })),
  );
  const erased = buried.some(({ id }) => held.has(id));
  const dead = [...new Set([...buried.map(({ id }) => id), ...seenAgain])];
  return { fresh: [...fresh.values()], graves: [...graves.values()], dead, erased, unnamed };
}

/**
 * @param {any} value
 * @returns {string} the same for the same content, in whatever order it was written
 */
function canonical(value) {
  if (typeof value !== "object" || value === null) return JSON.stringify(value) ?? "";
  if (Array.isArray(value)) return `[${value.map(canonical)}]`;
  const keys = Object.keys(value).filter((key) => value[key] !== undefined);
  return `{${keys.sort().map((key) => `${JSON.stringify(key)}:${canonical(value[key])}`)}}`;
}

/**
 * fresh: what is new. graves: tombstones to be written. dead: ids whose content was
 * there or came, and is in no place any more. erased: whether a tombstone takes the place of what was
 * kept. unnamed: what the buried had replaced themselves, which no entry says any more.
 * @typedef {{
 *   fresh: Entry[], graves: Entry[], dead: string[], erased: boolean, unnamed: Pick<Entry, "id" | "kind">[],
 * }} Settled
 * @typedef {import("./entry.js").Entry} Entry
 */
