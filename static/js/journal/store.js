// @ts-check
/**
 * The journal on this phone. Entries are written once and never changed, but what is deleted or
 * replaced leaves only a tombstone; whoever is told that one is kept can rely on it, because a write
 * counts when its transaction has completed, not before.
 */
import { write } from "../lib/safe-storage.js";
import { JOURNAL, JOURNAL_BEGUN, VAULT_OUTBOX } from "../lib/storage-keys.js";
import { isEntry } from "./entry.js";
import { isTombstone, settled } from "./merge.js";
import { eraseMirror, mirrorParts, readMirror, rewriteMirror, writeMirror } from "./mirror.js";

const VERSION = 1;
const [ENTRIES, PENDING, META] = ["entries", "pending", "meta"];

// Keys of "meta", as in storage-keys.js, which every page fetches; these only a journal's page needs.
/** What is deleted here and perhaps not yet in the backup. */
const VAULT_REMOVALS = "vault.removals";
/** Set while the mirror may hold what the journal has deleted: another word for each time. */
export const MIRROR_STALE = "mirror.stale";
/** What the last copy has brought, so that it can be taken out again. */
export const BROUGHT = "copy.brought";

/** What tells other tabs that all of it is deleted; of all else they are told without a word. */
const ERASED = "erased";

/** A browser whose storage hangs says nothing at all. */
const OPENING_MS = 10_000;

/** What browsers say of a connection that is no more. */
const DEAD = ["InvalidStateError", "UnknownError", "AbortError"];

/** @type {Promise<IDBDatabase> | null} */
let opening = null;

/** Entries that were there at the last reading and are none. */
let odd = 0;

const others = "BroadcastChannel" in self ? new BroadcastChannel(JOURNAL) : null;

/** Why nothing can be kept: none (no such thing here), closed (refused), full; tab: another one is in the way. */
class JournalClosed extends Error {
  /** @param {"none" | "closed" | "full" | "tab"} why @param {unknown} [cause] */
  constructor(why, cause) {
    super(`The journal is ${why}.`);
    this.why = why;
    this.cause = cause;
  }
}

/** Opens the journal; throws JournalClosed where it cannot be. */
export async function openJournal() {
  await connection();
}

/**
 * Keeps entries, all or none; one that is there already stays as it is. What they replace is gone
 * from the journal, from what waits to be sent, and from the mirror.
 * @param {Entry[]} entries
 */
export async function append(entries) {
  if (!entries.every(isEntry)) throw new TypeError("This is no entry.");
  const ids = [...new Set(entries.flatMap(({ id, supersedes = [] }) => [id, ...supersedes]))];
  await settle(entries, (store) => Promise.all(ids.map((id) => asked(store.get(id)))));
  others?.postMessage("");
}

/** @returns {Promise<Entry[]>} in the order of their ids */
export async function readAll() {
  const good = await readRecords();
  // An older release, or a browser that was killed, may have left what is deleted.
  const { erased } = settled(good, good);
  if (!erased) return good;
  await settle(good, (store) => asked(store.getAll()));
  return readRecords();
}

/** @returns {Promise<Entry[]>} */
async function readRecords() {
  const found = await transact([ENTRIES], "readonly", (stores) => asked(stores[ENTRIES].getAll()));
  const good = found.filter(isEntry);
  odd = found.length - good.length;
  return good;
}

/**
 * @param {Entry[]} entries
 * @param {(store: IDBObjectStore) => Promise<unknown[]>} related reads what they may replace
 */
async function settle(entries, related) {
  const { fresh, graves, erased } = await transact([ENTRIES, PENDING, META], "readwrite", async (stores) => {
    const there = /** @type {Entry[]} */ ((await related(stores[ENTRIES])).filter(Boolean));
    const settling = settled(there, entries);
    const { fresh, graves, dead, erased, unnamed } = settling;
    // Else a phone that never saw what is buried would go on showing what that had replaced.
    if (unnamed.length) {
      fresh.push(newEntry(unnamed[0].kind, {}, { supersedes: unnamed.map(({ id }) => id), gone: true }));
    }
    for (const entry of fresh) {
      stores[ENTRIES].add(entry);
      stores[PENDING].put({ id: entry.id });
    }
    for (const grave of graves) {
      stores[ENTRIES].put(grave);
      stores[PENDING].delete(grave.id);
    }
    if (dead.length) await forgetSealed(stores[META], dead);
    if (erased) stores[META].put({ key: MIRROR_STALE, value: newId() });
    return settling;
  });
  if (erased) await cleanMirror();
  else await writeMirror([...fresh, ...graves]);
}

/**
 * @param {IDBObjectStore} meta
 * @param {string[]} ids of what no backup is to hold
 */
async function forgetSealed(meta, ids) {
  const [outbox, removals] = await Promise.all([VAULT_OUTBOX, VAULT_REMOVALS].map((key) => asked(meta.get(key))));
  if (outbox?.value && ids.filter((id) => outbox.value.delete(id)).length) meta.put(outbox);
  meta.put({ key: VAULT_REMOVALS, value: [...new Set([...(removals?.value ?? []), ...ids])] });
}

/** Writes the mirror anew, without what is deleted; where that fails, it is done at the next opening. */
async function cleanMirror() {
  try {
    for (let isDone = false; !isDone; ) {
      const stale = await getMeta(MIRROR_STALE);
      // Listed first: what comes later is of entries that are read later still.
      const old = await mirrorParts();
      await rewriteMirror(await readRecords(), old, newId());
      isDone = await transact([META], "readwrite", async ({ [META]: meta }) => {
        // Where another tab has deleted meanwhile, what is written now may hold it.
        const isSame = (await asked(meta.get(MIRROR_STALE)))?.value === stale;
        if (isSame) meta.delete(MIRROR_STALE);
        return isSame;
      });
    }
  } catch (fault) {
    console.warn("No mirror", fault);
  }
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
    return found.filter((entry) => isEntry(entry) && !isTombstone(entry));
  });
}

