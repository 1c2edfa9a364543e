/** What a page would put on paper. */

/** @param {string} css @returns {string[]} the words of what is to be seen */
export function seen(css) {
  const all = [...document.querySelectorAll(css)];
  return all.filter((one) => one.checkVisibility({ contentVisibilityAuto: true })).map((one) => one.innerText.trim());
}

/** @returns {string} the colour behind the page */
export function paper() {
  return getComputedStyle(document.body).backgroundColor;
}

/** @returns {string[]} the files of the drawings that are shown */
export function drawings() {
  return [...document.images].filter((one) => one.checkVisibility()).map((one) => one.currentSrc);
}
