// @ts-check
/**
 * A second copy of the journal, in another part of the browser's store. Chromium throws a whole
 * IndexedDB away when it finds one damaged record, which a browser that was killed can leave behind.
 */
import { JOURNAL_MIRROR } from "../lib/storage-keys.js";
import { isEntry } from "./entry.js";

/**
 * Keeps a copy. Where there is no room or no such store, the journal itself is enough.
 * @param {Entry[]} entries
 */
export async function writeMirror(entries) {
  if (!entries.length) return;
  try {
    const cache = await caches.open(JOURNAL_MIRROR);
    await cache.put(`/${JOURNAL_MIRROR}/${entries[0].id}/${entries.length}`, Response.json(entries));
  } catch (fault) {
    console.warn("No mirror", fault);
  }
}

/** @returns {Promise<Entry[]>} each only once, and only what the journal would write */
export async function readMirror() {
  if (!(await isThere())) return [];
  const cache = await caches.open(JOURNAL_MIRROR);
  const parts = await Promise.all((await cache.matchAll()).map((part) => part.json().catch(() => [])));
  const entries = parts.flat().filter(isEntry);
  return [...new Map(entries.map((entry) => [entry.id, entry])).values()];
}

export async function eraseMirror() {
  if (await isThere()) await caches.delete(JOURNAL_MIRROR);
}

/** A private window of Firefox refuses even the question. */
async function isThere() {
  try {
    return Boolean(await self.caches?.has(JOURNAL_MIRROR));
  } catch {
    return false;
  }
}

/** @typedef {import("./entry.js").Entry} Entry */
