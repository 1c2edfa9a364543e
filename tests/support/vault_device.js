/** The app's own modules on a page of it, as a device that keeps a journal and its backup. */
import { ownModule } from "./own_module.js";

const journal = () => ownModule("journal/store.js");
const backup = () => ownModule("backup/sync.js");
const codes = () => ownModule("backup/recovery-code.js");
const sealing = () => ownModule("backup/sealing.js");
const insights = () => ownModule("journal/insights.js");

/** As long as that the journal's database may take to open, on a busy machine too. */
const OPENING_MS = 10_000;

/** Loads all that is asked of a device, which may have no server then, and makes it impatient. */
export async function prepare() {
  await Promise.all([journal(), backup(), codes(), sealing(), insights()]);
  // What a phone waits for between two tries is not what is tested.
  const later = window.setTimeout;
  const isPause = (/** @type {number} */ ms) => ms < 30_000 && ms !== OPENING_MS;
  window.setTimeout = (act, ms, ...rest) => later(act, isPause(ms) ? ms / 50 : ms, ...rest);
}

export async function erase() {
  await (await journal()).eraseAll();
}

/** @returns {Promise<string>} the words of a new code */
export async function newCode() {
  return (await codes()).newCode().words.join(" ");
}

/** @param {string} code @param {boolean} fresh whether the backup is made now @returns {Promise<string>} why it ended */
export async function turnOn(code, fresh) {
  return (await (await backup()).enable((await codes()).parseCode(code), fresh)).why;
}

/** @returns {Promise<string>} why it ended */
export async function sync() {
  return (await (await backup()).sync()).why;
}

/** Begins a sync that waits once so many entries are sent. @param {number} most */
export async function beginToSync(most) {
  const send = window.fetch;
  const free = new Promise((done) => {
    window.goOn = done;
  });
  let left = most;
  window.fetch = async (path, request) => {
    if (path.includes("/entries/") && left-- <= 0) await free;
    return send(path, request);
  };
  window.round = (await backup()).sync();
}

/** Lets the sync that waits go on. @returns {Promise<string>} why it ended */
export async function endSync() {
  window.goOn();
  return (await window.round).why;
}

/** @returns {Promise<boolean>} */
export async function isOn() {
  return (await backup()).isEnabled();
}

/** @param {string} kind @param {Object} data @param {Object} more @returns {Promise<Object>} the entry */
export async function write(kind, data, more) {
  const store = await journal();
  const one = store.newEntry(kind, data, more);
  await store.append([one]);
  return one;
}

/** @param {number} count of notes @returns {Promise<string[]>} their ids */
export async function writeNotes(count) {
  const store = await journal();
  const make = (_, n) => store.newEntry("note", { text: `note ${n}` });
  const made = Array.from({ length: count }, make);
  await store.append(made);
  return made.map(({ id }) => id);
}

/** @returns {Promise<Object[]>} all entries */
export async function entries() {
  return (await journal()).readAll();
}

/** @returns {Promise<string[]>} the ids of the entries that count */
export async function live() {
  return (await insights()).live(await entries()).map(({ id }) => id);
}

/** @returns {Promise<string[]>} the ids of what the backup has not */
export async function pending() {
  return (await (await journal()).pending(1000)).map(({ id }) => id);
}

/** Lets it be a minute later, for ever. */
export function turnClock() {
  const then = Date.now() + 60_000;
  Date.now = () => then;
}

/** @param {string} code @returns {Promise<[string, string]>} the id of its backup, and the token */
export async function keys(code) {
  const { derive, parseCode } = await codes();
  const { id, token } = await derive(parseCode(code));
  return [id, token];
}

/** @param {string} code @returns {Promise<number[]>} its bytes */
export async function bytes(code) {
  return [...(await codes()).parseCode(code)];
}

/** @param {string} code @param {string[]} ids @returns {Promise<string[]>} under which the server has them */
export async function names(code, ids) {
  const { derive, parseCode } = await codes();
  const { nameOf } = await sealing();
  const { names: key } = await derive(parseCode(code));
  return Promise.all(ids.map((id) => nameOf(key, id)));
}
