// @ts-check
/// <reference lib="webworker" />
/**
 * Easeback's worker: answers every page and every check on the phone, with or without a network.
 *
 * It only selects and joins texts that the server rendered. No rule, no template and no text of the
 * person is evaluated here. A post is never passed on: what was answered stays on this phone.
 * The server puts the release in place of the constant below.
 */
const RELEASE = /** @type {Release} */ (/*RELEASE*/ {});

const PREFIX = "easeback-";
const CACHE = PREFIX + RELEASE.id;
const MEMORY = PREFIX + "memory";
const NETWORK_MS = 2000;
const INSTALL_MS = 20000;

const self_ = /** @type {ServiceWorkerGlobalScope} */ (/** @type {unknown} */ (self));

self_.addEventListener("install", (event) => event.waitUntil(install()));
self_.addEventListener("activate", (event) => event.waitUntil(activate()));
self_.addEventListener("message", (event) => event.waitUntil(receive(event)));
self_.addEventListener("fetch", (event) => {
  const url = new URL(event.request.url);
  if (url.origin !== location.origin) return;
  if (event.request.method === "POST") answerPost(event, url);
  else if (event.request.method === "GET") answerGet(event, url);
});

// --- what is ours to answer -----------------------------------------------------------------

/** @param {FetchEvent} event @param {URL} url */
function answerGet(event, url) {
  if (url.pathname.startsWith("/assets/") || RELEASE.fixed.includes(url.pathname)) {
    event.respondWith(asset(event.request, url));
  } else if (event.request.mode === "navigate" && url.pathname === "/") {
    event.respondWith(home(event.request));
  } else if (languageOf(url)) {
    // Not only for a person who goes there: scripts read our pages, too.
    event.respondWith(page(event.request, url));
  }
}

/**
 * Answers a check that one of our own pages posts. A form of a foreign page is left to the browser,
 * so that the server sees where it comes from; one that hides its origin is shown its answers first.
 * @param {FetchEvent} event @param {URL} url
 */
function answerPost(event, url) {
  if (!languageOf(url) || !RELEASE.answering.includes(routeOf(url))) return;
  const referrer = event.request.referrer;
  if (referrer && new URL(referrer).origin !== location.origin) return;
  event.respondWith(check(event.request, url, Boolean(referrer)));
}

/** @param {URL} url */
function languageOf(url) {
  return RELEASE.languages.find((code) => url.pathname.startsWith(`/${code}/`));
}

/** @param {URL} url */
function routeOf(url) {
  return url.pathname.slice(url.pathname.indexOf("/", 1) + 1);
}

// --- answers; none of these may reject ------------------------------------------------------

/** @param {Request} request @param {URL} url */
async function page(request, url) {
  try {
    const core = await bundle("core");
    const code = languageOf(url) ?? "";
    const route = routeOf(url);
    const known = core.routes[route];
    const more = known?.reading ? await shelf("reading", code).catch(() => undefined) : [];
    if (known && more) return await render(core, code, route, start(core), more);
    return (await network(request)) ?? (await render(core, code, known ? RELEASE.later : RELEASE.notFound, start(core)));
  } catch {
    return (await network(request)) ?? emergency();
  }
}

/** @param {Request} request @param {URL} url @param {boolean} ours */
async function check(request, url, ours) {
  try {
    const body = await request.arrayBuffer();
    const core = await bundle("core");
    const { state, key } = read(core, body);
    if (!ours && key !== (await ownKey())) {
      state.view = core.answersView;
      state.note = "";
    }
    return await render(core, languageOf(url) ?? "", routeOf(url), state);
  } catch {
    return emergency();
  }
}

