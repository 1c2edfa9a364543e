// @ts-check
/** The journal as a table, for a spreadsheet. */
import { clean, FIELDS, oneLine, said, stamp } from "./said.js";

/**
 * Where a spreadsheet may see a formula begin, behind spaces and quotes: at the beginning of a cell, and
 * behind whatever the spreadsheet of another country takes for its end. The mark itself counts, too, so
 * that it can be taken off again.
 */
const RISKY = /(^|[,;|\t\n\v\f\r\x85\u2028\u2029])(?=(?:[^\S\t\n\v\f\r\u2028\u2029]|")*['=+\-@＝＋－＠])/gu;
const BLANK = /^[\s\x85]/;
const PLAIN = /^[\w.:+-]*$/;

/**
 * @param {Entry[]} known as `live` gives them
 * @returns {string} CSV (RFC 4180), a line for each; before what could be a formula stands a '
 */
export function toCsv(known) {
  const head = ["id", "time", "kind", ...FIELDS];
  const rows = known.map((entry) => {
    const values = new Map(said(entry));
    return [entry.id, stamp(entry.at, entry.zone), entry.kind, ...FIELDS.map((name) => values.get(name) ?? "")];
  });
  // Without the mark at the beginning, Excel reads UTF-8 as something else.
  return `\ufeff${[head, ...rows].map((row) => `${row.map(cell).join()}\r\n`).join("")}`;
}

/** @param {unknown} value */
function cell(value) {
  const text = clean(Array.isArray(value) ? value.map(oneLine).filter(Boolean).join("\n") : value);
  const marked = text.replace(RISKY, "$1'");
  const tame = BLANK.test(marked) ? `'${marked}` : marked;
  return PLAIN.test(tame) ? tame : `"${tame.replaceAll('"', '""')}"`;
}

/** @typedef {import("./entry.js").Entry} Entry */
