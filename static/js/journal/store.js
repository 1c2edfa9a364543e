// @ts-check
/**
 * The journal on this phone. Entries are written once and never changed; whoever is told that one is
 * kept can rely on it, because a write counts when its transaction has completed, not before.
 */
import { JOURNAL } from "../lib/storage-keys.js";
import { isEntry } from "./entry.js";
import { eraseMirror, readMirror, writeMirror } from "./mirror.js";

const VERSION = 1;
const [ENTRIES, PENDING, META] = ["entries", "pending", "meta"];

/** What browsers say of a connection that is no more. */
const DEAD = ["InvalidStateError", "UnknownError", "AbortError"];

/** @type {Promise<IDBDatabase> | null} */
let opening = null;

/** Entries that were there at the last reading and are none. */
let odd = 0;

const others = "BroadcastChannel" in self ? new BroadcastChannel(JOURNAL) : null;

/** Why nothing can be kept: none (no such thing here), closed (refused), full. */
class JournalClosed extends Error {
  /** @param {"none" | "closed" | "full"} why @param {unknown} [cause] */
  constructor(why, cause) {
    super(`The journal is ${why}.`);
    this.why = why;
    this.cause = cause;
  }
}

/** An id that is there already, with other content. @public for tests */
export class EntryConflict extends Error {
  /** @param {string} message */
  constructor(message) {
    super(message);
    this.name = "EntryConflict";
  }
}

/** Opens the journal; throws JournalClosed where it cannot be. */
export async function openJournal() {
  await connection();
}

/**
 * Keeps entries, all or none; one that is there already stays as it is.
 * @param {Entry[]} entries
 */
export async function append(entries) {
  if (!entries.every(isEntry)) throw new TypeError("This is no entry.");
  const kept = await transact([ENTRIES, PENDING], "readwrite", async (stores) => {
    const there = await Promise.all(entries.map(({ id }) => asked(stores[ENTRIES].get(id))));
    const fresh = entries.filter((entry, index) => !sameAs(entry, there[index]));
    for (const entry of fresh) {
      stores[ENTRIES].add(entry);
      stores[PENDING].put({ id: entry.id });
    }
    return fresh;
  });
  await writeMirror(kept);
  others?.postMessage("");
}

/**
 * @param {Entry} entry
 * @param {unknown} kept
 * @returns {boolean} whether it is kept already; throws EntryConflict where something else is
 */
