/** Searches entries that are given as title, heading and text. */
import { addSynonyms, corrected, entry, search } from "../../../static/js/search/match.js";

/** Returns the numbers of the entries that are found, the best first. */
export function found(entries, query, most) {
  const index = entries.map((texts, number) => entry(String(number), ...texts));
  return search(index, query, most).map(({ address }) => Number(address));
}

/** Tells whether an entry is found to which everyday words addSynonyms. */
export function isFoundByLead(texts, words, query) {
  const target = entry("", ...texts);
  addSynonyms(target, words);
  return search([target], query, 1).length === 1;
}

/** Returns the query as it was meant, where there is only this text. */
export const meant = (text, query) => corrected([entry("", "", "", text)], query);
