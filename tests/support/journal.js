/** The journal under its page: filled, read, spoilt and taken away. */
import { ownModule } from "./own_module.js";

const DAY = 864e5;
const NAME = "easeback.journal";

/** @param {IDBRequest} request @returns {Promise<any>} its result */
function answer(request) {
  return new Promise((done, failed) => {
    request.onsuccess = () => done(request.result);
    request.onerror = () => failed(request.error);
  });
}

/** @param {[string, Object, number][]} entries each a kind, its data, and how many days ago it was */
async function append(entries) {
  const store = await ownModule("journal/store.js");
  const now = Date.now();
  await store.append(
    entries.map(([kind, data, ago]) => store.newEntry(kind, data, { at: now - ago * DAY })),
  );
}

/** Adds a week with one episode. */
export async function addWeek() {
  const days = [6.5, 5.5, 4.5, 3.5, 2.5, 1.5, 0.5];
  await append([
    ["begin", { region: "low-back" }, 7],
    ...days.map((ago, n) => ["feel", { pain: 8 - n, can: { walk: n < 4 ? 1 : 0 } }, ago]),
    ...days.map((ago) => ["measure", { what: "ice", minutes: 9, before: 6, after: 5 }, ago]),
    ["note", { text: "I lifted a box." }, 6],
  ]);
}

/** Adds an episode that is over and one that goes on. */
export async function addEpisodes() {
  await append([
    ["begin", { region: "neck" }, 40],
    ["feel", { pain: 9, can: {} }, 39],
    ["recovered", {}, 30],
    ["note", { text: "In between." }, 20],
    ["begin", { region: "low-back" }, 5],
    ["feel", { pain: 8, can: { walk: 2 } }, 4.8],
    ["feel", { pain: 6, can: { walk: 1 } }, 3],
    ["measure", { what: "heat", minutes: 15, before: 7, after: 5 }, 2],
    ["check", { urgency: "soon", reasons: ["It has lasted long."], release: "x" }, 2],
    ["medicine", { text: "Two of the white ones" }, 1],
    ["note", { text: "I lifted a box." }, 1],
  ]);
}

/** @param {string} text of a note that is added */
export async function addNote(text) {
  await append([["note", { text }, 0]]);
}

/** @param {Object} entry of another phone */
export async function addEntry(entry) {
  await (await ownModule("journal/store.js")).append([entry]);
}

/** Turns a new backup on. */
export async function backUp() {
  const { enable } = await ownModule("backup/sync.js");
  const { newCode } = await ownModule("backup/recovery-code.js");
  await enable(newCode().bytes, true);
}

/** @returns {Promise<Object[]>} the entries, as the app reads them */
export async function entries() {
  return (await ownModule("journal/store.js")).readAll();
}

/** @returns {Promise<Object[]>} what lies in the database, whoever has written it */
export async function records() {
  const database = await answer(indexedDB.open(NAME));
  const found = await answer(database.transaction("entries").objectStore("entries").getAll());
  database.close();
  return found;
}

/** @param {Object} record what is put beside the entries, past the app */
export async function addRecord(record) {
  const database = await answer(indexedDB.open(NAME));
  await answer(database.transaction("entries", "readwrite").objectStore("entries").put(record));
  database.close();
}