/**
 * @returns {Promise<string[]>} ids of what is deleted here, and perhaps not yet in a backup
 * @public for the backup, to which the whole store is handed
 */
export async function removals() {
  return (await getMeta(VAULT_REMOVALS)) ?? [];
}

/**
 * @param {string[]} ids that no backup has any more
 * @public for the backup, to which the whole store is handed
 */
export async function markRemoved(ids) {
  const done = new Set(ids);
  await transact([META], "readwrite", async ({ [META]: meta }) => {
    const left = await asked(meta.get(VAULT_REMOVALS));
    const value = (left?.value ?? []).filter((/** @type {string} */ id) => !done.has(id));
    meta.put({ key: VAULT_REMOVALS, value });
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

/**
 * Says of entries that the backup lacks them, and of tombstones that it may hold what was deleted.
 * @param {string[]} [ids] of all where none are named
 */
export async function markPending(ids) {
  const named = ids && new Set(ids);
  await transact([ENTRIES, PENDING, META], "readwrite", async (stores) => {
    const found = (await asked(stores[ENTRIES].getAll())).filter((one) => !named || named.has(one.id));
    const graves = found.filter(isTombstone);
    for (const one of found) if (!isTombstone(one)) stores[PENDING].put({ id: one.id });
    if (graves.length) await forgetSealed(stores[META], graves.map(({ id }) => id));
  });
}

/**
 * Takes entries out as if they had never come; those that a backup may have leave a tombstone.
 * @param {string[]} ids
 */
export async function takeOut(ids) {
  const there = new Map((await readAll()).map((entry) => [entry.id, entry]));
  const sent = await transact([ENTRIES, PENDING, META], "readwrite", async (stores) => {
    const waiting = asked(stores[PENDING].getAllKeys());
    const outbox = (await asked(stores[META].get(VAULT_OUTBOX)))?.value;
    // What is sealed may be on its way.
    const unsent = new Set((await waiting).filter((id) => !outbox?.has(id)));
    for (const id of ids.filter((one) => unsent.has(one))) {
      stores[ENTRIES].delete(id);
      stores[PENDING].delete(id);
    }
    stores[META].put({ key: MIRROR_STALE, value: newId() });
    return ids.flatMap((id) => there.get(id) ?? []).filter((one) => !unsent.has(one.id) && !isTombstone(one));
  });
  if (sent.length) {
    await append([newEntry(sent[0].kind, {}, { supersedes: sent.map(({ id }) => id), gone: true })]);
  }
  await cleanMirror();
  others?.postMessage("");
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

/** Deletes all of it, and looks whether it is gone; throws JournalClosed, "tab" where only the empty database is left. */
export async function eraseAll() {
  // First, or the journal would find it when it is opened and empty.
  await eraseMirror().catch((fault) => {
    throw closed(fault);
  });
  // Else another tab would take the empty journal for one that the browser has cleared.
  write(JOURNAL_BEGUN, null);
  const all = [ENTRIES, PENDING, META];
  // Before the database itself, which a tab that hangs can hold on to.
  await transact(all, "readwrite", (stores) => all.forEach((name) => stores[name].clear()));
  others?.postMessage(ERASED);
  (await connection()).close();
  opening = null;
  await /** @type {Promise<void>} */ (
    new Promise((done, failed) => {
      const request = indexedDB.deleteDatabase(JOURNAL);
      // Not where it is told that it is blocked: so it is too by a page that has just been left.
      const late = setTimeout(() => failed(new JournalClosed("tab")), OPENING_MS);
      request.onsuccess = () => {
        clearTimeout(late);
        done();
      };
      request.onerror = () => failed(new JournalClosed("tab", request.error));
    })
  );
  const left = await transact(all, "readonly", (stores) =>
    Promise.all(all.map((name) => asked(stores[name].count()))),
  );
  if (left.some((count) => count > 0)) throw new JournalClosed("closed");
}

/**
 * Calls back when another tab has written.
 * @param {(isErased: boolean) => void} told whether it has deleted all of it
 */
export function onChange(told) {
  others?.addEventListener("message", ({ data }) => told(data === ERASED));
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
  const reading = database.transaction([ENTRIES, META]);
  const [count, stale] = await Promise.all([
    asked(reading.objectStore(ENTRIES).count()),
    asked(reading.objectStore(META).get(MIRROR_STALE)),
  ]);
  // What knows that something was deleted was not thrown away, but emptied.
  const mirrored = count || stale ? [] : await readMirror();
  if (mirrored.length) {
    const transaction = database.transaction([ENTRIES, PENDING], "readwrite", { durability: "strict" });
    const [entries, pending] = [ENTRIES, PENDING].map((name) => transaction.objectStore(name));
    const { fresh, graves } = settled([], mirrored);
    for (const entry of [...fresh, ...graves]) entries.put(entry);
    for (const { id } of fresh) pending.put({ id });
    await ended(transaction);
  }
  // The browser was killed while something was deleted.
  if (stale) queueMicrotask(cleanMirror);
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
    const late = setTimeout(() => refuse(new JournalClosed("closed")), OPENING_MS);
    request.onerror = () => refuse(request.error);
    request.onsuccess = () => {
      clearTimeout(late);
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
