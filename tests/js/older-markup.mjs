/**
 * Prints which elements and attributes are newer than the oldest browsers, as a list.
 *
 *     node older-markup.mjs FLOOR MARKUP
 *
 * MARKUP is a file with a list of [element, attribute, value]; the last two may be empty.
 */
import { readFileSync } from "node:fs";
import { compatData, floorOf, isKnown } from "./floor.mjs";

const [page, markup] = process.argv.slice(2).map((file) => readFileSync(file, "utf8"));
const floor = floorOf(page);
const { elements, global_attributes: everywhere } = compatData().html;

const newer = JSON.parse(markup).filter(([element, attribute, value]) => {
  const own = elements[element] ?? {};
  if (!attribute) return isNewer(own);
  const known = own[attribute] ?? everywhere[attribute];
  return isNewer(known) || (value && isNewer(known?.[value] ?? (attribute === "type" && own[`type_${value}`])));
});
process.stdout.write(JSON.stringify(newer));

/** @param {any} entry of the data */
function isNewer(entry) {
  return entry?.__compat !== undefined && !isKnown(entry.__compat, floor);
}
