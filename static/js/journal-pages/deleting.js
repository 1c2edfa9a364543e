// @ts-check
/** Deletes all that this phone knows of the person, and says where what was deleted is gone from. */
import { eraseAll, getMeta, MIRROR_STALE, removals } from "../journal/store.js";
import { write } from "../lib/safe-storage.js";
import * as keys from "../lib/storage-keys.js";
import { forgetSheets } from "./sheets.js";

const { CHECK, COUNTRY, RECALLED, RECALL_ASKED, SECOND_LANGUAGE, VAULT } = keys;

/** What says nothing of the person: where they are, what they read, what is known of releases. */
const SPARED = [COUNTRY, SECOND_LANGUAGE, RECALLED, RECALL_ASKED];

/** Every small text about the person. */
const BESIDE = Object.values(keys).filter((key) => key.startsWith("easeback.") && !SPARED.includes(key));

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
