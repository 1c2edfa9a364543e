// @ts-check
/** How a release gets onto the phone: what changed is fetched, all is checked and kept. */

/** Everything that must be here before this worker may answer, or nothing. */
async function install() {
  if (await isOlder()) throw new Error("A newer release is here already.");
  await getReady();
  await remember("version", RELEASE.version.join("."));
  await prune();
}

async function getReady() {
  await store(["core", ...(await wanted())]);
  await (await caches.open(CACHE)).put("/complete", new Response(RELEASE.id));
  if (!(await caches.match("/key", { cacheName: MEMORY }))) {
    await remember("key", randomKey());
  }
}

/** Whether this phone would go back by this release, which only the server's operator may wish. */
async function isOlder() {
  const last = await recall("version").catch(() => undefined);
  const [number, edition] = (last ?? "").split(".").map(Number);
  const ahead = number - RELEASE.version[0] || edition - RELEASE.version[1];
  return ahead > 0 && !(await card()).rollback;
}

/**
 * English, the languages that this phone uses, and all that a release has here: no update may take
 * that away.
 * @returns {Promise<string[]>} names of parts
 */
async function wanted() {
  const pages = await self_.clients.matchAll({ includeUncontrolled: true, type: "window" });
  const open = pages.map((client) => languageOf(new URL(client.url)) ?? "");
  const last = (await recall("language").catch(() => "")) ?? "";
  const here = (await releases()).flatMap(([, addresses]) => addresses);
  const held = Object.keys(RELEASE.parts).filter((name) => here.some((path) => path.startsWith(`/release/${name}.`)));
  return [...new Set(["en", ...[last, ...open].filter((code) => RELEASE.languages.includes(code)), ...held])];
}

/** @returns {Promise<string[]>} the names of all parts that this phone is to have in the end */
async function everything() {
  const names = ["core", ...(await wanted())];
  const codes = names.filter((name) => RELEASE.languages.includes(name));
  return [...new Set([...names, "deferred", ...codes.map((code) => `${code}-deferred`)])];
}

/** @returns {Promise<[cache: Cache, addresses: string[]][]>} what is here of each release */
async function releases() {
  const names = (await caches.keys()).filter((name) => name.startsWith(PREFIX) && name !== MEMORY);
  const opened = await Promise.all(names.map((name) => caches.open(name)));
  return Promise.all(
    opened.map(async (cache) => [cache, (await cache.keys()).map(({ url }) => new URL(url).pathname)]),
  );
}

/** @param {string[]} names @param {number} patience in milliseconds, for each */
async function store(names, patience = INSTALL_MS) {
  const bodies = await Promise.all(names.map((name) => whole(name, patience)));
  const cache = await caches.open(CACHE);
  const headers = { "Content-Type": "application/json" };
  await Promise.all(names.map((name, n) => cache.put(address(name), new Response(bodies[n], { headers }))));
  // What was read before may have been damaged: that is what a repair is for.
  parsed.clear();
  for (const name of names) {
    const { lastResort } = RELEASE.languages.includes(name) ? await part(name) : {};
    if (lastResort) await remember(`last-resort-${name}`, lastResort);
  }
}

/** What is on its way: nobody pays for a file twice. @type {Map<string, Promise<ArrayBuffer>>} */
const coming = new Map();

/**
 * @param {string} name @param {number} patience
 * @returns {Promise<ArrayBuffer>} a part as the server made it: what did not change is here already
 */
function whole(name, patience) {
  const body = coming.get(name) ?? kept(name).then((here) => here ?? fetchChecked(name));
  coming.set(name, body);
  const end = () => coming.delete(name);
  body.then(end, end);
  return inTime(body, patience);
}

/** @param {string} name @returns {Promise<ArrayBuffer | undefined>} what any release has of a part */
async function kept(name) {
  const cached = await caches.match(address(name)).catch(() => undefined);
  const body = await cached?.arrayBuffer();
  return body && (await isRight(name, body)) ? body : undefined;
}

/** @param {string} name @returns {Promise<ArrayBuffer>} */
async function fetchChecked(name) {
  const signal = deadline(INSTALL_MS);
  const response = await fetch(address(name), { cache: "reload", credentials: "omit", signal });
  if (response.status !== 200 || response.redirected) throw new Error(`${name}: no good answer`);
  const body = await response.arrayBuffer();
  if (!(await isRight(name, body))) throw new Error(`${name}: not what the server made`);
  return body;
}

/** @param {string} name @param {BufferSource} body */
async function isRight(name, body) {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", body));
  const hex = Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.startsWith(RELEASE.parts[name]);
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

/** The run that fetches what may wait, if there is one. @type {Promise<void> | undefined} */
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
  for (const name of await everything()) {
    if (!(await cache.match(address(name)))) await store([name]);
  }
}

/**
 * A page that was open before an update still asks for files of the release that it is of.
 * @param {string} path @returns {Promise<[type: string, text: string] | undefined>}
 */
async function olderAsset(path) {
  for (const [cache, addresses] of await releases()) {
    for (const parts of addresses.filter((name) => /^.release.(core|deferred)\./.test(name))) {
      const found = assetOf(await contents(cache, parts).catch(() => ({})), path);
      if (found) return found;
    }
  }
  return undefined;
}