/** @param {Request} request @param {URL} url */
async function asset(request, url) {
  try {
    const { pathname } = url;
    const kept = (/** @type {string} */ name) => bundle(name).then(({ assets }) => assets[pathname]);
    const found = (await kept("core")) ?? (await kept("reading").catch(() => {})) ?? (await olderAsset(pathname));
    if (found) return new Response(found[1], { headers: { ...RELEASE.headers, "Content-Type": found[0] } });
  } catch {
    // The bundle is gone: the network may have the file.
  }
  return fetch(request).catch(() => Response.error());
}

/** @param {Request} request */
async function home(request) {
  const code = await recall("language").catch(() => undefined);
  if (code && RELEASE.languages.includes(code)) return Response.redirect(`/${code}/`, 302);
  return (await network(request)) ?? Response.redirect("/en/", 302);
}

/** @param {Request} request @returns {Promise<Response | undefined>} */
async function network(request) {
  const late = AbortSignal.timeout(NETWORK_MS);
  return fetch(request, { signal: late }).catch(() => undefined);
}

function emergency() {
  return new Response(RELEASE.emergencyPage, {
    headers: { ...RELEASE.headers, "Content-Type": "text/html; charset=utf-8" },
  });
}

// --- the twin: from a form to a state, from a state to a page -------------------------------

/** @param {Core} core @returns {State} */
function start(core) {
  return { values: new Array(core.variables.length).fill(0), view: "", note: "" };
}

/**
 * The copy of Interview.read in webapp/triage/interview.py.
 * @param {Core} core @param {ArrayBuffer} body @returns {{state: State, key: string | undefined}}
 */
function read(core, body) {
  const state = start(core);
  const fields = new Map();
  let honest = body.byteLength <= core.longestBody;
  const text = honest ? new TextDecoder("utf-8", { ignoreBOM: true }).decode(body) : "";
  const repeated = new Set();
  for (const pair of text ? text.split("&") : []) {
    const equals = pair.indexOf("=");
    const name = equals < 0 ? pair : pair.slice(0, equals);
    if (fields.has(name) || equals < 0) repeated.add(name);
    else fields.set(name, pair.slice(equals + 1));
  }
  honest &&= !repeated.size;
  for (const name of repeated) fields.delete(name);
  for (const [name, value] of fields) {
    const place = core.variables.findIndex(([known, , asked]) => asked && known === name);
    const option = place < 0 ? 0 : core.variables[place][1].indexOf(value) + 1;
    if (option) state.values[place] = option;
    else if (!core.steering.includes(name)) honest = false;
  }
  honest = steer(core, state, fields) && honest;
  if (!honest) Object.assign(state, { view: "", note: "again" });
  return { state, key: fields.get("k") };
}

/** @param {Core} core @param {State} state @param {Map<string, string>} fields */
function steer(core, state, fields) {
  const at = fields.get("at");
  const go = fields.get("go");
  const show = fields.get("show");
  const screen = core.screens.find(([id]) => id === at);
  if (show !== undefined) {
    state.view = show;
    const known = show === core.answersView || core.screens.some(([id]) => id === show);
    return known && go === undefined && (at === undefined || Boolean(screen));
  }
  if (at === undefined) return go === undefined;
  if (!screen) return false;
  if (screen[2]) return core.actions.includes(go ?? "") && tick(state, screen, go ?? "");
  if (!state.values[screen[1]]) Object.assign(state, { view: at, note: "choose" });
  return go === undefined;
}

/** @param {State} state @param {Screen} screen @param {string} go */
function tick(state, [id, first, count], go) {
  const [no, unsure] = [1, 2];
  const given = state.values.slice(first, first + count);
  let note = "";
  if (go === "unsure") state.view = `unsure-${id}`;
  else if (go === "next") note = given.some(Boolean) ? "" : "nothing-ticked";
  else if (go === "none") note = given.some(Boolean) ? "ticked-and-none" : "";
  else if (go === "pick") note = given.includes(unsure) ? "" : "nothing-ticked";
  else note = given.includes(unsure) ? "ticked-and-none" : "";
  if (note) {
    Object.assign(state, { view: go === "pick" || go === "sure" ? `unsure-${id}` : id, note });
  } else if (go !== "unsure") {
    for (let place = first; place < first + count; place++) state.values[place] ||= no;
  }
  return true;
}

