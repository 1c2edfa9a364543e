// @ts-check
/**
 * What a private backup looks like from outside: a header that holds its key, wrapped by the
 * recovery code, and entries that say neither what they hold nor how long it is.
 */

const VERSION = 1;
const ENTRY = 1;

/** Below, a code could be guessed; above, a header could make a phone hang. */
const LEAST_ITERATIONS = 600_000;
const MOST_ITERATIONS = 1_000_000;
const LONGEST_HEADER = 2048;
const SALT_BYTES = 16;
const IV_BYTES = 12;
const KEY_BYTES = 32;
const TAG_BYTES = 16;
const BUCKET = 256;

/** Ends what was written, before the padding. */
const END = 0x80;

/** The code is none of this backup's. */
export class WrongCode extends Error {}

/** What was read is not what was once written there. It stays as it is. */
export class Unreadable extends Error {}

/**
 * Makes the key of a new backup.
 * @param {string} vault
 * @param {CryptoKey} wrapping
 * @param {number} iterations
 * @returns {Promise<{header: Uint8Array<ArrayBuffer>, key: CryptoKey}>}
 */
export async function makeHeader(vault, wrapping, iterations = LEAST_ITERATIONS) {
  const [salt, iv, secret] = [SALT_BYTES, IV_BYTES, KEY_BYTES].map(random);
  const way = wrapWay(vault, iterations, salt, iv);
  const wrapped = await crypto.subtle.encrypt(way, await wrapKey(wrapping, iterations, salt), secret);
  const key = await dataKey(secret);
  const [saltText, ivText, keyText] = [salt, iv, new Uint8Array(wrapped)].map(toBase64);
  const fields = { version: VERSION, iterations, salt: saltText, iv: ivText, key: keyText };
  return { header: utf8(JSON.stringify(fields)), key };
}

/**
 * @param {string} vault
 * @param {CryptoKey} wrapping
 * @param {Uint8Array} header
 * @returns {Promise<CryptoKey>} the key of the backup; throws WrongCode or Unreadable
 */
export async function openHeader(vault, wrapping, header) {
  const { iterations, salt, iv, key } = fieldsOf(header);
  const way = wrapWay(vault, iterations, salt, iv);
  const wrapper = await wrapKey(wrapping, iterations, salt);
  const secret = await crypto.subtle.decrypt(way, wrapper, key).catch(() => {
    throw new WrongCode();
  });
  return dataKey(new Uint8Array(secret));
}

/**
 * An entry's own id tells when it was written, so the server gets another one: always the same for
 * the same entry, and telling nothing to those who have no key.
 * @param {CryptoKey} names
 * @param {string} id
 * @returns {Promise<string>} a UUIDv8
 */
