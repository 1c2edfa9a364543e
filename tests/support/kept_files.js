/** What the caches of this site hold: pages' parts, the files of a release. */

/** @returns {AsyncGenerator<[Cache, Request]>} every entry, with the cache that it lies in */
async function* entries() {
  for (const name of await caches.keys()) {
    const cache = await caches.open(name);
    for (const request of await cache.keys()) yield [cache, request];
  }
}

/** @param {string} file @param {Request} request */
const isOf = (file, { url }) => url.includes(`/release/${file}.`);

/** @returns {Promise<string[]>} the addresses of all that is kept */
export async function addresses() {
  const kept = [];
  for await (const [, { url }] of entries()) kept.push(url);
  return kept;
}

/** @returns {Promise<string[]>} the files of a release whose content is what their name promises */
export async function whole() {
  const found = [];
  for await (const [cache, request] of entries()) {
    const { pathname } = new URL(request.url);
    const [, file, digest] = pathname.match(/^.release.(.+)\.(.+)\.json$/) ?? [];
    if (!file) continue;
    const body = await (await cache.match(request)).arrayBuffer();
    const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", body));
    const hex = [...hash].map((byte) => byte.toString(16).padStart(2, "0")).join("");
    if (hex.startsWith(digest)) found.push(file);
  }
  return found.sort();
}

/** @param {string} file @returns {Promise<number>} in how many places it was, and is now spoilt */
export async function spoil(file) {
  let spoilt = 0;
  for await (const [cache, request] of entries()) {
    if (!isOf(file, request)) continue;
    await cache.put(request, new Response("{}"));
    spoilt += 1;
  }
  return spoilt;
}

/** @param {string} file @returns {Promise<number>} in how many places it was, and is no more */
export async function lose(file) {
  let lost = 0;
  for await (const [cache, request] of entries()) {
    if (isOf(file, request)) lost += Number(await cache.delete(request));
  }
  return lost;
}
