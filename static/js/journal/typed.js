// @ts-check
/** What people type for a number, a day or a moment, read as they mean it, in the digits of any script. */

const DIGIT = /\p{Nd}/u;
const MOMENT = /^(\d{4})[-/.](\d\d?)[-/.](\d\d?)(?:[\sT,]+(\d\d?):(\d\d)(?::\d\d(?:\.\d+)?)?)?$/;
/** Marks of direction, which come along when something is pasted. */
const MARKS = /[\u061c\u200e\u200f\u2066-\u2069]/g;

/**
 * @param {string} text
 * @returns {string} the same with 0 to 9 for the digits of every script
 */
function plain(text) {
  const digits = Array.from(text, (letter) => (DIGIT.test(letter) ? String(valueOf(letter)) : letter));
  return digits.join("").replace(MARKS, "").trim();
}

/**
 * @param {string} digit
 * @returns {number} how far it is from the zero of its script: each has its ten in one row
 */
function valueOf(digit) {
  const code = Number(digit.codePointAt(0));
  let value = 0;
  while (value < 9 && DIGIT.test(String.fromCodePoint(code - value - 1))) value += 1;
  return value;
}

/**
 * @param {string} text
 * @returns {number} a whole number without a sign; NaN where it is none
 */
export function wholeNumber(text) {
  const number = plain(text);
  return /^\d{1,9}$/.test(number) ? Number(number) : NaN;
}

/**
 * @param {string} text a day, or a day and a time, as the fields for them write it
 * @returns {number} the moment here, of a day its noon; NaN where there is no such day or time
 */
export function momentIn(text) {
  const [, year, month, day, hour = 12, minute = 0] = (MOMENT.exec(plain(text)) ?? []).map((part) =>
    part === undefined ? part : Number(part),
  );
  if (year === undefined || month === undefined || hour > 23 || minute > 59) return NaN;
  const made = new Date(Number(year), Number(month) - 1, Number(day), Number(hour), Number(minute));
  // The 31st of February would go on into March.
  const same = made.getFullYear() === year && made.getMonth() === Number(month) - 1 && made.getDate() === day;
  return same ? made.getTime() : NaN;
}
