/** How tall a screen of questions is. */

/** @returns {number} how far below the top of the page its last button ends, in whole pixels */
export function height() {
  const buttons = [...document.querySelectorAll("main form button")].filter((one) => one.checkVisibility());
  return Math.ceil(Math.max(...buttons.map((one) => one.getBoundingClientRect().bottom + scrollY)));
}
