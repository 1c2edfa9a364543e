// @ts-check
/** What the pages of the journal share: their words, and how moments are told. */
import { isOfDay } from "../journal/entry.js";

const DAY_MS = 864e5;

/** @param {string} name */
export function word(name) {
  return document.querySelector(`[data-word="${CSS.escape(name)}"]`)?.textContent ?? name;
}

/** @param {number} moment */
export function momentOf(moment) {
  return format(moment, { dateStyle: "medium", timeStyle: "short" });
}

/** @param {Entry} entry */
export function momentOfEntry(entry) {
  return isOfDay(entry) ? dateOf(entry.at) : momentOf(entry.at);
}

/** @param {number} moment */
export function dayOf(moment) {
  return format(moment, moment - Date.now() < 6 * DAY_MS ? { weekday: "long" } : { dateStyle: "medium" });
}

/** @param {number} moment */
export function dateOf(moment) {
  return format(moment, { dateStyle: "medium" });
}

/**
 * @param {number} moment
 * @returns {string} as fields for a day and a time have it
 */
export function localOf(moment) {
  const ahead = new Date(moment).getTimezoneOffset() * 60_000;
  return new Date(moment - ahead).toISOString().slice(0, 16);
}

/**
 * @param {number} moment
 * @returns {string} its day here, as fields for a day have it
 */
export function dayIn(moment) {
  return localOf(moment).slice(0, 10);
}

/**
 * @param {number} moment
 * @param {Intl.DateTimeFormatOptions} options
 */
function format(moment, options) {
  return new Intl.DateTimeFormat(`${document.documentElement.lang}-u-nu-latn`, options).format(moment);
}

/** @typedef {import("../journal/entry.js").Entry} Entry */
