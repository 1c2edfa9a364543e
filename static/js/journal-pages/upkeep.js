// @ts-check
/** Minds what the journal stands on: the browser's store, and the backup. */
import { getMeta } from "../journal/store.js";
import { all, find } from "../lib/dom.js";
import { read, write } from "../lib/safe-storage.js";
import { JOURNAL_BEGUN, VAULT } from "../lib/storage-keys.js";

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