/**
 * @param {Core} core @param {string} code @param {string} route @param {State} state
 * @param {string[]} more fragments that only pages for reading have
 */
async function render(core, code, route, state, more = []) {
  const { status, answers, program } = core.routes[route];
  const fragments = await shelf("core", code);
  const nodes = await diagram();
  const values = [...state.values];
  for (const name of /** @type {const} */ (["view", "note"])) {
    const place = core.variables.findIndex(([known]) => known === name);
    values[place] = core.variables[place][1].indexOf(state[name]) + 1;
  }
  for (const [place, cases, fallback] of core.decisions) {
    let at = 0;
    while (at < cases.length && !walk(nodes, cases[at], values)) at += 2;
    values[place] = at < cases.length ? cases[at + 1] : fallback;
  }
  let html = "";
  for (let at = 0; at < program.length; at += 2) {
    const step = program[at + 1];
    const holds = walk(nodes, program[at], values);
    if (step < 0) at -= holds ? 0 : 2 * step;
    else if (holds) html += step ? fragments[step] ?? more[step - fragments.length] : core.release;
  }
  return new Response(html, {
    status: answers && state.note === "again" ? 400 : status,
    headers: { ...core.headers, "Content-Language": code },
  });
}

/** @param {number[][]} nodes @param {number} at @param {number[]} values */
function walk(nodes, at, values) {
  while (at > 1) at = nodes[at][1 + values[nodes[at][0]]];
  return at === 1;
}

// --- the bundle: fetched whole, checked, kept -----------------------------------------------

/** What was read from the cache, parsed once in the life of this worker. @type {Map<string, any>} */
const parsed = new Map();

/** @param {string} name @returns {Promise<any>} */
async function bundle(name) {
  if (!parsed.has(name)) {
    const cached = await (await caches.open(CACHE)).match((await file(name))[0]);
    if (!cached) throw new Error(`${name} is not in the cache`);
    parsed.set(name, await cached.json());
  }
  return parsed.get(name);
}

/** @param {string} name @returns {Promise<[url: string, sha256: string]>} */
async function file(name) {
  return name === "core" ? RELEASE.core : (await bundle("core")).files[name];
}

/**
 * The fragments of one language: forms with their texts put in. The copy of webapp/release/forms.py.
 * @param {"core" | "reading"} name @param {string} code @returns {Promise<string[]>}
 */
async function shelf(name, code) {
  const key = `${name}/${code}`;
  if (!parsed.has(key)) {
    const { forms, rows } = await bundle(name);
    // What is for reading counts on after the texts that are there already.
    const before = name === "core" ? [] : (await bundle(code)).texts;
    const own = (await bundle(name === "core" ? code : `${code}-${name}`)).texts;
    const texts = [...before, ...own];
    const fragments = [];
    let at = 0;
    let newForm = 0;
    let newText = before.length;
    while (at < rows.length) {
      const form = forms[(rows[at++] || ++newForm) - 1];
      const [head, ...rest] = form.replaceAll("\x7f\x7f", code).split("\x7f");
      fragments.push(rest.reduce((html, part) => html + texts[(rows[at++] || ++newText) - 1] + part, head));
    }
    parsed.set(key, fragments);
  }
  return parsed.get(key);
}

/** The diagram with its nodes as lists: the variable, then the place of the child for each value. */
async function diagram() {
  if (!parsed.has("nodes")) {
    const { deciding, children, variables } = await bundle("core");
    /** @type {number[][]} */
    const nodes = [[], []];
    let at = 0;
    for (const variable of deciding) {
      const node = [variable];
      while (node.length < variables[variable][1].length + 2) {
        const child = children[at++];
        node.push(child < 0 ? node[node.length - 1] : child < 2 ? child : nodes.length + child - 1);
      }
      nodes.push(node);
    }
    parsed.set("nodes", nodes);
  }
  return parsed.get("nodes");
}