function sameAs(entry, kept) {
  if (kept === undefined) return false;
  if (canonical(entry) !== canonical(kept)) throw new EntryConflict(`Another entry has the id ${entry.id}.`);
  return true;
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

/** @returns {Promise<Entry[]>} in the order of their ids */
export async function readAll() {
  const found = await transact([ENTRIES], "readonly", (stores) => asked(stores[ENTRIES].getAll()));
  const good = found.filter(isEntry);
  odd = found.length - good.length;
  return good;
}

/** @returns {number} how many records the last reading left out, because they are no entries */
export function unreadable() {
  return odd;
}

/**
 * @param {number} limit
 * @returns {Promise<Entry[]>} entries that no backup has yet
 * @public for the backup, to which the whole store is handed
 */
export async function pending(limit) {
  return transact([ENTRIES, PENDING], "readonly", async (stores) => {
    const ids = await asked(stores[PENDING].getAllKeys(null, limit));
    const found = await Promise.all(ids.map((id) => asked(stores[ENTRIES].get(id))));
    return found.filter(isEntry);
  });
}

/**
 * @param {string[]} ids that a backup has
 * @public for the backup, to which the whole store is handed
 */
export async function markSent(ids) {
  await transact([PENDING], "readwrite", (stores) => {
    for (const id of ids) stores[PENDING].delete(id);
  });
}

/** Says of all entries that no backup has them. */
export async function markAllPending() {
  await transact([ENTRIES, PENDING], "readwrite", async (stores) => {
    for (const id of await asked(stores[ENTRIES].getAllKeys())) stores[PENDING].put({ id });
  });
}

/**
 * @param {string} key
 * @returns {Promise<any>}
 */
export async function getMeta(key) {
  return transact([META], "readonly", async (stores) => (await asked(stores[META].get(key)))?.value);
}

/**
 * @param {string} key
 * @param {any} value which the phone can copy; undefined takes it away
 */
export async function setMeta(key, value) {
  await transact([META], "readwrite", (stores) => {
    if (value === undefined) stores[META].delete(key);
    else stores[META].put({ key, value });
  });
}

/** Deletes all of it, and looks whether it is gone. */
export async function eraseAll() {
  // First, or the journal would find it when it is opened and empty.
  await eraseMirror();
  (await connection()).close();
  opening = null;
  await /** @type {Promise<void>} */ (
    new Promise((done, failed) => {
      const request = indexedDB.deleteDatabase(JOURNAL);
      request.onsuccess = () => done();
      request.onerror = () => failed(new JournalClosed("closed", request.error));
    })
  );
  const left = await transact([ENTRIES, PENDING, META], "readonly", (stores) =>
    Promise.all([ENTRIES, PENDING, META].map((name) => asked(stores[name].count()))),
  );
  if (left.some((count) => count > 0)) throw new JournalClosed("closed");
  others?.postMessage("");
}

/**
 * Calls back when another tab has written.
 * @param {() => void} told
 */
export function onChange(told) {
  others?.addEventListener("message", told);
}

// --- making entries --------------------------------------------------------------------------

let lastTime = 0;
let count = 0;

/**
 * @param {number} [now]
 * @returns {string} a UUIDv7 (RFC 9562), later ones of this tab sort later
 * @public for tests
 */
export function newId(now = Date.now()) {
  count = now > lastTime ? 0 : count + 1;
  lastTime = Math.max(now, lastTime);
  // The 12 bits behind the version count within a millisecond; when they are used up, time goes on.
  if (count > 0xfff) {
    lastTime += 1;
    count = 0;
  }
  const random = crypto.getRandomValues(new Uint8Array(8));
  random[0] = (random[0] & 0x3f) | 0x80;
  const hex = [...random].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  const time = lastTime.toString(16).padStart(12, "0");
  const counted = count.toString(16).padStart(3, "0");
  return `${time.slice(0, 8)}-${time.slice(8)}-7${counted}-${hex.slice(0, 4)}-${hex.slice(4)}`;
}

/**
 * @param {import("./entry.js").Kind} kind
 * @param {Record<string, any>} data
 * @param {{at?: number, supersedes?: string[], gone?: true}} [more]
 * @returns {Entry}
 */
export function newEntry(kind, data, { at = Date.now(), supersedes, gone } = {}) {
  const zone = -new Date(at).getTimezoneOffset();
  return { id: newId(), at, zone, kind, data, ...(supersedes && { supersedes }), ...(gone && { gone }) };
}

// --- the database ----------------------------------------------------------------------------

/** @returns {Promise<IDBDatabase>} */
function connection() {
  opening ??= open().then(refilled).catch((fault) => {
    opening = null;
    throw fault;
  });
  return opening;
}

/**
 * Puts the mirror into a journal that has nothing: the browser has thrown it away.
 * @param {IDBDatabase} database
 */
async function refilled(database) {
  const count = database.transaction(ENTRIES).objectStore(ENTRIES).count();
  const mirrored = (await asked(count)) ? [] : await readMirror();
  if (mirrored.length) {
    const transaction = database.transaction([ENTRIES, PENDING], "readwrite", { durability: "strict" });
    const [entries, pending] = [ENTRIES, PENDING].map((name) => transaction.objectStore(name));
    for (const entry of mirrored) {
      entries.put(entry);
      pending.put({ id: entry.id });
    }
    await ended(transaction);
  }
  return database;
}

/** @returns {Promise<IDBDatabase>} */
function open() {
  return new Promise((done, failed) => {
    const refuse = (/** @type {unknown} */ fault) => failed(closed(fault));
    let request;
    try {
      if (!self.indexedDB) throw new JournalClosed("none");
      request = self.indexedDB.open(JOURNAL, VERSION);
    } catch (fault) {
      return refuse(fault);
    }
    request.onupgradeneeded = () => {
      request.result.createObjectStore(ENTRIES, { keyPath: "id" });
      request.result.createObjectStore(PENDING, { keyPath: "id" });
      request.result.createObjectStore(META, { keyPath: "key" });
    };
    request.onblocked = () => refuse(new JournalClosed("closed"));
    request.onerror = () => refuse(request.error);
    request.onsuccess = () => {
      const database = request.result;
      const drop = () => {
        database.close();
        opening = null;
      };
      // Another tab deletes everything, or the browser has taken the connection away.
      database.onversionchange = drop;
      database.onclose = drop;
      done(database);
    };
  });
}

/**
 * Does something in one transaction, once more where the connection turns out to be dead.
 * @template T
 * @param {string[]} names
 * @param {IDBTransactionMode} mode
 * @param {(stores: Record<string, IDBObjectStore>) => T | Promise<T>} act
 * @returns {Promise<T>} when the transaction has completed
 */
async function transact(names, mode, act) {
  try {
    return await once(names, mode, act);
  } catch (fault) {
    if (!(fault instanceof DOMException) || !DEAD.includes(fault.name)) throw closed(fault);
    opening = null;
    return once(names, mode, act).catch((again) => {
      throw closed(again);
    });
  }
}

/**
 * @template T
 * @param {string[]} names
 * @param {IDBTransactionMode} mode
 * @param {(stores: Record<string, IDBObjectStore>) => T | Promise<T>} act
 * @returns {Promise<T>}
 */
async function once(names, mode, act) {
  const transaction = (await connection()).transaction(names, mode, { durability: "strict" });
  const completed = ended(transaction);
  const stores = Object.fromEntries(names.map((name) => [name, transaction.objectStore(name)]));
  try {
    const value = await act(stores);
    await completed;
    return value;
  } catch (fault) {
    completed.catch(() => {});
    try {
      transaction.abort();
    } catch {
      // It has ended by itself.
    }
    throw fault;
  }
}

/**
 * @param {IDBTransaction} transaction
 * @returns {Promise<void>}
 */
function ended(transaction) {
  return new Promise((done, failed) => {
    transaction.oncomplete = () => done();
    transaction.onabort = () => failed(transaction.error ?? new DOMException("Not kept.", "AbortError"));
  });
}

/**
 * @template T
 * @param {IDBRequest<T>} request
 * @returns {Promise<T>}
 */
function asked(request) {
  return new Promise((done, failed) => {
    request.onsuccess = () => done(request.result);
    request.onerror = () => failed(request.error);
  });
}

/**
 * @param {unknown} fault
 * @returns {unknown} what the page can say in words, where it is of that kind
 */
function closed(fault) {
  if (!(fault instanceof DOMException)) return fault;
  return new JournalClosed(fault.name === "QuotaExceededError" ? "full" : "closed", fault);
}

/** @typedef {import("./entry.js").Entry} Entry */
