/** A long journal, and how long its page and its bare records take. */
import { ownModule } from "../support/own_module.js";

const DAY = 864e5;

/** @param {number} count how many entries of 90 days are added to the journal */
export async function fill(count) {
  const store = await ownModule("journal/store.js");
  const whats = ["heat", "ice", "walk", "exercise"];
  const begin = Date.now() - 90 * DAY;
  const entries = [store.newEntry("begin", { region: "neck" }, { at: begin })];
  for (let n = 1; n < count; n += 1) {
    const at = begin + (90 * DAY * n) / count;
    const measure = { what: whats[n % 4], minutes: 9, before: 6, after: 4 };
    entries.push(
      n % 2
        ? store.newEntry("feel", { pain: n % 11, can: { walk: n % 3 } }, { at })
        : store.newEntry("measure", measure, { at }),
    );
  }
  await store.append(entries);
}

/** @returns {Promise<number>} milliseconds from navigation until the whole page is shown */
export async function shown() {
  const isShown = () => document.querySelector("[data-journal-part=helps]:not([hidden])");
  while (!isShown()) await new Promise(requestAnimationFrame);
  return performance.now();
}

/** @returns {Promise<number>} milliseconds that the bare reading of all records takes */
export async function read() {
  const open = indexedDB.open("easeback.journal");
  const database = await new Promise((done) => {
    open.onsuccess = () => done(open.result);
  });
  const begin = performance.now();
  const request = database.transaction("entries").objectStore("entries").getAll();
  await new Promise((done) => {
    request.onsuccess = done;
  });
  database.close();
  return performance.now() - begin;
}
