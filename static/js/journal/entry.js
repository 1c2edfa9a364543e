// @ts-check
/** What an entry of the journal is. */

const ID = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
const WORD = /^[a-z0-9-]{1,60}$/;
const REGIONS = ["neck", "shoulder-blades", "middle", "low-back", "middle-and-low", "several"];
export const FUNCTIONS = ["dress", "sit", "walk", "sleep"];
const URGENCIES = ["emergency", "urgent", "soon", "self-care"];
const MEASURES = ["heat", "ice", "walk", "exercise", "rest", "breathing"];
const DAY_MS = 864e5;
export const LONGEST_MIN = 240;
/** In UTF-16 units, by the kind of entry. @type {Record<string, number>} */
export const LONGEST_TEXT = { medicine: 200, note: 2000 };

/** The end of the year 9999, beyond which dates have no common form. */
const LATEST_MS = 253402300799999;

/**
 * @param {any} value
 * @returns {value is Entry} whether it is exactly what the journal writes
 */
export function isEntry(value) {
  if (!isObject(value)) return false;
  const { id, at, zone, kind, data, supersedes = [], gone, ...more } = value;
  // A list of one word would pass for the word.
  const whole = Object.keys(more).length === 0 && isObject(data) && typeof kind === "string" && has(SHAPES, kind);
  const placed = isId(id) && isWhole(at, 0, LATEST_MS) && isWhole(zone, -1440, 1440);
  const replaced = Array.isArray(supersedes) && supersedes.every(isId);
  if (!whole || !placed || !replaced || (gone !== undefined && gone !== true)) return false;
  return gone ? Object.keys(data).length === 0 : fits(data, SHAPES[kind]);
}

/**
 * @param {Entry} entry
 * @returns {boolean} whether only the day is known: it stands at noon, as whoever says when it locked
 *   remembers no hour
 */
export function isOfDay({ kind, at, zone }) {
  return kind === "begin" && (at + zone * 60_000) % DAY_MS === DAY_MS / 2;
}

/** @type {Record<string, Record<string, (value: any) => boolean>>} */
const SHAPES = {
  begin: { region: (value) => REGIONS.includes(value) },
  feel: { pain: isPain, can: isFunction },
  check: {
    urgency: (value) => URGENCIES.includes(value),
    reasons: (value) => Array.isArray(value) && value.length <= 100 && value.every((reason) => isText(reason, 1000)),
    release: (value) => isText(value, 40),
  },
  measure: {
    what: (value) => MEASURES.includes(value),
    card: (value) => value === undefined || (typeof value === "string" && WORD.test(value)),
    minutes: (value) => isWhole(value, 1, LONGEST_MIN),
    before: (value) => value === null || isPain(value),
    after: (value) => value === null || isPain(value),
  },
  medicine: { text: (value) => isText(value, LONGEST_TEXT.medicine) },
  note: { text: (value) => isText(value, LONGEST_TEXT.note) },
  recovered: {},
};

/**
 * @param {Record<string, unknown>} data
 * @param {Record<string, (value: any) => boolean>} shape
 */
function fits(data, shape) {
  const own = Object.keys(data).every((key) => has(shape, key));
  return own && Object.entries(shape).every(([key, holds]) => holds(data[key]));
}

/** @param {object} table @param {any} key */
function has(table, key) {
  return Object.prototype.hasOwnProperty.call(table, key);
}

/** @param {any} can */
function isFunction(can) {
  return isObject(can) && Object.entries(can).every(([name, n]) => FUNCTIONS.includes(name) && isWhole(n, 0, 2));
}

/** @param {unknown} id */
function isId(id) {
  return typeof id === "string" && ID.test(id);
}

/** @param {unknown} pain */
function isPain(pain) {
  return isWhole(pain, 0, 10);
}

/**
 * @param {unknown} text
 * @param {number} most
 */
function isText(text, most) {
  return typeof text === "string" && text.length <= most;
}

/**
 * @param {unknown} number
 * @param {number} least
 * @param {number} most
 */
function isWhole(number, least, most) {
  return Number.isInteger(number) && Number(number) >= least && Number(number) <= most;
}

/** @param {unknown} value */
function isObject(value) {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/**
 * at: milliseconds since 1970, when it happened. zone: minutes that the time there was ahead of UTC.
 * supersedes: ids of what it replaces, or with gone takes away.
 * @typedef {"begin" | "feel" | "check" | "measure" | "medicine" | "note" | "recovered"} Kind
 * @typedef {object} Entry
 * @property {string} id
 * @property {number} at
 * @property {number} zone
 * @property {Kind} kind
 * @property {Record<string, any>} data
 * @property {string[]} [supersedes]
 * @property {true} [gone]
 */
