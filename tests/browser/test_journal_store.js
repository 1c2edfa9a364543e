/** What the journal's store is asked, on a page of the app. */
import { ownModule } from "../support/own_module.js";

/** @returns {Promise<Object>} the store, as this page has it */
function own() {
  return ownModule("journal/store.js");
}

/** Keeps a pain, and one more for each. @param {number[]} pains */
export async function keep(...pains) {
  const store = await own();
  for (const pain of pains) await store.append([store.newEntry("feel", { pain, can: {} })]);
}

/** @returns {Promise<number[]>} the pain of each entry that is kept */
export async function pains() {
  return (await (await own()).readAll()).map(({ data }) => data.pain);
}

/** @returns {Promise<string[]>} */
export async function ids() {
  return (await (await own()).readAll()).map(({ id }) => id);
}

/** Keeps the same entry again and again, once with its data in another order. */
export async function keepTwice() {
  const store = await own();
  const one = store.newEntry("feel", { pain: 3, can: { walk: 1, sit: 0 } });
  await store.append([one]);
  await store.append([{ ...one, data: { can: { sit: 0, walk: 1 }, pain: 3 } }, one]);
}

/** Keeps an entry, then others with a new one and with its id. @returns {Promise<boolean>} whether it is a conflict */
export async function contradict() {
  const store = await own();
  const one = store.newEntry("feel", { pain: 3, can: {} });
  await store.append([one]);
  const other = { ...one, data: { pain: 4, can: {} } };
  const more = store.newEntry("feel", { pain: 5, can: {} });
  return store.append([more, other]).catch((fault) => fault.name === "EntryConflict");
}

/** @returns {Promise<boolean>} whether what is no entry is refused */
export async function keepNoEntry() {
  const store = await own();
  const one = store.newEntry("feel", { pain: 11, can: {} });
  return store.append([one]).catch((fault) => fault instanceof TypeError);
}

/** @param {number} count @returns {Promise<string[]>} ids, made as fast as can be */
export async function makeIds(count) {
  const store = await own();
  return Array.from({ length: count }, () => store.newId());
}

/** @param {number[]} moments in milliseconds since 1970 @returns {Promise<string[]>} an id of each */
export async function makeIdsAt(moments) {
  const store = await own();
  return moments.map((moment) => store.newId(moment));
}

/** Keeps two entries where there is room for one. @returns {Promise<string>} why they are refused */
export async function overfill() {
  const add = IDBObjectStore.prototype.add;
  let left = 1;
  IDBObjectStore.prototype.add = function (one) {
    if (left-- > 0) return add.call(this, one);
    throw new DOMException("full", "QuotaExceededError");
  };
  const store = await own();
  const some = [1, 2].map((pain) => store.newEntry("feel", { pain, can: {} }));
  return store.append(some).catch((fault) => fault.why);
}

/** Keeps a pain of 1, and one of 2 once the connection to the database has died. */
export async function loseConnection() {
  const store = await own();
  let database;
  const transaction = IDBDatabase.prototype.transaction;
  IDBDatabase.prototype.transaction = function (...more) {
    database = this;
    return transaction.apply(this, more);
  };
  await store.append([store.newEntry("feel", { pain: 1, can: {} })]);
  database.close();
  await store.append([store.newEntry("feel", { pain: 2, can: {} })]);
}

/** @returns {Promise<number>} how many records are no entries */
export async function unreadable() {
  const store = await own();
  await store.readAll();
  return store.unreadable();
}

/** Keeps a key that no script can read out. */
export async function keepKey() {
  const way = { name: "AES-GCM", length: 256 };
  const key = await crypto.subtle.generateKey(way, false, ["encrypt"]);
  await (await own()).setMeta("key", key);
}

/** @returns {Promise<[number, boolean]>} how much the key that is kept makes of 3 bytes; whether it can be read out */
export async function useKey() {
  const key = await (await own()).getMeta("key");
  const iv = new Uint8Array(12);
  const sealed = await crypto.subtle.encrypt({ name: "AES-GCM", iv }, key, new Uint8Array(3));
  return [sealed.byteLength, key.extractable];
}

/**
 * Keeps pains of 1, 2 and 3, and says that a backup has the second.
 * @returns {Promise<[number[], number, number]>} what it lacks; once it lacks all: 2 of it, 10 of it
 */
export async function send() {
  const store = await own();
  const some = [1, 2, 3].map((pain) => store.newEntry("feel", { pain, can: {} }));
  await store.append(some);
  await store.markSent([some[1].id]);
  const left = (await store.pending(10)).map(({ data }) => data.pain);
  await store.markPending();
  return [left, (await store.pending(2)).length, (await store.pending(10)).length];
}

/**
 * Keeps pains of 1, 2 and 3, has the second sealed for a backup, and takes all of them out.
 * @returns {Promise<[string[], string[], Object]>} the ids; those of tombstones; what waits to be sent or removed
 */
export async function takeOutSealed() {
  const store = await own();
  const some = [1, 2, 3].map((pain) => store.newEntry("feel", { pain, can: {} }));
  await store.append(some);
  await store.setMeta("vault.outbox", new Map([[some[1].id, { name: "x", sequence: 1, body: new Uint8Array(3) }]]));
  const ids = some.map(({ id }) => id);
  await store.takeOut(ids);
  const left = (await store.readAll()).filter(({ at }) => at === 0);
  const { size } = await store.getMeta("vault.outbox");
  return [ids, left.map(({ id }) => id), { sealed: size, removals: await store.removals() }];
}

/** Deletes everything. */
export async function erase() {
  await (await own()).eraseAll();
}

/** Closes the Cache Storage, where the mirror would be. */
export function closeCaches() {
  const refuse = async () => {
    throw new DOMException("Insecure.", "SecurityError");
  };
  Object.assign(CacheStorage.prototype, { has: refuse, open: refuse, delete: refuse });
}

/** Keeps one entry after another for ever, and says so of each once it is told that it is kept. */
export async function writeOn() {
  const store = await own();
  window.told = 0;
  (async () => {
    for (;;) {
      const one = store.newEntry("feel", { pain: window.told % 11, can: {} });
      await store.append([one]);
      window.told += 1;
      console.warn(`kept ${one.id}`);
    }
  })();
}
