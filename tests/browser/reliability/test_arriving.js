/** A phone that loses what it has kept, and what it would put on its home screen. */

/** Takes the worker away, and with it every answer without a network. */
export async function loseWorker() {
  const found = await navigator.serviceWorker.getRegistrations();
  await Promise.all(found.map((one) => one.unregister()));
}

/** Throws every database away. */
export async function loseDatabases() {
  const found = await indexedDB.databases();
  await Promise.all(
    found.map(
      ({ name }) =>
        new Promise((done, failed) => {
          const request = indexedDB.deleteDatabase(name);
          request.onsuccess = done;
          request.onerror = () => failed(request.error);
        }),
    ),
  );
}

/** Throws every cache away. */
export async function loseCaches() {
  for (const name of await caches.keys()) await caches.delete(name);
}

/** Throws small texts away. */
export function loseTexts() {
  localStorage.clear();
  sessionStorage.clear();
}

/** @param {string} address @returns {Promise<string>} the size of a picture as this engine shows it */
async function sizeOf(address) {
  const picture = new Image();
  picture.src = address;
  await picture.decode();
  return `${picture.naturalWidth}x${picture.naturalHeight}`;
}

/** @returns {Promise<Object>} what the manifest says: its id, its first page, its icons with their real sizes */
export async function manifest() {
  const link = document.querySelector("link[rel=manifest]");
  const told = await (await fetch(link.href)).json();
  const icons = await Promise.all(told.icons.map(async ({ src, sizes }) => [sizes, await sizeOf(src)]));
  return { id: told.id, start: told.start_url, icons };
}
