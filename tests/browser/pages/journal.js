/** What the page of the journal shows. */

/** @returns {string[]} the lines of what is kept, the newest first */
export function lines() {
  return texts(".journal__line[data-id]");
}

/** @returns {string[]} what each line says of its entry, without when and what it is */
export function told() {
  return texts(".journal__what");
}

/** @returns {string[]} what a timer did that may be kept */
export function offered() {
  return texts("[data-journal-suggestions] strong");
}

/** @returns {string[]} the days as a table, even where that is folded */
export function days() {
  return [...document.querySelectorAll("[data-journal-rows=course] tr")].map(
    (row) => row.textContent,
  );
}

/** @param {string} kind @returns {boolean} whether a pain is chosen in a form */
export function hasPain(kind) {
  const chosen = `[data-journal-form=${kind}] [name=pain]:checked`;
  return document.querySelector(chosen) !== null;
}

/** @param {string} css @returns {string[]} */
function texts(css) {
  return [...document.querySelectorAll(css)].map((found) => found.innerText);
}
