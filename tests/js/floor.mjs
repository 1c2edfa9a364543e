/** The oldest browsers that we promise something to, and what they know by MDN's browser-compat-data. */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const BROWSERS = {
  Chrome: ["chrome", "chrome_android"],
  Firefox: ["firefox", "firefox_android"],
  Safari: ["safari", "safari_ios"],
};
const ROW = /^\| (\w+)\b[^|]*\| ([\d.]+) \|/gm;

/** @returns {Record<string, any>} what is known of the APIs, the styles and the markup of the web */
export function compatData() {
  return JSON.parse(readFileSync(createRequire(import.meta.url).resolve("@mdn/browser-compat-data"), "utf8"));
}

/**
 * @param {string} page a table with a browser's name and its first version in a row
 * @returns {Record<string, string>} the oldest versions, by the names that the data gives to browsers
 */
export function floorOf(page) {
  const rows = [...page.matchAll(ROW)].flatMap(([, name, version]) => BROWSERS[name]?.map((own) => [own, version]) ?? []);
  if (rows.length !== 6) throw new Error("The floor names Chrome, Firefox and Safari, once each.");
  return Object.fromEntries(rows);
}

/**
 * @param {{support: Record<string, any>}} compat what the data says of one feature
 * @param {Record<string, string>} floor
 * @returns {boolean} whether each of the oldest browsers has it under its own name
 */
export function isKnown({ support }, floor) {
  return Object.entries(floor).every(([browser, oldest]) => [support[browser] ?? []].flat().some((has) => isSince(has, oldest)));
}

/** @param {Record<string, any>} has @param {string} oldest */
function isSince({ version_added: added, version_removed: removed, prefix, alternative_name: other, flags }, oldest) {
  if (prefix || other || flags || typeof added !== "string" || !isUpTo(added, oldest)) return false;
  return !(typeof removed === "string" && isUpTo(removed, oldest));
}

/** @param {string} version @param {string} limit */
function isUpTo(version, limit) {
  const [one, other] = [version, limit].map((text) => text.replace("≤", "").split(".").map(Number));
  return one[0] < other[0] || (one[0] === other[0] && (one[1] ?? 0) <= (other[1] ?? 0));
}
