// @ts-check
/**
 * What an entry says, and how it is written where it leaves the journal. Nothing of this reads the journal or the
 * phone's zone.
 */
import { FUNCTIONS } from "./entry.js";

const MINUTE_MS = 60_000;
const FARTHEST_ZONE = 840;

/** The last moment that all of them can write. */
export const LATEST = Date.UTC(9999, 11, 31, 23, 59, 59, 999);

/** What neither FHIR nor a spreadsheet takes: control characters, and halves of a character. */
const UNFIT = /[\0-\x08\x0b\x0c\x0e-\x1f\x7f\p{Cs}]/gu;

/** What an entry can say, in the order in which it is told. */
export const FIELDS = [
  "region",
  "pain",
  ...FUNCTIONS,
  "urgency",
  "reasons",
  "release",
  "what",
  "card",
  "minutes",
  "before",
  "after",
  "text",
];

/**
 * @param {Entry} entry
 * @returns {[string, any][]} what it says
 */
export function said({ data }) {
  const all = { ...data, ...data.can };
  const told = FIELDS.filter((name) => all[name] !== undefined && all[name] !== null);
  return told.map((name) => [name, all[name]]);
}

/**
 * @param {unknown} value
 * @returns {string} without what others refuse to read
 */
export function clean(value) {
  return String(value).replace(UNFIT, "\ufffd");
}

/**
 * @param {number} at
 * @param {number} zone where no such zone exists, the moment is told in UTC
 * @returns {string} ISO 8601, local time with its offset
 */
export function stamp(at, zone) {
  const offset = Math.abs(zone) > FARTHEST_ZONE ? 0 : zone;
  // A later year has more digits than readers of the format expect.
  const local = new Date(Math.min(at + offset * MINUTE_MS, LATEST)).toISOString().slice(0, -1);
  const size = Math.abs(offset);
  return `${local}${offset < 0 ? "-" : "+"}${two(Math.floor(size / 60))}:${two(size % 60)}`;
}

/** @param {number} number */
function two(number) {
  return String(number).padStart(2, "0");
}

/**
 * @param {string} text
 * @returns {string} with single spaces in the place of its lines
 */
export function oneLine(text) {
  return text.replace(/\s+/g, " ").trim();
}

/** @typedef {import("./entry.js").Entry} Entry */
