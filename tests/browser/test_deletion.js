/** What a browser keeps of a journal, and what can be in the way when it is deleted. */
import { ownModule } from "../support/own_module.js";

/** @returns {Promise<string>} all that a page could read back from any of the browser's stores */
export async function everything() {
  const found = [JSON.stringify({ ...localStorage, ...sessionStorage }), window.name];
  for (const name of ["easeback.journal"]) {
    const database = await answer(indexedDB.open(name));
    for (const part of database.objectStoreNames) {
      const records = await answer(database.transaction(part).objectStore(part).getAll());
      found.push(JSON.stringify(records));
    }
    database.close();
  }
  const mirror = await caches.open("journal-spare");
  for (const part of await mirror.matchAll()) found.push(await part.text());
  return found.join("\n");
}

/** @param {IDBRequest} request @returns {Promise<any>} its result */
function answer(request) {
  return new Promise((done, failed) => {
    request.onsuccess = () => done(request.result);
    request.onerror = () => failed(request.error);
  });
}

/** Puts into the journal what a release before this one has left of a note that was deleted. */
export async function leaveDeleted() {
  const secret = {
    id: "0199f0c4-5b7e-7cc1-8f2a-000000000001",
    at: 1,
    zone: 0,
    kind: "note",
    data: { text: "A secret." },
  };
  const mark = {
    ...secret,
    id: "0199f0c4-5b7e-7cc1-8f2a-000000000002",
    data: {},
    supersedes: [secret.id],
    gone: true,
  };
  const database = await answer(indexedDB.open("easeback.journal"));
  const entries = database.transaction("entries", "readwrite").objectStore("entries");
  await Promise.all([secret, mark].map((one) => answer(entries.put(one))));
  database.close();
  const mirror = await caches.open("journal-spare");
  await mirror.put("/journal-spare/old/1", Response.json([secret]));
}

/** Lets the browser refuse to take anything out of its caches. */
export function keepCaches() {
  Cache.prototype.delete = async () => {
    throw new DOMException("Not now.", "UnknownError");
  };
}

/** Lets the browser refuse to throw a cache away. */
export function keepMirror() {
  CacheStorage.prototype.delete = async () => {
    throw new DOMException("Not now.", "UnknownError");
  };
}

/** Lets this phone have a backup, as far as it can be known without asking for it. */
export async function believeInABackup() {
  const { setMeta } = await ownModule("journal/store.js");
  await setMeta("vault", { id: "x" });
}

/** Works at the backup for ever. */
export async function work() {
  await new Promise((begun) => {
    navigator.locks.request("easeback.sync", () => new Promise(begun));
  });
}

/** @returns {Promise<boolean>} whether this page waits until another one has ended its work at the backup */
export async function isWaiting() {
  const { pending } = await navigator.locks.query();
  return pending.some(({ name }) => name === "easeback.sync");
}

/** Puts something under every name of a small text. */
export async function keepEverySmallText() {
  const keys = await ownModule("lib/storage-keys.js");
  for (const key of Object.values(keys)) {
    if (key.startsWith("easeback.")) localStorage.setItem(key, "[]");
  }
  sessionStorage.setItem(keys.CHECK, "[]");
}

/** Holds on to the database, as a tab that hangs. */
export async function hold() {
  window.held = await answer(indexedDB.open("easeback.journal"));
}

/** Lets a browser ask the person whether it may keep things, who does not answer. */
export function neverAnswer() {
  StorageManager.prototype.persist = () => new Promise(() => {});
  StorageManager.prototype.persisted = async () => false;
}

/** Lets the browser be as old as Chrome 90 and Firefox 91. */
export function beOlder() {
  delete Response.json;
  delete Crypto.prototype.randomUUID;
}
