/** The help card: its sentences, in the page's language and in a second one. */

const rows = () => [...document.querySelectorAll(".phrase")];

/** @returns {Object<string, [string, string, string]>} each sentence: text, language, direction */
export function sentences() {
  const { lang, dir } = document.documentElement;
  const said = (row) => row.querySelector("[data-phrase]").textContent;
  return Object.fromEntries(rows().map((row) => [row.id, [said(row), lang, dir]]));
}

/** @returns {Object<string, string[]>} the same in the second language; nothing where there is none */
export function secondSentences() {
  const told = rows().map((row) => {
    const { textContent, lang, dir } = row.querySelector("[data-second-text]") ?? {};
    return [row.id, [textContent, lang, dir]];
  });
  return Object.fromEntries(told);
}

/** @returns {string[]} the languages to choose from, as buttons */
export function secondLanguages() {
  return [...document.querySelectorAll("button[data-second]")].map(({ value }) => value);
}

/** @returns {string[]} the paths that stand in for those buttons, without scripts */
export function otherCards() {
  const links = [...document.querySelectorAll("a[data-second]")];
  return links.map((link) => link.getAttribute("href"));
}

/** @returns {string[]} the ids of the sentences that can be seen */
export function shown() {
  return rows()
    .filter((row) => row.checkVisibility())
    .map(({ id }) => id);
}

/** @param {string} id @returns {boolean} whether a sentence can be seen without a move */
export function isInView(id) {
  const { top, bottom } = document.getElementById(id).getBoundingClientRect();
  return top > 0 && bottom < innerHeight;
}

/** @returns {string | undefined} the sentence that has the focus */
export function focused() {
  return document.activeElement.closest(".phrase")?.id;
}

/** @returns {string} where the text message leads to */
export function message() {
  return document.querySelector("[data-message]").href;
}

/** @returns {string[]} what is said of the search for the place */
export function placeNotes() {
  const notes = document.querySelectorAll("[data-place-note]:not([hidden])");
  return [...notes].map(({ dataset }) => dataset.placeNote);
}

/** @returns {boolean} whether any button or field of the page can be seen */
export function hasControls() {
  const controls = document.querySelectorAll("main :is(button, input)");
  return [...controls].some((one) => one.checkVisibility());
}

/** @returns {string} everything that the page has kept, and its address */
export function traces() {
  return JSON.stringify([{ ...localStorage }, { ...sessionStorage }, location.href]);
}
