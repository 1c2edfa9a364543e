// @ts-check
/** Minds what the journal stands on: the browser's store, and the backup; and deletes all of it. */
import { eraseAll, getMeta } from "../journal/store.js";
import { all, find } from "../lib/dom.js";
import { read, write } from "../lib/safe-storage.js";
import { FEEDBACK, JOURNAL_BEGUN, TIMER_LOG, VAULT, WALKS } from "../lib/storage-keys.js";

/** What a timer leaves behind, what was noted of walks, and what waits to be sent. */
const BESIDE = [TIMER_LOG, WALKS, FEEDBACK];
const BACKED = "backed";

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
