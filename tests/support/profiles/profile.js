// @ts-check
/**
 * What a browser keeps for this site, read and written through the browser's own interfaces only.
 * It knows nothing of our scripts, and they know nothing of it.
 */
(() => {
  /** Secrets of the keys that scripts of this page have imported, in base64. @type {string[]} */
  const secrets = [];

  /** Notes every secret from now on: a key that no script may read is kept without it. */
  function watch() {
    const { importKey } = SubtleCrypto.prototype;
    SubtleCrypto.prototype.importKey = function (/** @type {any[]} */ ...order) {
      if (order[0] === "raw") secrets.push(toBase64(order[1]));
      return importKey.apply(this, /** @type {any} */ (order));
    };
  }

  /**
   * @param {string[]} known secrets that keys may have
   * @param {string} passing a pattern for caches whose content is left out: it is fetched anew
   * @returns {Promise<Profile>}
   */
  async function read(known, passing) {
    const databases = await indexedDB.databases();
    return {
      databases: await mapped(databases, async ({ name = "" }) => [name, await readDatabase(name, known)]),
      local: { ...localStorage },
      session: { ...sessionStorage },
      caches: await mapped(await caches.keys(), async (name) => [
        name,
        new RegExp(passing).test(name) ? {} : await readCache(name),
      ]),
    };
  }

  /** @param {Profile} profile */
  async function write({ databases, local, session, caches: kept }) {
    for (const [name, database] of Object.entries(databases)) await writeDatabase(name, database);
    for (const [key, text] of Object.entries(local)) localStorage.setItem(key, text);
    for (const [key, text] of Object.entries(session)) sessionStorage.setItem(key, text);
    for (const [name, files] of Object.entries(kept)) await writeCache(name, files);
  }

  /** Lets the site's worker be installed, as on a phone that has used the site before. */
  async function installWorker() {
    const { trustedTypes } = /** @type {any} */ (window);
    const policy = trustedTypes.createPolicy("sw", { createScriptURL: (/** @type {string} */ url) => url });
    await navigator.serviceWorker.register(policy.createScriptURL("/sw.js"), { updateViaCache: "none" });
    await navigator.serviceWorker.ready;
  }

  // --- IndexedDB ------------------------------------------------------------------------------

  /** @param {string} name @param {string[]} known @returns {Promise<Database>} */
  async function readDatabase(name, known) {
    const database = await answer(indexedDB.open(name));
    const stores = await mapped([...database.objectStoreNames], async (storeName) => {
      const store = database.transaction(storeName).objectStore(storeName);
      const { keyPath, autoIncrement } = store;
      const indexes = Object.fromEntries(
        [...store.indexNames].map((one) => {
          const index = store.index(one);
          return [one, { keyPath: index.keyPath, unique: index.unique, multiEntry: index.multiEntry }];
        }),
      );
      const values = await answer(store.getAll());
      const records = await Promise.all(values.map((value) => toJson(value, known)));
      return [storeName, { keyPath, autoIncrement, indexes, records }];
    });
    database.close();
    return { version: database.version, stores };
  }

  /** @param {string} name @param {Database} kept */
  async function writeDatabase(name, { version, stores }) {
    const request = indexedDB.open(name, version);
    request.onupgradeneeded = () => {
      for (const [storeName, { keyPath, autoIncrement, indexes }] of Object.entries(stores)) {
        const store = request.result.createObjectStore(storeName, { keyPath, autoIncrement });
        for (const [one, { keyPath: path, ...options }] of Object.entries(indexes)) {
          store.createIndex(one, path, options);
        }
      }
    };
    const database = await answer(request);
    for (const [storeName, { records }] of Object.entries(stores)) {
      const values = await Promise.all(records.map(fromJson));
      const store = database.transaction(storeName, "readwrite").objectStore(storeName);
      await Promise.all(values.map((value) => answer(store.add(value))));
    }
    database.close();
  }

  /** @template T @param {IDBRequest<T>} request @returns {Promise<T>} */
  function answer(request) {
    return new Promise((done, failed) => {
      request.onsuccess = () => done(request.result);
      request.onerror = () => failed(request.error);
    });
  }

  // --- the Cache Storage ----------------------------------------------------------------------

  /** @param {string} name @returns {Promise<Files>} */
  async function readCache(name) {
    const cache = await caches.open(name);
    return mapped([...(await cache.keys())], async (request) => {
      const response = await cache.match(request);
      const type = response?.headers.get("content-type") ?? "";
      return [new URL(request.url).pathname, { type, text: (await response?.text()) ?? "" }];
    });
  }

  /** @param {string} name @param {Files} files */
  async function writeCache(name, files) {
    const cache = await caches.open(name);
    for (const [path, { type, text }] of Object.entries(files)) {
      await cache.put(path, new Response(text, { headers: { "content-type": type } }));
    }
  }

  // --- values that JSON does not know ---------------------------------------------------------

  /** @param {any} value @param {string[]} known @returns {Promise<any>} */
  async function toJson(value, known) {
    if (typeof value !== "object" || value === null) return value;
    if (value instanceof CryptoKey) return { $key: await describe(value, known) };
    if (value instanceof Uint8Array) return { $bytes: toBase64(value) };
    if (value instanceof Map) return { $map: await toJson([...value], known) };
    if (Array.isArray(value)) return Promise.all(value.map((one) => toJson(one, known)));
    if (Object.getPrototypeOf(value) !== Object.prototype) throw new TypeError(`No JSON for ${value}`);
    return mapped(Object.entries(value), async ([name, one]) => [name, await toJson(one, known)]);
  }

  /** @param {any} value @returns {Promise<any>} */
  async function fromJson(value) {
    if (typeof value !== "object" || value === null) return value;
    if (Array.isArray(value)) return Promise.all(value.map(fromJson));
    if (value.$key) return imported(value.$key);
    if (value.$bytes) return fromBase64(value.$bytes);
    if (value.$map) return new Map(await fromJson(value.$map));
    return mapped(Object.entries(value), async ([name, one]) => [name, await fromJson(one)]);
  }

  /** @param {CryptoKey} key @param {string[]} known @returns {Promise<Key>} */
  async function describe(key, known) {
    const { algorithm, extractable, usages } = key;
    const own = await markOf(key);
    for (const secret of known) {
      const description = /** @type {Key} */ ({ algorithm, extractable, usages, secret });
      const same = await imported(description).then(markOf).catch(() => "");
      if (same === own) return description;
    }
    throw new Error(`Nobody has seen the secret of a key for ${algorithm.name}`);
  }

  /** @param {Key} key */
  function imported({ secret, algorithm, extractable, usages }) {
    return crypto.subtle.importKey("raw", fromBase64(secret), algorithm, extractable, usages);
  }

  /** @param {CryptoKey} key @returns {Promise<string>} what only a key with the same secret makes */
  async function markOf(key) {
    const plain = new Uint8Array(16);
    const made = key.usages.includes("sign")
      ? await crypto.subtle.sign(key.algorithm, key, plain)
      : await crypto.subtle.encrypt({ name: key.algorithm.name, iv: new Uint8Array(12) }, key, plain);
    return toBase64(made);
  }

  /** @param {BufferSource} bytes */
  function toBase64(bytes) {
    const plain = ArrayBuffer.isView(bytes)
      ? new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength)
      : new Uint8Array(bytes);
    return btoa(String.fromCharCode(...plain));
  }

  /** @param {string} letters */
  function fromBase64(letters) {
    return Uint8Array.from(atob(letters), (letter) => letter.charCodeAt(0));
  }

  /**
   * @template T, V
   * @param {T[]} values
   * @param {(value: T) => Promise<[string, V]>} make
   * @returns {Promise<Record<string, V>>}
   */
  async function mapped(values, make) {
    return Object.fromEntries(await Promise.all(values.map(make)));
  }

  Object.assign(globalThis, { profile: { watch, secrets, read, write, installWorker } });
})();

/**
 * @typedef {{secret: string, algorithm: KeyAlgorithm, extractable: boolean, usages: KeyUsage[]}} Key
 * @typedef {{keyPath: string | string[], unique: boolean, multiEntry: boolean}} Index
 * @typedef {object} Store
 * @property {string | string[]} keyPath which every store of ours has: a record holds its own key
 * @property {boolean} autoIncrement
 * @property {Record<string, Index>} indexes
 * @property {any[]} records
 * @typedef {{version: number, stores: Record<string, Store>}} Database
 * @typedef {Record<string, {type: string, text: string}>} Files by their paths
 * @typedef {object} Profile
 * @property {Record<string, Database>} databases
 * @property {Record<string, string>} local
 * @property {Record<string, string>} session of the tab
 * @property {Record<string, Files>} caches
 */
