// @ts-check
/** Minds what the journal stands on: the browser's store, and the backup; and deletes all of it. */
import { eraseAll, getMeta, MIRROR_STALE, removals } from "../journal/store.js";
import { all, find } from "../lib/dom.js";
import { read, write } from "../lib/safe-storage.js";
import * as keys from "../lib/storage-keys.js";
import { forgetSheets } from "./sheets.js";

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
 * @returns {Promise<boolean>} whether it brought something to this phone
 */
export async function mindBackup() {
  const on = Boolean(await getMeta(VAULT));
  for (const line of all('[data-journal-part="backed"]')) line.hidden = !on;
  // The key of the backup goes with the store that a browser throws away.
  if (on) write(JOURNAL_BEGUN, BACKED);
  else if (read(JOURNAL_BEGUN) === BACKED) find('[data-journal-backup="trouble"]').hidden = false;
  if (!on) return false;
  const { sync } = await import("../backup/sync.js");
  const { why, left, long, pulled } = await sync();
  const calm = why === "later" || why === "done" || why === "off";
  const said = !calm ? "trouble" : left ? "left" : why === "done" && long ? "long" : why;
  for (const line of all("[data-journal-backup]")) line.hidden = line.dataset.journalBackup !== said;
  return pulled > 0;
}

/**
 * @returns {Promise<"partly" | "here" | "stopped" | "everywhere">} where what was deleted is gone from: not even
 *   the whole phone; the phone, but not its backup; not one that was stopped; all that we know of
 */
export async function deletedFrom() {
  if (await getMeta(MIRROR_STALE)) return "partly";
  const vault = await getMeta(VAULT);
  if (vault) return (await removals()).length ? "here" : "everywhere";
  return vault === false ? "stopped" : "everywhere";
}

/**
 * Deletes all that this phone knows of the person, but not the language or the country.
 * @returns {Promise<"erased" | "busy" | "refused">} busy where a backup is at work, and refused where the phone
 *   does not let us: then nothing was deleted
 */
export async function eraseEverything() {
  try {
    if (!(await getMeta(VAULT))) await eraseAll();
    else if (!(await (await import("../backup/sync.js")).eraseJournal())) return "busy";
  } catch (fault) {
    // What stands beside it goes even where another tab holds on to the empty database.
    if (/** @type {{why?: string}} */ (fault).why === "tab") {
      eraseBeside();
      throw fault;
    }
    console.warn(fault);
    return "refused";
  }
  eraseBeside();
  return "erased";
}

function eraseBeside() {
  forgetSheets();
  for (const key of BESIDE) write(key, null);
  try {
    sessionStorage.removeItem(CHECK);
  } catch {
    // Where storage is closed there was never anything in it.
  }
}