export async function nameOf(names, id) {
  const mark = new Uint8Array(await crypto.subtle.sign("HMAC", names, utf8(id)));
  mark[6] = 0x80 | (mark[6] & 0x0f);
  mark[8] = 0x80 | (mark[8] & 0x3f);
  const digits = [...mark.subarray(0, 16)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return digits.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}

/**
 * @param {Slot & {key: CryptoKey}} slot
 * @param {object} entry
 * @returns {Promise<Uint8Array<ArrayBuffer>>} other bytes each time
 */
export async function seal({ key, ...slot }, entry) {
  const iv = random(IV_BYTES);
  const closed = await crypto.subtle.encrypt(entryWay(slot, iv), key, padded(utf8(JSON.stringify(entry))));
  return new Uint8Array([ENTRY, ...iv, ...new Uint8Array(closed)]);
}

/**
 * @param {Slot & {key: CryptoKey}} slot
 * @param {Uint8Array<ArrayBuffer>} body
 * @returns {Promise<{id: string}>} what was sealed for this very slot, its id not yet compared with
 *   the slot's name; throws Unreadable
 */
export async function unseal({ key, ...slot }, body) {
  const start = 1 + IV_BYTES;
  const way = entryWay(slot, body.slice(1, start));
  const open = await crypto.subtle.decrypt(way, key, body.slice(start)).catch(refuse);
  const bytes = new Uint8Array(open);
  const entry = parsed(bytes.subarray(0, bytes.lastIndexOf(END)));
  return body[0] === ENTRY && typeof entry?.id === "string" ? entry : refuse();
}

/**
 * @param {string} letters
 * @returns {Uint8Array<ArrayBuffer>} throws on what is no base64
 */
export function fromBase64(letters) {
  return Uint8Array.from(atob(letters), (letter) => letter.charCodeAt(0));
}

/** @param {Uint8Array} bytes */
function toBase64(bytes) {
  return btoa(String.fromCharCode(...bytes));
}

/** @param {Uint8Array} header */
function fieldsOf(header) {
  const { version, iterations, ...rest } = parsed(header) ?? {};
  const [salt, iv, key] = [rest.salt, rest.iv, rest.key].map(bytesOf);
  const lengths = [salt, iv, key].map(({ length }) => length).join();
  const known = version === VERSION && lengths === `${SALT_BYTES},${IV_BYTES},${KEY_BYTES + TAG_BYTES}`;
  const bounded = iterations >= LEAST_ITERATIONS && iterations <= MOST_ITERATIONS;
  const right = known && bounded && Number.isInteger(iterations) && header.length <= LONGEST_HEADER;
  return right ? { iterations, salt, iv, key } : refuse();
}

/** @param {unknown} letters */
function bytesOf(letters) {
  try {
    return fromBase64(String(letters));
  } catch {
    return refuse();
  }
}

/**
 * @param {Uint8Array} bytes
 * @returns {any}
 */
function parsed(bytes) {
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch {
    return refuse();
  }
}

/** @returns {never} */
function refuse() {
  throw new Unreadable();
}

/**
 * @param {CryptoKey} wrapping
 * @param {number} iterations
 * @param {Uint8Array<ArrayBuffer>} salt
 */
function wrapKey(wrapping, iterations, salt) {
  const way = { name: "PBKDF2", hash: "SHA-256", iterations, salt };
  const kind = { name: "AES-GCM", length: 8 * KEY_BYTES };
  return crypto.subtle.deriveKey(way, wrapping, kind, false, ["encrypt", "decrypt"]);
}

/**
 * @param {Uint8Array<ArrayBuffer>} secret wiped afterwards
 * @returns {Promise<CryptoKey>} one that no script can read, ours included
 */
async function dataKey(secret) {
  const key = await crypto.subtle.importKey("raw", secret, "AES-GCM", false, ["encrypt", "decrypt"]);
  secret.fill(0);
  return key;
}

/**
 * @param {string} vault
 * @param {number} iterations
 * @param {Uint8Array} salt
 * @param {Uint8Array<ArrayBuffer>} iv
 */
function wrapWay(vault, iterations, salt, iv) {
  const additionalData = utf8([VERSION, vault, "header", iterations, toBase64(salt)].join("|"));
  return { name: "AES-GCM", iv, additionalData };
}

/**
 * @param {Slot} slot
 * @param {Uint8Array<ArrayBuffer>} iv
 */
function entryWay({ vault, name, sequence }, iv) {
  return { name: "AES-GCM", iv, additionalData: utf8([VERSION, vault, name, sequence].join("|")) };
}

/** @param {Uint8Array} bytes */
function padded(bytes) {
  const whole = new Uint8Array(Math.ceil((bytes.length + 1) / BUCKET) * BUCKET);
  whole.set(bytes);
  whole[bytes.length] = END;
  return whole;
}

/** @param {number} length */
function random(length) {
  return crypto.getRandomValues(new Uint8Array(length));
}

/** @param {string} letters */
function utf8(letters) {
  return new TextEncoder().encode(letters);
}

/** @typedef {{vault: string, name: string, sequence: number}} Slot where an entry belongs */
