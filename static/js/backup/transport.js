// @ts-check
/** Talks to the server about one backup, patiently: it may be slow, busy, dead or another one. */
import { fromBase64 } from "./sealing.js";

const TRIES = 4;
const FIRST_PAUSE_MS = 1000;
const LONGEST_PAUSE_MS = 30_000;
const PATIENCE_MS = 30_000;
const PAGE = 100;
const BUSY = [408, 425, 429, 500, 502, 503, 504];
const BYTES = "application/octet-stream";
const ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** The work ends for now. */
export class SyncError extends Error {
  /**
   * @param {"later" | "full" | "gone" | "off"} why
   * @param {number} until the moment before which the server wants to hear nothing
   */
  constructor(why, until = 0) {
    super(why);
    this.why = why;
    this.until = until;
  }
}

/**
 * @param {{id: string, token: string}} vault
 * @param {Transport} transport
 */
export function vaultClient({ id, token }, transport) {
  const authorization = `Bearer ${token}`;
  const ask = (/** @type {string} */ path, /** @type {RequestInit} */ { headers, ...rest } = {}) =>
    answered(transport, `/vault/${id}${path}`, { ...rest, headers: { authorization, ...headers } });

  return {
    /**
     * @param {Uint8Array<ArrayBuffer>} header
     * @returns {Promise<boolean>} false where another one is there, or one of somebody else
     */
    async putHeader(header) {
      const { status } = await ask("", { method: "PUT", body: header, headers: { "content-type": BYTES } });
      return expect(status, [200, 201, 404, 409]) < 400;
    },

    /** @returns {Promise<Uint8Array<ArrayBuffer> | null>} null where there is no such backup */
    async getHeader() {
      const { status, bytes } = await ask("");
      return expect(status, [200, 404]) === 200 ? bytes : null;
    },

    /**
     * @param {{name: string, sequence: number, body: Uint8Array<ArrayBuffer>}} sealed
     * @returns {Promise<boolean>} false where other bytes have that place
     */
    async putEntry({ name, sequence, body }) {
      const headers = { "content-type": BYTES, "x-sequence": String(sequence) };
      const { status } = await ask(`/entries/${name}`, { method: "PUT", body, headers });
      return expect(status, [200, 201, 409]) !== 409;
    },

    /**
     * @param {string} cursor
     * @returns {Promise<{entries: Carried[], cursor: string, more: boolean} | null>} null where the
     *   server knows no such cursor
     */
    async getEntries(cursor) {
      const after = cursor && `&after=${encodeURIComponent(cursor)}`;
      const { status, bytes } = await ask(`/entries?limit=${PAGE}${after}`);
      return expect(status, [200, 400]) === 200 ? pageOf(bytes) : null;
    },

    /**
     * @param {string} name
     * @returns {Promise<boolean>} false where the server is of a release that cannot do it
     */
    async removeEntry(name) {
      const { status } = await ask(`/entries/${name}`, { method: "DELETE", headers: { "content-type": BYTES } });
      return expect(status, [200, 204, 405]) !== 405;
    },

    /** Deletes it for every phone; it may be gone already. */
    async deleteAll() {
      const { status } = await ask("", { method: "DELETE", headers: { "content-type": BYTES } });
      expect(status, [200, 204, 404]);
    },
  };
}

/**
 * @param {number} status
 * @param {number[]} expected
 */
function expect(status, expected) {
  if (expected.includes(status)) return status;
  throw new SyncError(status === 404 ? "gone" : status === 507 ? "full" : "later");
}

/**
 * Asks again, later and later, where the server is busy or cannot be heard.
 * @param {Transport} transport
 * @param {string} path
 * @param {RequestInit} request
 */
async function answered(transport, path, request) {
  for (let turn = 1; ; turn += 1) {
    const answer = await attempt(transport, path, request).catch(() => null);
    if (answer && !BUSY.includes(answer.status)) return answer;
    const asked = answer?.pause ?? 0;
    const offline = !answer && navigator.onLine === false;
    if (turn === TRIES || offline || asked > LONGEST_PAUSE_MS) {
      throw new SyncError("later", asked && Date.now() + asked);
    }
    // Phones that were sent away together must not come back together.
    const pause = FIRST_PAUSE_MS * 2 ** (turn - 1) * (0.5 + Math.random());
    await transport.wait(asked + pause);
  }
}

/**
 * @param {Transport} transport
 * @param {string} path
 * @param {RequestInit} request
 * @returns {Promise<Answer | null>} null for what cannot be the answer of a backup's server
 */
async function attempt({ fetch, patience = PATIENCE_MS }, path, request) {
  const late = new AbortController();
  const timer = setTimeout(() => late.abort(), patience);
  const always = { cache: "no-store", credentials: "omit", redirect: "error", signal: late.signal };
  try {
    const response = await fetch(path, /** @type {RequestInit} */ ({ ...always, ...request }));
    const bytes = new Uint8Array(await response.arrayBuffer());
    const { status, headers } = response;
    // The page of a hotel's network, or of a server that has no backups: nothing follows from it.
    const foreign = /html/.test(headers.get("content-type") ?? "") || (status === 404 && !saysWhy(bytes));
    return foreign ? null : { status, bytes, pause: pauseOf(headers.get("retry-after")) };
  } finally {
    clearTimeout(timer);
  }
}

/**
 * @param {string | null} text seconds, or a date
 * @returns {number} milliseconds
 */
function pauseOf(text) {
  const seconds = Number(text ?? 0);
  const pause = Number.isNaN(seconds) ? Date.parse(String(text)) - Date.now() : seconds * 1000;
  return pause > 0 ? pause : 0;
}

/** @param {Uint8Array} bytes */
function saysWhy(bytes) {
  try {
    return typeof json(bytes).error === "string";
  } catch {
    return false;
  }
}

/** @param {Uint8Array} bytes */
function json(bytes) {
  return JSON.parse(new TextDecoder().decode(bytes));
}

/** @param {Uint8Array} bytes */
function pageOf(bytes) {
  try {
    const { entries, cursor, more } = json(bytes);
    if (typeof cursor !== "string" || typeof more !== "boolean") throw new TypeError();
    return { entries: entries.map(carried), cursor, more };
  } catch {
    throw new SyncError("later");
  }
}

/**
 * @param {any} one
 * @returns {Carried}
 */
function carried({ id, sequence, body }) {
  if (!ID.test(id) || !Number.isSafeInteger(sequence)) throw new TypeError();
  return { id, sequence, body: fromBase64(body) };
}

/**
 * @typedef {{id: string, sequence: number, body: Uint8Array<ArrayBuffer>}} Carried
 * @typedef {{status: number, bytes: Uint8Array<ArrayBuffer>, pause: number}} Answer
 * @typedef {{
 *   fetch: typeof fetch,
 *   wait: (ms: number) => Promise<unknown>,
 *   patience?: number,
 * }} Transport how the server is reached
 */
