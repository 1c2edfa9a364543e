// @ts-check
/**
 * What a search finds: pure functions over texts, so that they can be tested with any text at all.
 *
 * A page, a section and a statement are entries of their own, of level 0, 1 and 2. An entry is found
 * when every word that was asked for begins a word of it or of what stands above it, and at least
 * one of them begins a word of its own.
 */

/** Accents and vowel signs of Latin and Arabic, the stretching stroke, and signs without a width. */
const MARKS = /[\p{Script=Inherited}\u0610-\u061a\u06d6-\u06ed\u0640]/gu;
const WORD = /[\p{L}\p{N}\p{M}]+/gu;
const SENTENCE = /[^.!?؟।。]+[.!?؟।。]*\s*/gu;
/** "The", "and the", "to the" … at the front of an Arabic word. */
const ARTICLE = /^(?:[وف]?[بك]?ال|لل)(?=..)/;
/** Letters that are written one for the other. @type {Record<string, string>} */
const SAME = { ى: "ي", ی: "ي", ة: "ه", ٱ: "ا", ک: "ك" };

/**
 * @param {string} text
 * @returns {string} the text as people type it when they are in a hurry
 */
export function normalise(text) {
  const bare = text.normalize("NFKD").replace(MARKS, "").toUpperCase();
  return bare.replace(/[ىیةٱک]/g, (letter) => SAME[letter]);
}

/**
 * @param {string} text
 * @returns {string[]} its words, normalised
 */
export function words(text) {
  return normalise(text).match(WORD) ?? [];
}

/**
 * @param {string} word that stands in a text
 * @param {string} asked the beginning of a word
 */
function begins(word, asked) {
  const bare = word.replace(ARTICLE, "");
  return word.startsWith(asked) || bare.startsWith(asked.replace(ARTICLE, ""));
}

/**
 * @param {string} address where it stands
 * @param {string} title of the page
 * @param {string} heading of the section, empty for the page itself
 * @param {string} text of the statement, empty for the section itself
 * @returns {Entry} with its words, which are found once and not at every key
 */
export function entry(address, title, heading, text) {
  return { address, title, heading, text, words: [title, heading, text].map(words) };
}

/**
 * @param {Entry[]} entries
 * @param {string} query
 * @param {number} most
 * @returns {Entry[]} the best of those found, one for each address and each statement
 */
export function search(entries, query, most) {
  const asked = words(query);
  if (!asked.length) return [];
  /** @type {Set<string>} */
  const seen = new Set();
  return entries
    .filter((one) => isFound(one, asked))
    .sort((one, other) => level(one) - level(other))
    .filter(({ address, text }) => {
      const isNew = !seen.has(address) && !seen.has(text);
      seen.add(address);
      if (text) seen.add(text);
      return isNew;
    })
    .slice(0, most);
}

/** @param {Entry} entry @returns {number} */
function level({ heading, text }) {
  if (text) return 2;
  return heading ? 1 : 0;
}

/** @param {Entry} entry @param {string[]} asked */
function isFound(entry, asked) {
  const has = (/** @type {string[]} */ some, /** @type {string} */ one) =>
    some.some((word) => begins(word, one));
  const own = entry.words[level(entry)];
  const all = entry.words.flat();
  return asked.some((one) => has(own, one)) && asked.every((one) => has(all, one));
}

/**
 * @param {string} text
 * @param {string} query
 * @returns {string} its first sentence that holds a word asked for; the first one where none does
 */
export function sentence(text, query) {
  const sentences = text.match(SENTENCE) ?? [text];
  const hit = sentences.find((one) => marked(one, query).some(([, isHit]) => isHit));
  return (hit ?? sentences[0]).trim();
}

/**
 * @param {string} text
 * @param {string} query
 * @returns {[piece: string, isHit: boolean][]} the text in pieces, each word asked for one of its own
 */
export function marked(text, query) {
  const asked = words(query);
  /** @type {[string, boolean][]} */
  const pieces = [];
  let end = 0;
  for (const { 0: word, index } of text.matchAll(WORD)) {
    if (!words(word).some((one) => asked.some((wanted) => begins(one, wanted)))) continue;
    pieces.push([text.slice(end, index), false], [word, true]);
    end = index + word.length;
  }
  pieces.push([text.slice(end), false]);
  return pieces.filter(([piece]) => piece);
}

/**
 * @typedef {{
 *   address: string, title: string, heading: string, text: string, words: string[][],
 * }} Entry
 */
