// @ts-check
/**
 * The recovery code of a private backup: 13 words of chance and one that checks them. A word is two
 * different syllables, of sounds that speakers of English, Spanish and Arabic tell apart.
 */

/** Without the last syllable there are 32 to begin with; without the first, 32 to go on with. */
const SYLLABLES = [..."bdfklmnrsty"].flatMap((sound) => [..."aui"].map((vowel) => sound + vowel));

// What a listener may write instead: there is no word in which it would be another sound.
/** @type {Record<string, string>} */
const ALIKE = { e: "i", o: "u", p: "b", v: "b", c: "k", q: "k", g: "k", z: "s", j: "y" };

const CHOSEN = 13;
const WORDS = CHOSEN + 1;
const LETTERS = 4;
const VALUES = 1024;

/** x¹⁰ + x³ + 1: multiplying by x goes through all 1,023 values before it comes back. */
const FIELD = 0x409;

/** @returns {{words: string[], bytes: Uint8Array<ArrayBuffer>}} a code that nobody had before */
export function newCode() {
  const chosen = [...crypto.getRandomValues(new Uint16Array(CHOSEN))].map((chance) => chance % VALUES);
  return { words: [...chosen, times(remainder(chosen))].map(word), bytes: packed(chosen) };
}

/**
 * Reads a code as people write it: in any case, with accents, numbers, dashes or no space at all.
 * @param {string} text
 * @returns {Uint8Array<ArrayBuffer> | null} nothing where a word is wrong, missing or elsewhere
 */
export function parseCode(text) {
  const letters = folded(text).replace(/[^a-z]/g, "");
  if (letters.length !== WORDS * LETTERS) return null;
  const values = Array.from({ length: WORDS }, (_, n) => valueOf(letters.substr(n * LETTERS, LETTERS)));
  return values.includes(-1) || remainder(values) ? null : packed(values.slice(0, CHOSEN));
}

/**
 * @param {string} text
 * @returns {string[]} what stands between spaces or dashes and is no word of any code
 */
export function unknownWords(text) {
  const parts = text.normalize("NFC").split(/[^\p{L}]+/u);
  return parts.filter((part) => part && valueOf(folded(part)) === -1);
}

/**
 * What a code stands for. None of the four tells anything about another, or about the code.
 * @param {Uint8Array<ArrayBuffer>} bytes
 * @returns {Promise<{id: string, token: string, wrapping: CryptoKey, names: CryptoKey}>} `wrapping`
 *   is what the header's salt and iterations are still to be put to, `names` gives entries their names
 */
export async function derive(bytes) {
  const code = await crypto.subtle.importKey("raw", bytes, "HKDF", false, ["deriveBits"]);
  const [id, token, secret, naming] = await Promise.all([
    bitsFor("id", 128, code),
    bitsFor("token", 256, code),
    bitsFor("wrapping", 256, code),
    bitsFor("names", 256, code),
  ]);
  const wrapping = await crypto.subtle.importKey("raw", secret, "PBKDF2", false, ["deriveKey"]);
  const way = { name: "HMAC", hash: "SHA-256" };
  const names = await crypto.subtle.importKey("raw", naming, way, false, ["sign"]);
  return { id: hex(id), token: hex(token), wrapping, names };
}

/**
 * @param {string} purpose
 * @param {number} length
 * @param {CryptoKey} code
 */
function bitsFor(purpose, length, code) {
  const info = new TextEncoder().encode(`easeback.vault.1.${purpose}`);
  const way = { name: "HKDF", hash: "SHA-256", salt: new Uint8Array(), info };
  return crypto.subtle.deriveBits(way, code, length);
}

/** @param {ArrayBuffer} bits */
function hex(bits) {
  return [...new Uint8Array(bits)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

/**
 * A code word of Reed and Solomon with one check: nothing remains of a code that is right, and
 * something always does where one word is wrong or two have changed places.
 * @param {number[]} values
 */
function remainder(values) {
  return values.reduce((left, value) => times(left) ^ value, 0);
}

/** @param {number} value */
function times(value) {
  const double = value << 1;
  return double < VALUES ? double : double ^ FIELD;
}

/** @param {number} value */
function word(value) {
  const [first, second] = [value >> 5, value & 31];
  return SYLLABLES[first] + SYLLABLES[second < first ? second : second + 1];
}

/**
 * @param {string} letters
 * @returns {number} -1 for what is no word
 */
function valueOf(letters) {
  const [first, second] = [letters.slice(0, 2), letters.slice(2)].map((part) => SYLLABLES.indexOf(part));
  if (first < 0 || second < 0 || first === second || first === SYLLABLES.length - 1) return -1;
  return (first << 5) | (second < first ? second : second - 1);
}

/** @param {number[]} values */
function packed(values) {
  const whole = values.reduce((bits, value) => (bits << 10n) | BigInt(value), 0n);
  const digits = whole.toString(16).padStart(34, "0");
  return Uint8Array.from({ length: 17 }, (_, n) => parseInt(digits.substr(2 * n, 2), 16));
}

/** @param {string} text */
function folded(text) {
  const plain = text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  return plain.replace(/[a-z]/g, (letter) => ALIKE[letter] ?? letter);
}
