/** A phone whose browser clears its store. */

/** Throws away all that the browser keeps for this site. */
export async function clearAll() {
  for (const name of await caches.keys()) await caches.delete(name);
  localStorage.clear();
  for (const { name } of await indexedDB.databases()) {
    await new Promise((done) => {
      const request = indexedDB.deleteDatabase(name);
      // Where a page still has it open, it goes once that page has gone.
      Object.assign(request, { onsuccess: done, onerror: done, onblocked: done });
    });
  }
}
