// @ts-check
/** How a release gets onto the phone: fetched whole, checked, kept. */

/** Everything that must be here before this worker may answer, or nothing. */
async function install() {
  await store(["core"]);
  await store([...new Set([...(await wanted()), ...(await held())])]);
  await (await caches.open(CACHE)).put("/complete", new Response(RELEASE.id));
  await prune();
  if (!(await caches.match("/key", { cacheName: MEMORY }))) {
    await remember("key", randomKey());
  }
}

/** @returns {Promise<string[]>} English and the languages that this phone uses */
async function wanted() {
  const pages = await self_.clients.matchAll({ includeUncontrolled: true, type: "window" });
  const open = pages.map((client) => languageOf(new URL(client.url)));
  const last = await recall("language").catch(() => undefined);
  const codes = ["en", last, ...open].filter((code) => RELEASE.languages.includes(code ?? ""));
  return [...new Set(/** @type {string[]} */ (codes))];
}

/** @returns {Promise<string[]>} what an older release has here: no update may take it away */
async function held() {
  const generations = (await caches.keys()).filter((n) => n.startsWith(PREFIX) && n !== MEMORY && n !== CACHE);
  const requests = await Promise.all(generations.map(async (name) => (await caches.open(name)).keys()));
  const paths = requests.flat().map(({ url }) => new URL(url).pathname);
  const { files } = await part("core");
  return Object.keys(files).filter((name) => paths.some((path) => path.startsWith(`/release/${name}.`)));
}

/** @param {string[]} names @param {number} patience in milliseconds, for each */
async function store(names, patience = INSTALL_MS) {
  const bodies = await Promise.all(names.map((name) => fetchChecked(name, patience)));
  const cache = await caches.open(CACHE);
  const headers = { "Content-Type": "application/json" };
  await Promise.all(
    names.map(async (name, n) => cache.put((await file(name))[0], new Response(bodies[n], { headers }))),
  );
  // What was read before may have been damaged: that is what a repair is for.
  parsed.clear();
  for (const code of names.filter((name) => RELEASE.languages.includes(name))) {
    await remember(`last-resort-${code}`, (await part(code)).lastResort);
  }
}

/** @param {string} name @param {number} patience @returns {Promise<ArrayBuffer>} */
async function fetchChecked(name, patience) {
  const [url, sha256] = await file(name);
  const signal = deadline(patience);
  const response = await fetch(url, { cache: "reload", credentials: "omit", signal });
  if (response.status !== 200 || response.redirected) throw new Error(`${url}: no good answer`);
  const body = await response.arrayBuffer();
  if ((await hash(body)) !== sha256) throw new Error(`${url}: not what the server made`);
  return body;
}

/** @param {BufferSource} body */
async function hash(body) {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", body));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** Takes over pages on the first installation only; keeps one older release for pages still open. */
async function activate() {
  const generations = (await caches.keys()).filter((n) => n.startsWith(PREFIX) && n !== MEMORY);
  const older = generations.filter((name) => name !== CACHE);
  if (!older.length) await self_.clients.claim();
  const keep = await recall("release").catch(() => undefined);
  await Promise.all(older.filter((n) => n !== PREFIX + keep).map((n) => caches.delete(n)));
  if (keep && keep !== RELEASE.id) await remember("before", keep);
  await remember("release", RELEASE.id);
}

/** Deletes releases that came and were never used: this one takes their place in the queue. */
async function prune() {
  const used = await Promise.all(["release", "before"].map((name) => recall(name).catch(() => undefined)));
  if (!used[0]) return;
  const kept = [MEMORY, CACHE, ...used.map((id) => PREFIX + id)];
  const others = (await caches.keys()).filter((name) => name.startsWith(PREFIX) && !kept.includes(name));
  await Promise.all(others.map((name) => caches.delete(name)));
}

/** The run that fetches the other languages now, if there is one. @type {Promise<void> | undefined} */
let filling;

/** All the rest, after a page has its answer; without it the phone is ready all the same. */
function fillUp() {
  // Pages may ask faster than files arrive: one run serves them all, so nothing is paid for twice.
  filling ??= storeMissing().finally(() => {
    filling = undefined;
  });
  return filling;
}

async function storeMissing() {
  const cache = await caches.open(CACHE);
  for (const [name, [url]] of Object.entries((await part("core")).files)) {
    if (!(await cache.match(url))) await store([name]);
  }
}

/** @param {string} path @returns {Promise<[string, string] | undefined>} */
async function olderAsset(path) {
  for (const name of await caches.keys()) {
    if (name === CACHE || name === MEMORY || !name.startsWith(PREFIX)) continue;
    const cache = await caches.open(name);
    const url = (await cache.keys()).find((key) => new URL(key.url).pathname.startsWith("/release/core."));
    const core = url && (await (await cache.match(url))?.json());
    if (core?.assets[path]) return core.assets[path];
  }
  return undefined;
}
