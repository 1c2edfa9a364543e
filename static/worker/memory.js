// @ts-check
/** Small texts that outlive a release. */

/** @param {string} name @param {string} value */
async function remember(name, value) {
  await (await caches.open(MEMORY)).put(`/${name}`, new Response(value));
}

/** @param {string} name */
async function recall(name) {
  return (await caches.match(`/${name}`, { cacheName: MEMORY }))?.text();
}

/** A value that only our own pages can read: it tells them from a page that hides where it is. */
async function ownKey() {
  return (await recall("key")) ?? randomKey();
}

function randomKey() {
  return crypto.getRandomValues(new Uint32Array(4)).join("-");
}
