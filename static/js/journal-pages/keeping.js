// @ts-check
/** Keeps what a form holds: once, however often it is sent, and without losing what follows at once. */
import { append, newEntry, newId, readAll } from "../journal/store.js";
import { say, showSaid } from "./saying.js";
import { dataOf, faulty, momentOf } from "./forms.js";
import { end, fieldsOf, isTouched, settle, sheetOf, sheets } from "./sheets.js";
import { ahead, current, everything, isOpen, lastEnd, momentNow } from "./state.js";

/** So much more pain is a change for the worse. */
const RISE = 2;
/** A second tap of the same finger. */
const TAP_MS = 1500;
const DAY_MS = 864e5;

/** What each form has sent and is on its way, the oldest first. @type {Map<string, Sent[]>} */
const sending = new Map();

/** Ids of entries that are being taken away. @type {Set<string>} */
const leaving = new Set();

/** When a form was last kept, by its kind. @type {Map<string, number>} */
const kept = new Map();

/**
 * @param {string} kind
 * @param {Sent} sent
 * @returns {HTMLElement | "empty" | "again" | "ready"} a field with a fault; or empty, where the browser
 *   says what is missing; or again, where it is kept already or on its way; or ready to be kept
 */
export function look(kind, sent) {
  const sheet = sheetOf(kind);
  const queue = sending.get(kind);
  const isSecondTap = !isTouched(sheet) && performance.now() - (kept.get(kind) ?? -TAP_MS) < TAP_MS;
  const isPast = (kind === "recovered" && !isOpen()) || (kind === "begin" && isOpen() && !sheet.start);
  if (isSecondTap || isPast || queue?.[queue.length - 1].text === sent.text) return "again";
  const field = faulty(sheet, Date.now(), lastEnd(sheet.start?.at));
  if (field) return field;
  if (!sheet.form.checkValidity()) return "empty";
  // Something new, while what was sent before it is on its way.
  queue?.push({ ...sent, id: newId() });
  return queue ? "again" : "ready";
}

/**
 * Keeps what a form holds, and what is sent of it meanwhile.
 * @param {string} kind
 * @param {Sent} sent
 * @returns {Promise<boolean>} whether the form is done: nothing else was written in it
 */
export async function keepSheet(kind, sent) {
  const sheet = sheetOf(kind);
  const queue = [sent];
  sending.set(kind, queue);
  try {
    let isDone = false;
    for (; queue.length; queue.shift()) isDone = await keepOne(sheet, queue[0]);
    return isDone;
  } finally {
    sending.delete(kind);
  }
}

/**
 * @param {Sheet} sheet
 * @param {Sent} sent
 */
async function keepOne(sheet, { id, text, fields }) {
  const { kind, start } = sheet;
  const before = current().known.find((entry) => entry.kind === "feel");
  const said = momentOf(sheet, fields, lastEnd(start?.at));
  const from = said === undefined ? await momentNow() : said - DAY_MS;
  const moved = kind === "begin" && !start ? await broughtBack(from) : [];
  const at = said ?? from + moved.length;
  const data = dataOf(sheet, fields);
  const more = { at, ...(start?.supersedes && { supersedes: start.supersedes }) };
  const entry = { ...newEntry(/** @type {any} */ (kind), data, more), id };
  const last = await appendOnce(moved, entry);
  // From here on it is kept, whatever the drawing comes to.
  const rise = kind === "feel" && !start && before ? data.pain - before.data.pain : 0;
  say(...(rise < RISE ? ["kept"] : ["kept", "risen"]));
  showSaid();
  kept.set(kind, performance.now());
  return settle(sheet, last, text);
}

/**
 * @param {number} from a moment before an episode begins
 * @returns {Promise<Entry[]>} what lay far ahead of the clock, noted as of then
 */
async function broughtBack(from) {
  const far = await ahead();
  return far.map(({ id, kind, data }, index) => newEntry(kind, data, { at: from + index, supersedes: [id] }));
}

/**
 * @param {Entry[]} others
 * @param {Entry} entry
 * @returns {Promise<Entry>} as it is kept: another page may have kept the same form before
 */
async function appendOnce(others, entry) {
  try {
    await append([...others, entry]);
    return entry;
  } catch (fault) {
    if (/** @type {Error} */ (fault).name !== "EntryConflict") throw fault;
  }
  const there = (await readAll()).find(({ id }) => id === entry.id);
  if (there && JSON.stringify(there.data) === JSON.stringify(entry.data)) return there;
  const other = { ...entry, id: newId() };
  await append([...others, other]);
  return other;
}

/**
 * Holds what is being written against what is kept: what another page has kept of it is done, and
 * with an entry that was taken away its change goes, too.
 */
export function reconcile() {
  for (const sheet of sheets()) if (!sending.has(sheet.kind)) hold(sheet);
}

/** @param {Sheet} sheet */
function hold(sheet) {
  const there = everything().find(({ id }) => id === sheet.id);
  const [of] = sheet.start?.supersedes ?? [];
  const isTaken = Boolean(of) && everything().some(({ gone, supersedes }) => gone && supersedes?.includes(of));
  const isKept = there && JSON.stringify(there.data) === JSON.stringify(dataOf(sheet, fieldsOf(sheet)));
  if (isKept || isTaken) end(sheet.kind);
  else if (there) sheet.id = newId();
}

/**
 * Takes an entry away.
 * @param {Entry} entry
 */
export async function takeAway(entry) {
  if (leaving.has(entry.id)) return;
  leaving.add(entry.id);
  try {
    await append([newEntry(entry.kind, {}, { supersedes: [entry.id], gone: true })]);
  } finally {
    leaving.delete(entry.id);
  }
}

/**
 * @typedef {import("../journal/entry.js").Entry} Entry
 * @typedef {import("./sheets.js").Sheet} Sheet
 * @typedef {import("./sheets.js").Sent} Sent
 */
