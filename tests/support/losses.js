/** A browser that throws away what it has kept. */

/** Takes the worker away. */
export async function loseWorker() {
  const found = await navigator.serviceWorker.getRegistrations();
  await Promise.all(found.map((one) => one.unregister()));
}

/** Throws every database away. */
export async function loseDatabases() {
  const found = await indexedDB.databases();
  await Promise.all(found.map(({ name }) => loseDatabase(name)));
}

/** @param {string} name @returns {Promise<void>} settled once it is gone, or waits for a page to go */
function loseDatabase(name) {
  return new Promise((done, failed) => {
    const request = indexedDB.deleteDatabase(name);
    request.onsuccess = () => done();
    request.onblocked = () => done();
    request.onerror = () => failed(request.error);
  });
}

/** Throws caches away. @param {string} beginning of their names */
export async function loseCaches(beginning) {
  const names = await caches.keys();
  for (const name of names) if (name.startsWith(beginning)) await caches.delete(name);
}

/** Throws small texts away. */
export function loseTexts() {
  localStorage.clear();
  sessionStorage.clear();
}
