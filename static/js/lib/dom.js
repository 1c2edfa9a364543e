// @ts-check
/** Finding and showing what is on the page. */

/**
 * @param {string} css
 * @param {ParentNode} [within]
 * @returns {HTMLElement} the first element that matches, on a page that has one
 */
export function find(css, within) {
  return all(css, within)[0];
}

/**
 * @param {string} css
 * @returns {HTMLElement | undefined} the first element that matches, on a page that may have none
 */
export function optional(css) {
  return all(css)[0];
}

/**
 * @param {string} css
 * @param {ParentNode} within
 * @returns {HTMLElement[]} every element that matches, in the order of the page
 */
export function all(css, within = document) {
  return /** @type {HTMLElement[]} */ ([...within.querySelectorAll(css)]);
}

/**
 * Shows or hides every element that matches.
 * @param {string} css
 * @param {boolean} visible
 */
export function show(css, visible) {
  for (const element of all(css)) element.hidden = !visible;
}

/**
 * Writes a text into every element that matches.
 * @param {string} css
 * @param {string | number} text
 * @param {ParentNode} [within]
 */
export function setText(css, text, within) {
  for (const element of all(css, within)) element.textContent = String(text);
}
