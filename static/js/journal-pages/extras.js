// @ts-check
/** What the journal does beside: it minds its backup, its store, and the timers that have run. */
import { read, write } from "../lib/safe-storage.js";
import { FEEDBACK, JOURNAL_BEGUN, TIMER_LOG, TIMERS_LEFT, VAULT, WALKS } from "../lib/storage-keys.js";
import { eraseAll, getMeta, setMeta } from "../journal/store.js";
import { all, find } from "../lib/dom.js";

/** What a timer leaves behind, what waits to be sent, and what was noted of walks. */
const BESIDE = [TIMER_LOG, WALKS, FEEDBACK];
const BACKED = "backed";
const MOST = 3;
const DAY_MS = 864e5;
const MINUTE_MS = 60_000;
const LONGEST = 240;

/**
 * Says where the browser has cleared what was kept, and where it may do so.
 * @param {boolean} empty whether the journal holds nothing
 */
export async function mindStore(empty) {
  find("[data-journal-lost]").hidden = !(empty && read(JOURNAL_BEGUN));
  if (empty) return;
  if (!read(JOURNAL_BEGUN)) write(JOURNAL_BEGUN, "1");
  const persists = await navigator.storage?.persisted?.();
  find("[data-journal-passing]").hidden = Boolean(persists);
}

/** Asks the browser not to clear what is kept; some ask the person, some decide by themselves. */
export async function askToPersist() {
  if (!(await navigator.storage?.persisted?.())) await navigator.storage?.persist?.();
}

/** Where there is a backup, brings it up to date, and says what the person has to know. */
export async function mindBackup() {
  const on = Boolean(await getMeta(VAULT));
  for (const line of all('[data-journal-part="backed"]')) line.hidden = !on;
  // The key of the backup goes with the store that a browser throws away.
  if (on) write(JOURNAL_BEGUN, BACKED);
  else if (read(JOURNAL_BEGUN) === BACKED) find('[data-journal-backup="trouble"]').hidden = false;
  if (!on) return;
  const { sync } = await import("../backup/sync.js");
  const { why } = await sync();
  const said = why === "later" || why === "done" || why === "off" ? why : "trouble";
  for (const line of all("[data-journal-backup]")) line.hidden = line.dataset.journalBackup !== said;
}

/**
 * Deletes all that this phone knows of the person, but not the language or the country.
 * @returns {Promise<boolean>} false where a backup is at work, so that nothing was deleted
 */
export async function eraseEverything() {
  // First, or another tab would take the empty journal for one that the browser has cleared.
  write(JOURNAL_BEGUN, null);
  if (await getMeta(VAULT)) {
    const { eraseJournal } = await import("../backup/sync.js");
    if (!(await eraseJournal())) return false;
  } else {
    await eraseAll();
  }
  for (const key of BESIDE) write(key, null);
  return true;
}

/**
 * @param {Entry[]} entries all that is kept
 * @returns {Promise<Use[]>} timers of the last 24 hours that are not noted, the newest first
 */
export async function timersRun(entries) {
  const left = new Set((await getMeta(TIMERS_LEFT)) ?? []);
  const noted = new Set(entries.filter(({ kind }) => kind === "measure").map(({ at }) => at));
  const from = Date.now() - DAY_MS;
  const open = uses().filter(({ end }) => end > from && end <= Date.now() && !left.has(end) && !noted.has(end));
  return open.sort((a, b) => b.end - a.end).slice(0, MOST);
}

/**
 * Offers a timer no more.
 * @param {number} end
 */
export async function leaveTimer(end) {
  const recent = ((await getMeta(TIMERS_LEFT)) ?? []).filter((/** @type {number} */ end) => end > Date.now() - DAY_MS);
  await setMeta(TIMERS_LEFT, [...recent, end]);
}

/**
 * Hands a reminder to the phone's calendar.
 * @param {Date} day
 * @param {string} title
 */
export async function remind(day, title) {
  const { CALENDAR, reminder } = await import("../lib/icalendar.js");
  const { shareFile } = await import("../lib/share-file.js");
  await shareFile(reminder(day, title, new Date()), CALENDAR);
}

/** @returns {Use[]} */
function uses() {
  let kept;
  try {
    kept = JSON.parse(read(TIMER_LOG) ?? "[]");
  } catch {
    return [];
  }
  const known = Array.isArray(kept) ? kept.filter((use) => hasWord(use?.kind)) : [];
  return known.map(({ kind, start, end }) => ({ kind, end, minutes: minutesOf(end - start) }));
}

/** @param {unknown} kind */
function hasWord(kind) {
  return typeof kind === "string" && document.querySelector(`[data-word="what.${CSS.escape(kind)}"]`) !== null;
}

/** @param {number} length */
function minutesOf(length) {
  return Math.min(LONGEST, Math.max(1, Math.round(length / MINUTE_MS)));
}

/**
 * @typedef {{kind: string, end: number, minutes: number}} Use
 * @typedef {import("../journal/entry.js").Entry} Entry
 */
