// @ts-check
/**
 * Runs the service worker of a site in Node and answers over HTTP what it answers a page.
 *
 *     node run-worker.mjs http://127.0.0.1:8000
 *
 * The worker installs itself and fetches everything; then its network is cut, the port to ask at is
 * printed, and whatever is asked there is given to the worker as a page of the site would ask it.
 */
import { createServer } from "node:http";
import { buffer } from "node:stream/consumers";
import { runInThisContext } from "node:vm";

/** @typedef {(event: Record<string, unknown>) => void} Listener */

const site = process.argv[2];
const network = globalThis.fetch;
/** What goes from one process to the other here is not worth seconds of compressing. */
const headers = { "accept-encoding": "identity" };
let online = true;

/** What the worker listens for. @type {[type: string, listener: Listener][]} */
const listeners = [];

/** @param {Request | URL | string} request */
function addressOf(request) {
  return new URL(request instanceof Request ? request.url : request, site).href;
}

/** A Cache in memory: responses as bytes, by address. */
class MemoryCache {
  /** @type {Map<string, [body: ArrayBuffer, init: ResponseInit]>} */
  #entries = new Map();

  /** @param {Request | string} request @param {Response} response */
  async put(request, response) {
    const { status, headers } = response;
    this.#entries.set(addressOf(request), [await response.arrayBuffer(), { status, headers }]);
  }

  /** @param {Request | string} request */
  async match(request) {
    const entry = this.#entries.get(addressOf(request));
    return entry && new Response(...entry);
  }

  async keys() {
    return [...this.#entries.keys()].map((address) => new Request(address));
  }
}

/** A CacheStorage in memory. */
class MemoryCaches {
  /** @type {Map<string, MemoryCache>} */
  #caches = new Map();

  /** @param {string} name */
  async open(name) {
    const cache = this.#caches.get(name) ?? new MemoryCache();
    this.#caches.set(name, cache);
    return cache;
  }

  /** @param {Request | string} request @param {{cacheName?: string}} [options] */
  async match(request, { cacheName } = {}) {
    const names = cacheName ? [cacheName] : [...this.#caches.keys()];
    const found = await Promise.all(names.map((name) => this.#caches.get(name)?.match(request)));
    return found.find(Boolean);
  }

  async keys() {
    return [...this.#caches.keys()];
  }

  /** @param {string} name */
  async delete(name) {
    return this.#caches.delete(name);
  }
}

/** A request as a page of the site makes it; Node's own cannot navigate and has no referrer. */
class PageRequest extends Request {
  /** @returns {RequestMode} */
  get mode() {
    return "navigate";
  }

  get referrer() {
    return `${site}/en/`;
  }
}

Object.assign(globalThis, {
  self: globalThis,
  location: new URL("/sw.js", site),
  caches: new MemoryCaches(),
  clients: { claim: async () => {}, matchAll: async () => [] },
  skipWaiting: async () => {},
  addEventListener: (/** @type {string} */ type, /** @type {Listener} */ listener) => {
    listeners.push([type, listener]);
  },
  fetch: async (/** @type {Request | string} */ request, /** @type {RequestInit} */ options) => {
    if (!online) throw new TypeError("the network is cut");
    return network(request instanceof Request ? request : addressOf(request), { ...options, headers });
  },
});

/**
 * Gives the worker an event and waits for all that it wants to be waited for.
 * @param {string} type @param {Record<string, unknown>} [more]
 */
async function dispatch(type, more) {
  /** @type {unknown[]} */
  const pending = [];
  const waitUntil = (/** @type {unknown} */ promise) => pending.push(promise);
  const respondWith = (/** @type {Promise<Response>} */ promise) => {
    pending.push(promise);
    Object.assign(more ?? {}, { answer: promise });
  };
  for (const [known, listener] of listeners) {
    if (known === type) listener({ ...more, waitUntil, respondWith });
  }
  while (pending.length) await pending.shift();
}

/** @param {Request} request @returns {Promise<Response>} what the worker answers */
async function ask(request) {
  /** @type {{request: Request, answer?: Promise<Response>}} */
  const event = { request };
  await dispatch("fetch", event);
  return event.answer ?? new Response("The worker left this to the network.", { status: 502 });
}

/** Asks for the worker's state, after which it fetches what it has not got yet. */
async function status() {
  /** @type {unknown[]} */
  const answers = [];
  const port = { postMessage: (/** @type {unknown} */ answer) => answers.push(answer) };
  await dispatch("message", { data: { type: "status" }, ports: [port] });
  return /** @type {{complete: boolean}} */ (answers[0]);
}

runInThisContext(await (await network(`${site}/sw.js`)).text(), { filename: "sw.js" });
await dispatch("install");
await dispatch("activate");
// Whoever opens a page in a language has it from then on.
for (const code of runInThisContext("RELEASE.languages")) await ask(new PageRequest(addressOf(`/${code}/`)));
await status();
if (!(await status()).complete) throw new Error("The worker did not get everything.");
online = false;

const server = createServer(async (incoming, outgoing) => {
  const { method, url = "/" } = incoming;
  const body = method === "POST" ? await buffer(incoming) : undefined;
  const response = await ask(new PageRequest(addressOf(url), { method, body }));
  outgoing.writeHead(response.status, Object.fromEntries(response.headers));
  outgoing.end(Buffer.from(await response.arrayBuffer()));
});
server.listen(0, "127.0.0.1", () => {
  console.log(/** @type {import("node:net").AddressInfo} */ (server.address()).port);
});
