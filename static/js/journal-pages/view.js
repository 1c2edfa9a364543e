// @ts-check
/** What the pages of the journal share: their words, and how moments are told. */

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
