// @ts-check
/** From what a form holds to an entry, or to the words that say what is wrong with it. */
import { FUNCTIONS, LONGEST_MIN, LONGEST_TEXT } from "../journal/entry.js";
import { momentIn, wholeNumber } from "../journal/typed.js";
import { all } from "../lib/dom.js";
import { bound, earliest } from "./sheets.js";
import { dateOf, dayIn, localOf, word } from "./view.js";

/**
 * @param {Sheet} sheet
 * @param {number} now
 * @param {number} [lastEnd] when an episode was over before
 * @returns {HTMLElement | undefined} the first field with something wrong; what it is then stands below it
 */
export function faulty(sheet, now, lastEnd) {
  bound(sheet, now);
  const fields = [...sheet.form.elements].filter((field) => field instanceof HTMLElement && "name" in field);
  const wrong = /** @type {HTMLInputElement[]} */ (fields).filter((field) => {
    const line = lineOf(field);
    if (!line) return false;
    const fault = faultOf(field, sheet, now, lastEnd);
    tell(field, line, fault);
    return Boolean(fault);
  });
  return wrong[0];
}

/**
 * Counts what is too long while it is written, and takes back what was said of a field that is changed.
 * @param {HTMLInputElement} field
 */
export function judge(field) {
  const line = field.name ? lineOf(field) : undefined;
  if (line) tell(field, line, tooLong(field));
}

/** @param {HTMLFormElement} form whose faults are gone */
export function clearFaults(form) {
  for (const field of all("[aria-invalid]", form)) {
    const line = lineOf(/** @type {HTMLInputElement} */ (field));
    if (line) tell(field, line, "");
  }
}

/** @param {HTMLInputElement} field */
function lineOf(field) {
  return field.form ? all(`[data-journal-fault="${field.name}"]`, field.form)[0] : undefined;
}

/**
 * @param {HTMLElement} field
 * @param {HTMLElement} line
 * @param {string} fault
 */
function tell(field, line, fault) {
  if (line.textContent !== fault) line.textContent = fault;
  line.hidden = !fault;
  if (fault) field.setAttribute("aria-invalid", "true");
  else field.removeAttribute("aria-invalid");
}

/**
 * @param {HTMLInputElement} field
 * @param {Sheet} sheet
 * @param {number} now
 * @param {number} [lastEnd]
 * @returns {string} what is wrong, and what to do
 */
function faultOf(field, sheet, now, lastEnd) {
  if (field.name === "text") return tooLong(field);
  if (field.name === "minutes") return isMinutes(field.value) || !field.value ? "" : word("fault.minutes");
  return faultOfMoment(field, sheet, now, lastEnd);
}

/** @param {HTMLInputElement} field */
function tooLong({ name, value, form }) {
  const over = name === "text" ? value.trim().length - LONGEST_TEXT[form?.dataset.journalForm ?? ""] : 0;
  return over > 0 ? said("many", String(over)) : "";
}

/** @param {string} text */
function isMinutes(text) {
  const minutes = wholeNumber(text);
  return minutes >= 1 && minutes <= LONGEST_MIN;
}

/**
 * @param {HTMLInputElement} field for a day, or for a day and a time
 * @param {Sheet} sheet
 * @param {number} now
 * @param {number} [lastEnd]
 */
function faultOfMoment({ name, value, validity }, { start }, now, lastEnd) {
  const isDay = name === "day";
  // Where only a part of it was filled in, the value is empty as well.
  if (!value) return validity.badInput ? word(`fault.odd-${name}`) : "";
  if (start && (isDay ? dayIn(start.at) : localOf(start.at)) === value) return "";
  const at = momentIn(value);
  if (Number.isNaN(at)) return word(`fault.odd-${name}`);
  if (isDay ? dayIn(at) > dayIn(now) : at > now) return word("fault.ahead");
  const least = earliest(now);
  if (at < least) return said("past", dateOf(least));
  return isDay && lastEnd && dayIn(at) < dayIn(lastEnd) ? said("ended", dateOf(lastEnd)) : "";
}

/**
 * @param {string} fault
 * @param {string} what is put into its words
 */
function said(fault, what) {
  return word(`fault.${fault}`).replace(/\{\w+\}/, what);
}

/**
 * @param {Sheet} sheet
 * @param {Fields} fields
 * @param {number} [lastEnd]
 * @returns {number | undefined} when it was, where the person said so or it is known
 */
export function momentOf({ start }, { day, when }, lastEnd) {
  if (day && !(start && day === dayIn(start.at))) {
    const at = momentIn(day);
    // What was noted today already stays within what is changed to have begun today.
    if (dayIn(at) === dayIn(Date.now())) return start && momentIn(`${day} 00:00`);
    // Of a day that is past, nobody remembers the hour; but it was after the last time was over.
    return lastEnd !== undefined && dayIn(at) === dayIn(lastEnd) ? lastEnd + 1 : at;
  }
  return when && !(start && when === localOf(start.at)) ? momentIn(when) : start?.at;
}

/**
 * @param {Sheet} sheet
 * @param {Fields} fields
 * @returns {Record<string, any>} the data of an entry
 */
export function dataOf({ kind, start }, fields) {
  const number = (/** @type {string} */ name) => (name in fields ? wholeNumber(fields[name]) : null);
  if (kind === "feel") {
    const can = FUNCTIONS.filter((name) => name in fields).map((name) => [name, number(name)]);
    return { pain: number("pain"), can: Object.fromEntries(can) };
  }
  if (kind === "measure") {
    const [minutes, before, after] = ["minutes", "before", "after"].map(number);
    // What the form does not ask, as which exercise it was, stays; but not of something else.
    const kept = start?.data.what === fields.what ? start?.data : {};
    return { ...kept, what: fields.what, minutes, before, after };
  }
  const asked = ["region", "text"].filter((name) => name in fields);
  return Object.fromEntries(asked.map((name) => [name, fields[name].trim()]));
}

/**
 * @typedef {import("./sheets.js").Sheet} Sheet
 * @typedef {import("./sheets.js").Fields} Fields
 */
