// @ts-check
/**
 * What a search finds: pure functions over texts, so that they can be tested with any text at all.
 *
 * A page, a section and a statement are entries of their own, of level 0, 1 and 2. An entry is found
 * when every word that was asked for begins a word of it or of what stands above it, and at least
 * one of them begins a word of its own. Everyday words that lead to it count as its own.
 */

/** Accents and vowel signs of Latin and Arabic, the stretching stroke, and signs without a width. */
const MARKS = /[\p{Script=Inherited}\u0610-\u061a\u06d6-\u06ed\u0640]/gu;
const WORD = /[\p{L}\p{N}\p{M}]+/gu;
const SENTENCE = /[^.!?؟।。]+[.!?؟।。]*\s*/gu;
/** "The", "and the", "to the" … at the front of an Arabic word. */
const ARTICLE = /^(?:[وف]?[بك]?ال|لل)(?=..)/;
/** "And", "so", "with", "for", "like" at the front of an Arabic word. */
const JOINED = /^[وفبلك](?=\p{Script=Arabic}{3})/u;
/** Digits of Arabic and Persian keyboards: each block begins at a multiple of 16. */
const DIGITS = /[\u0660-\u0669\u06f0-\u06f9]/g;
/** Letters that are written one for the other. @type {Record<string, string>} */
const SAME = { ى: "ي", ی: "ي", ة: "ه", ٱ: "ا", ک: "ك" };

/**
 * @param {string} text
 * @returns {string} the text as people type it when they are in a hurry
 * @public for tests
 */
export function normalise(text) {
  const bare = text.normalize("NFKD").replace(MARKS, "").toUpperCase();
  return bare
    .replace(/[ىیةٱک]/g, (letter) => SAME[letter])
    .replace(DIGITS, (digit) => String(digit.charCodeAt(0) % 16));
}

/**
 * @param {string} text
 * @returns {string[]} its words, normalised
 * @public for tests
 */
export function words(text) {
  return normalise(text).match(WORD) ?? [];
}

/**
 * @param {string} text
 * @returns {string[]} every way in which somebody may begin to type one of its words
 */
function forms(text) {
  return words(text).flatMap((word) => [
    ...new Set([word, word.replace(ARTICLE, ""), word.replace(JOINED, "")]),
  ]);
}

/**
 * @param {string} query
 * @returns {string[][]} its words, each with and without the Arabic article
 */
function wanted(query) {
  return words(query).map((word) => [word, word.replace(ARTICLE, "")]);
}

/**
 * @param {string} word that stands in a text
 * @param {string} asked the beginning of a word, or its plural
 */
function begins(word, asked) {
  return word.startsWith(asked) || asked === `${word}S` || asked === `${word}ES`;
}

/**
 * @param {string[]} some forms of words of a text
 * @param {string[]} asked the forms of one word
 */
function has(some, asked) {
  return some.some((word) => asked.some((form) => begins(word, form)));
}

/**
 * @param {string} address where it stands
 * @param {string} title of the page
 * @param {string} heading of the section, empty for the page itself
 * @param {string} text of the statement, empty for the section itself
 * @returns {Entry} with its words, which are found once and not at every key
 */
export function entry(address, title, heading, text) {
  return { address, title, heading, text, words: [title, heading, text].map(forms) };
}

/**
 * Lets words find an entry that does not say them.
 * @param {Entry} entry
 * @param {string} text
 */
export function addSynonyms(entry, text) {
  entry.words[level(entry)].push(...forms(text));
}

/**
 * @param {Entry[]} entries
 * @param {string} query
 * @param {number} most
 * @returns {Entry[]} the best of those found, one for each address and each statement
 */
export function search(entries, query, most) {
  const asked = wanted(query);
  if (!asked.length) return [];
  /** @type {Set<string>} */
  const seen = new Set();
  return entries
    .filter((entry) => isFound(entry, asked))
    .map((entry) => ({ entry, rank: rank(entry, asked) }))
    .sort((a, b) => a.rank - b.rank)
    .map(({ entry }) => entry)
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

/** @param {Entry} entry @param {string[][]} asked */
function isFound(entry, asked) {
  const own = entry.words[level(entry)];
  const all = entry.words.flat();
  return asked.some((form) => has(own, form)) && asked.every((form) => has(all, form));
}

/**
 * @param {Entry} entry
 * @param {string[][]} asked
 * @returns {number} the less, the better: its level, and whether it says the whole words
 */
function rank(entry, asked) {
  const own = entry.words[level(entry)];
  return 2 * level(entry) + Number(!asked.every((forms) => forms.some((form) => own.includes(form))));
}

// --- typing errors ----------------------------------------------------------------------------

/** Letters of the shortest word that is corrected: of a shorter one too many others are near. */
const LONG = 5;

/**
 * @param {Entry[]} entries
 * @param {string} query
 * @returns {string} the query, with words that begin no word of ours made the nearest one that is
 */
export function corrected(entries, query) {
  const ours = [...new Set(entries.flatMap((entry) => entry.words.flat()))];
  return words(query)
    .map((asked) => (has(ours, [asked, asked.replace(ARTICLE, "")]) ? asked : nearest(ours, asked)))
    .join(" ");
}

/** @param {string[]} ours @param {string} asked */
function nearest(ours, asked) {
  if (asked.length < LONG) return asked;
  const near = ours.filter((word) => isOneOff(word, asked));
  return near.find(([first]) => first === asked[0]) ?? near[0] ?? asked;
}

/**
 * @param {string} word
 * @param {string} asked
 * @returns {boolean} whether one letter is wrong, missing, too many, or changed places with the next
 */
function isOneOff(word, asked) {
  if (Math.abs(word.length - asked.length) > 1) return false;
  let n = 0;
  while (n < word.length && word[n] === asked[n]) n++;
  return (
    word.slice(n + 1) === asked.slice(n + 1) ||
    word.slice(n) === asked.slice(n + 1) ||
    word.slice(n + 1) === asked.slice(n) ||
    (word[n] === asked[n + 1] &&
      word[n + 1] === asked[n] &&
      word.slice(n + 2) === asked.slice(n + 2))
  );
}

// --- what is shown of it ----------------------------------------------------------------------

/**
 * @param {string} text
 * @param {string} query
 * @returns {string} its first sentence that holds a word asked for; the first one where none does
 */
export function sentence(text, query) {
  const sentences = text.match(SENTENCE) ?? [text];
  const hit = sentences.find((sentence) => marked(sentence, query).some(([, isHit]) => isHit));
  return (hit ?? sentences[0]).trim();
}

/**
 * @param {string} text
 * @param {string} query
 * @returns {[piece: string, isHit: boolean][]} the text in pieces, each word asked for one of its own
 */
export function marked(text, query) {
  const asked = wanted(query);
  /** @type {[string, boolean][]} */
  const pieces = [];
  let end = 0;
  for (const { 0: word, index } of text.matchAll(WORD)) {
    const said = forms(word);
    if (!asked.some((form) => has(said, form))) continue;
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
