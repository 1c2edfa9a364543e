// @ts-check
/** Minds what the journal stands on: the browser's store, and the backup; and deletes all of it. */
import { eraseAll, getMeta, MIRROR_STALE } from "../journal/store.js";
import { all, find } from "../lib/dom.js";
import { read, write } from "../lib/safe-storage.js";
import * as keys from "../lib/storage-keys.js";

const { CHECK, COUNTRY, JOURNAL_BEGUN, RECALLED, RECALL_ASKED, SECOND_LANGUAGE, VAULT } = keys;

/** What says nothing of the person: where they are, what they read, what is known of releases. */
const SPARED = [COUNTRY, SECOND_LANGUAGE, RECALLED, RECALL_ASKED];

/** Every small text about the person. */
const BESIDE = Object.values(keys).filter((key) => key.startsWith("easeback.") && !SPARED.includes(key));
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
  if (await navigator.storage?.persisted?.()) return;
  // Firefox asks the person, who may never answer: nobody waits for it.
  navigator.storage?.persist?.().catch(() => {});
}

/**
 * Where there is a backup, brings it up to date, and says what the person has to know.
 * @returns {Promise<{brought: boolean, clear: boolean}>} whether it brought something to this phone, and whether
 *   no backup of this phone holds what is deleted here
 */
export async function mindBackup() {
  const on = Boolean(await getMeta(VAULT));
  for (const line of all('[data-journal-part="backed"]')) line.hidden = !on;
  // The key of the backup goes with the store that a browser throws away.
  if (on) write(JOURNAL_BEGUN, BACKED);
  else if (read(JOURNAL_BEGUN) === BACKED) find('[data-journal-backup="trouble"]').hidden = false;
  if (!on) return { brought: false, clear: true };
  const { sync } = await import("../backup/sync.js");
  const { why, left, long, pulled } = await sync();
  const calm = why === "later" || why === "done" || why === "off";
  const said = !calm ? "trouble" : left ? "left" : why === "done" && long ? "long" : why;
  for (const line of all("[data-journal-backup]")) line.hidden = line.dataset.journalBackup !== said;
  return { brought: pulled > 0, clear: !left };
}

/** @returns {Promise<string>} where what was deleted just now is gone from: everywhere, here, or partly */
export async function deletedFrom() {
  const { clear } = await mindBackup();
  return (await getMeta(MIRROR_STALE)) ? "partly" : clear ? "everywhere" : "here";
}

/**
 * Deletes all that this phone knows of the person, but not the language or the country.
 * @returns {Promise<boolean>} false where a backup is at work, so that nothing was deleted
 */
export async function eraseEverything() {
  // First, or another tab would take the empty journal for one that the browser has cleared.
  write(JOURNAL_BEGUN, null);
  try {
    if (!(await getMeta(VAULT))) await eraseAll();
    else if (!(await (await import("../backup/sync.js")).eraseJournal())) return false;
  } catch (fault) {
    // What stands beside it goes even where another tab holds on to the empty database.
    if (/** @type {{why?: string}} */ (fault).why === "tab") eraseBeside();
    throw fault;
  }
  eraseBeside();
  return true;
}

function eraseBeside() {
  for (const key of BESIDE) write(key, null);
  try {
    sessionStorage.removeItem(CHECK);
  } catch {
    // Where storage is closed there was never anything in it.
  }
}
