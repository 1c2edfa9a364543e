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
    await cache.put(`/${JOURNAL_MIRROR}/${entries[0].id}/${entries.length}`, filed(entries));
  } catch (fault) {
    console.warn("No mirror", fault);
  }
}

/** @returns {Promise<readonly Request[]>} what the mirror is kept under now */
export async function mirrorParts() {
  return (await isThere()) ? (await caches.open(JOURNAL_MIRROR)).keys() : [];
}

/**
 * Puts one part in the place of others, so that nothing is left of what the journal has deleted. Where
 * there is no room for it, the others go all the same.
 * @param {Entry[]} entries
 * @param {readonly Request[]} old
 * @param {string} name of the new part, which none of the others has
 */
export async function rewriteMirror(entries, old, name) {
  if (!old.length) return;
  const whole = `/${JOURNAL_MIRROR}/whole/${name}`;
  const cache = await caches.open(JOURNAL_MIRROR);
  await cache.put(whole, filed(entries)).catch((fault) => console.warn("No mirror", fault));
  for (const part of old) await cache.delete(part);
}

/** @returns {Promise<Entry[]>} each only once, and only what the journal would write */
export async function readMirror() {
  if (!(await isThere())) return [];
  const cache = await caches.open(JOURNAL_MIRROR);
  const parts = await Promise.all((await cache.matchAll()).map((part) => part.json().catch(() => [])));
  const entries = parts.flat().filter(isEntry);
  // Of two with one id the tombstone counts.
  const inOrder = entries.sort((a, b) => Number(a.gone ?? false) - Number(b.gone ?? false));
  return [...new Map(inOrder.map((entry) => [entry.id, entry])).values()];
}

export async function eraseMirror() {
  if (await isThere()) await caches.delete(JOURNAL_MIRROR);
}

/** @param {Entry[]} entries */
function filed(entries) {
  return new Response(JSON.stringify(entries), { headers: { "content-type": "application/json" } });
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
