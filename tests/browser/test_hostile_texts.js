/** How a text stands on a page that somebody else has written. */

/**
 * @param {string} mark a word of the text
 * @returns {[string, string][]} of each innermost element that shows it: its name, and how what it
 *   holds is kept from turning what stands around it
 */
export function standing(mark) {
  const shown = [...document.querySelectorAll("body *")].filter((element) => {
    const own = "value" in element && typeof element.value === "string" ? element.value : "";
    const inner = [...element.childNodes].filter(({ nodeType }) => nodeType === Node.TEXT_NODE);
    return [own, ...inner.map(({ data }) => data)].some((text) => text.includes(mark));
  });
  return shown
    .filter((element) => element.getClientRects().length > 0)
    .map((element) => [element.localName, getComputedStyle(element).unicodeBidi]);
}

/** @returns {number} how many elements of a text have become elements of the page */
export function smuggled() {
  return document.querySelectorAll("main img[src=x], main script, main a[href^='https://evil']").length;
}

/** @param {string} css @param {string} text what is typed into the field */
export function type(css, text) {
  const field = document.querySelector(css);
  field.value = text;
  field.dispatchEvent(new Event("input", { bubbles: true }));
}