/** Everything that must be here before this worker may answer, or nothing. */
async function install() {
  await store(["core"]);
  await store(await wanted());
  await (await caches.open(CACHE)).put("/complete", new Response(RELEASE.id));
  if (!(await caches.match("/key", { cacheName: MEMORY }))) {
    await remember("key", crypto.randomUUID());
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

/** @param {string[]} names */
async function store(names) {
  const bodies = await Promise.all(names.map(fetchChecked));
  const cache = await caches.open(CACHE);
  const headers = { "Content-Type": "application/json" };
  await Promise.all(
    names.map(async (name, n) => cache.put((await file(name))[0], new Response(bodies[n], { headers }))),
  );
  // What was read before may have been damaged: that is what a repair is for.
  parsed.clear();
}

/** @param {string} name @returns {Promise<ArrayBuffer>} */
async function fetchChecked(name) {
  const [url, sha256] = await file(name);
  const signal = AbortSignal.timeout(INSTALL_MS);
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
  await remember("release", RELEASE.id);
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
  for (const [name, [url]] of Object.entries((await bundle("core")).files)) {
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

// --- messages from pages --------------------------------------------------------------------

/** @param {ExtendableMessageEvent} event */
async function receive({ data, ports, source }) {
  if (data?.type === "activate") await self_.skipWaiting();
  if (data?.type === "language" && RELEASE.languages.includes(data.code)) {
    await remember("language", data.code).catch(() => {});
  }
  if (data?.type === "repair") await install().catch(() => {});
  if (data?.type === "repair" || data?.type === "status") {
    const url = source instanceof Object && "url" in source ? source.url : location.href;
    ports[0]?.postMessage(await status(languageOf(new URL(url)) ?? "en"));
    await fillUp().catch(() => {});
  }
}

/** Reads every entry back and hashes it: ready means proved, not hoped. @param {string} language */
async function status(language) {
  /** @type {string[]} */
  const whole = [];
  const others = await bundle("core").then((core) => Object.keys(core.files)).catch(() => []);
  for (const name of ["core", ...others]) {
    if (await isWhole(name).catch(() => false)) whole.push(name);
  }
  return {
    ready: ["core", "en", language].every((name) => whole.includes(name)),
    complete: others.length > 0 && whole.length > others.length,
    release: RELEASE.id,
    languages: whole.filter((name) => RELEASE.languages.includes(name)),
  };
}

/** @param {string} name */
async function isWhole(name) {
  const [url, sha256] = await file(name);
  const cached = await (await caches.open(CACHE)).match(url);
  return cached !== undefined && (await hash(await cached.arrayBuffer())) === sha256;
}

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
  return (await recall("key")) ?? crypto.randomUUID();
}

/**
 * @typedef {[id: string, first: number, rows: number]} Screen
 * @typedef {{values: number[], view: string, note: string}} State
 * @typedef {{status: number, answers: number, reading: number, program: number[]}} Route
 * @typedef {{
 *   variables: [name: string, options: string[], asked: number][], steering: string[],
 *   decisions: [place: number, cases: number[], fallback: number][], screens: Screen[],
 *   actions: string[], answersView: string, longestBody: number, deciding: number[],
 *   children: number[],
 *   routes: Record<string, Route>, forms: string[], rows: number[], release: string,
 *   files: Record<string, [url: string, sha256: string]>, headers: Record<string, string>,
 *   assets: Record<string, [type: string, text: string]>,
 * }} Core
 * @typedef {{
 *   id: string, core: [url: string, sha256: string], languages: string[],
 *   answering: string[], notFound: string, later: string, fixed: string[], headers: Record<string, string>,
 *   emergencyPage: string,
 * }} Release
 */
