/** The field that searches all pages, and its hits. */

const RESULTS = "[data-search-results] a";
const hits = () => [...document.querySelectorAll(RESULTS)];

/** @returns {string[]} the addresses that are offered, the best first */
export function offered() {
  return hits().map((hit) => hit.href);
}

/**
 * Types words one after the other, faster than anybody can.
 * @param {string[]} words
 * @returns {Promise<Object<string, string[]>>} the path that each hit of a word leads to
 */
export async function askAll(words) {
  const field = document.querySelector("[data-search-field]");
  const found = {};
  for (const word of words) {
    field.value = word;
    field.dispatchEvent(new Event("input"));
    await new Promise((next) => setTimeout(next));
    found[word] = hits().map((hit) => hit.getAttribute("href"));
  }
  return found;
}

/** @param {number} position of a hit, which is brought to the middle and gets the focus */
export function focusHit(position) {
  const hit = hits()[position];
  hit.scrollIntoView({ block: "center", behavior: "instant" });
  hit.focus({ preventScroll: true });
}

/** @param {number} position @returns {number | null} how far below the top of the screen a hit is */
export function heightOf(position) {
  return hits()[position] ? Math.round(hits()[position].getBoundingClientRect().top) : null;
}

/** @returns {string[]} the paths of the ways on where nothing was found */
export function waysOn() {
  const ways = document.querySelectorAll("ul[data-search-note=nothing] a");
  return [...ways].map(({ pathname }) => pathname);
}
