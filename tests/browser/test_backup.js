/** All that a page could read back on this phone. */
import { ownModule } from "../support/own_module.js";

/** @returns {Promise<string>} what lies in its storages and databases, as far as it is text */
export async function held() {
  const found = [JSON.stringify({ ...localStorage, ...sessionStorage }), window.name];
  for (const { name } of await indexedDB.databases()) {
    const database = await answer(indexedDB.open(name));
    for (const part of database.objectStoreNames) {
      const records = await answer(database.transaction(part).objectStore(part).getAll());
      found.push(JSON.stringify(records));
    }
    database.close();
  }
  return found.join();
}

/** @returns {Promise<number>} how many entries no backup has yet */
export async function unsent() {
  const database = await answer(indexedDB.open("easeback.journal"));
  const count = await answer(database.transaction("pending").objectStore("pending").count());
  database.close();
  return count;
}

/** @param {IDBRequest} request @returns {Promise<any>} its result */
function answer(request) {
  return new Promise((done, failed) => {
    request.onsuccess = () => done(request.result);
    request.onerror = () => failed(request.error);
  });
}

/** @param {string} text @returns {Promise<string>} the dark squares of its picture, as a path */
export async function squaresOf(text) {
  const { drawQr } = await ownModule("backup/qr.js");
  return drawQr(text, "").querySelector("path").getAttribute("d");
}

/** Keeps a note that no backup takes. */
export async function keepLong() {
  const { append, newEntry } = await ownModule("journal/store.js");
  await append([newEntry("note", { text: "\u0001".repeat(2000) })]);
}
