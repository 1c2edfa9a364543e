// @ts-check
/** What the pages of the journal share: finding their places, their words, and telling moments. */

const DAY_MS = 864e5;

/** @param {string} name */
export function word(name) {
  return document.querySelector(`[data-word="${CSS.escape(name)}"]`)?.textContent ?? name;
}

/** @param {number} moment */
export function momentOf(moment) {
  return format(moment, { dateStyle: "medium", timeStyle: "short" });
}

/** @param {number} moment */
export function dayOf(moment) {
  return format(moment, moment - Date.now() < 6 * DAY_MS ? { weekday: "long" } : { dateStyle: "medium" });
}

/**
 * @param {number} moment
 * @param {Intl.DateTimeFormatOptions} options
 */
function format(moment, options) {
  return new Intl.DateTimeFormat(`${document.documentElement.lang}-u-nu-latn`, options).format(moment);
}

/**
 * @param {string} place
 * @param {string | number} text
 */
export function write(place, text) {
  find(place).textContent = String(text);
}

/**
 * @param {string} css
 * @param {ParentNode} within
 * @returns {HTMLElement}
 */
export function find(css, within = document) {
  return all(css, within)[0];
}

/**
 * @param {string} css
 * @param {ParentNode} within
 * @returns {HTMLElement[]}
 */
export function all(css, within = document) {
  return /** @type {HTMLElement[]} */ ([...within.querySelectorAll(css)]);
}

/**
 * Does what needs the store; where the store refuses, says so in words.
 * @param {() => Promise<unknown>} act
 */
export async function guarded(act) {
  for (const one of all("[data-journal-why]")) one.hidden = true;
  try {
    await act();
  } catch (fault) {
    const { why } = /** @type {{why?: string}} */ (fault);
    if (!why) throw fault;
    for (const one of all("[data-journal-why]")) one.hidden = one.dataset.journalWhy !== why;
    for (const one of all("[data-journal-kept]")) one.hidden = true;
  }
}
