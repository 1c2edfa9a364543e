/**
 * Finds what the oldest browsers would drop of style sheets: prints a list of [sheet, what, why].
 *
 *     node older-styles.mjs FLOOR SHEET ...
 *
 * A browser drops a declaration, a rule or a block that it cannot read, and nothing says so. What is
 * newer than the floor stands therefore behind the same property with an older value, within an
 * @supports that asks for it, or here, as something that nobody misses.
 */
import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { generate, parse, walk } from "css-tree";
import { compatData, floorOf, isKnown } from "./floor.mjs";

/**
 * What nobody misses who has it not, with the reason: a property, one value of it, a selector or a
 * block.
 * @type {Record<string, string>}
 */
const ORNAMENTS = {
  "accent-color": "a tick has the browser's own colour",
  "align-content: start": "within a grid older browsers know it",
  "break-after": "a heading may stand at the foot of a sheet of paper",
  "color-scheme": "fields and scroll bars stay light at night",
  "container-type": "has its own @supports not",
  "content-visibility": "what is folded is opened by a script before it is printed",
  cursor: "a phone has none",
  "forced-color-adjust": "where it is missing colours are not forced",
  "font-family: ui-monospace,monospace": "a name of a font that nobody has is passed over",
  hyphens: "a long word goes to the next line as a whole",
  "inline-size: fit-content": "the target is as wide as the page",
  "justify-content: safe center": "the words stand at the top",
  "print-color-adjust": "colours are never the only sign",
  "text-align: match-parent": "words of another direction stand at their own side",
  "text-size-adjust": "a phone's own letters are as large as it likes",
  "text-wrap": "the lines of a heading are not of the same length",

  "@container (max-width:17em)": "has its own @supports not",
  ".answers::details-content": "what is folded is opened by a script before it is printed",
  ".ask:has(:is([value=\"yes\"],[value=\"unsure\"]):checked)": "the mark itself shows it",
  ".check:has(:is(.gate,.ask) :checked) .actions": "the buttons stand below the rows",
  ".fold::details-content": "what is folded is opened by a script before it is printed",
  ".gate:has(:checked)": "the mark itself shows it",
  ".gate:has(:focus-visible)": "has its own @supports not",
  ".page:has(>.check)": "there is more room above",
  ".page:not(:has([data-journal-why]:not([hidden])))>.journal[hidden]~:is(nav,section)": "what stands below is pushed away",
  ".page>h1:has(~.timer:not([hidden]))": "the title is larger than it has to be",
  ".phrase__words:has(>button)": "there is more room around the words",
  ".row:has(:checked)": "the mark itself shows it",
  ".rows .row:has(:checked)": "the mark itself shows it",
  ".scale__point:has(:checked)": "the line below the number shows it",
  ".scale__point:has(:focus-visible)": "has its own @supports not",
  ".segment:has(:checked)": "a ring shows it",
  ".tick:has(:focus-visible)": "has its own @supports not",
  ".timer:has(>picture:not([hidden])) .timer__dial": "the dial is larger than it has to be",
  ".timer:has(>picture:not([hidden])) .timer__face": "there is more room around the dial",
  ".timer:has(>picture:not([hidden])) .timer__left": "the time is larger than it has to be",
  ".timer:has(>picture:not([hidden])) .timer__text": "the words are larger than they have to be",
  ".walks__log>p:has([hidden])": "there is a gap while nothing is said",
  ":root:has(.timer-bar:not([hidden]))": "a link within the page leads to below the bar",
};

const PREFIXED = /^-(?:webkit|moz)-/;
const UNITS = [
  { unit: /^[sld]v/, feature: "viewport_percentage_units_dynamic" },
  { unit: /^cq/, feature: "container_query_length_units" },
];

const [page, ...sheets] = process.argv.slice(2);
const floor = floorOf(readFileSync(page, "utf8"));
const { css } = compatData();
const functions = namedIn(css.types);

/** The ornaments that there are. @type {Set<string>} */
const seen = new Set();
const faults = sheets.flatMap((sheet) => {
  const found = faultsOf(parse(readFileSync(sheet, "utf8"), { parseCustomProperty: true }));
  return found.map((fault) => [basename(sheet), ...fault]);
});
for (const name of Object.keys(ORNAMENTS)) if (!seen.has(name)) faults.push(["", name, "is in no style, and still in older-styles.mjs"]);
process.stdout.write(JSON.stringify(faults));

/** @param {import("css-tree").CssNode} sheet @returns {[what: string, why: string][]} */
function faultsOf(sheet) {
  /** @type {[string, string][]} */
  const found = [];
  /** Whether only newer browsers read on, for each block around. @type {boolean[]} */
  const onlyNewer = [];
  walk(sheet, {
    enter(node) {
      if (node.type === "Atrule") {
        if (!onlyNewer.includes(true)) found.push(...ofBlock(node));
        onlyNewer.push(node.name === "container" || (node.name === "supports" && !/^not\b/.test(generate(node.prelude))));
      }
      if (onlyNewer.includes(true)) return;
      if (node.type === "Raw") found.push([node.value, "cannot be read"]);
      if (node.type === "Rule") found.push(...ofSelectors(node), ...ofDeclarations(node));
    },
    leave(node) {
      if (node.type === "Atrule") onlyNewer.pop();
    },
  });
  return found.filter(([what]) => !isOrnament(what));
}

/** @param {import("css-tree").Atrule} rule @returns {[string, string][]} */
function ofBlock({ name, prelude }) {
  const own = css["at-rules"][name];
  let newer = !own || isNewer(own);
  if (prelude) walk(prelude, ({ type }) => { newer ||= type === "FeatureRange" && isNewer(own.range_syntax); });
  const whole = `@${name} ${prelude ? generate(prelude) : ""}`.trim();
  return newer ? [[whole, "is dropped with all that is in it"]] : [];
}

/** @param {import("css-tree").Rule} rule @returns {[string, string][]} */
function ofSelectors({ prelude }) {
  if (prelude.type !== "SelectorList") return [];
  const all = prelude.children.toArray();
  const newer = all.filter((selector) => namesIn(selector).some((name) => isNewer(css.selectors[name])));
  if (newer.length && newer.length < all.length) return [[generate(prelude), "takes an older selector with it"]];
  return newer.map((selector) => [generate(selector), "is a selector that drops its rule"]);
}

/** @param {import("css-tree").CssNode} selector @returns {string[]} its classes and elements that no markup has */
function namesIn(selector) {
  /** @type {string[]} */
  const names = [];
  walk(selector, (node) => {
    if (node.type.startsWith("Pseudo")) names.push(node.name);
  });
  return names;
}

/** @param {import("css-tree").Rule} rule @returns {[string, string][]} */
function ofDeclarations({ prelude, block }) {
  const known = new Set();
  /** @type {[string, string][]} */
  const found = [];
  for (const node of block.children) {
    if (node.type !== "Declaration") {
      found.push([`${generate(prelude)} { ${generate(node)} }`, "stands inside a rule"]);
      continue;
    }
    const { property } = node;
    const value = `${property}: ${generate(node.value)}`;
    if (isReadable(node)) known.add(property);
    else if (!known.has(property) && !PREFIXED.test(property) && !isOrnament(property) && !isOrnament(value)) {
      found.push([`${generate(prelude)} { ${value} }`, "has nothing older before it"]);
    }
  }
  return found;
}

/** @param {import("css-tree").Declaration} declaration */
function isReadable({ property, value }) {
  const own = property.startsWith("--") ? {} : css.properties[property];
  if (!own || isNewer(own)) return false;
  let readable = true;
  walk(value, (node) => {
    if (node.type === "Identifier" && isNewer(own[node.name])) readable = false;
    if (node.type === "Function") readable &&= !isNewer(own[node.name]) && !functions.get(node.name)?.every(isNewer);
    if (node.type === "Dimension") {
      const unit = UNITS.find((kind) => kind.unit.test(node.unit))?.feature ?? node.unit;
      if (isNewer(css.types.length[unit])) readable = false;
    }
  });
  return readable;
}

/** @param {string} what */
function isOrnament(what) {
  if (what in ORNAMENTS) seen.add(what);
  return what in ORNAMENTS;
}

/** @param {any} entry of the data; of what it does not list, older browsers know nothing bad */
function isNewer(entry) {
  return entry?.__compat !== undefined && !isKnown(entry.__compat, floor);
}

/**
 * @param {any} entries @param {Map<string, any[]>} found
 * @returns {Map<string, any[]>} all that is known under a name, however deep it stands
 */
function namedIn(entries, found = new Map()) {
  for (const [name, entry] of Object.entries(entries)) {
    if (name === "__compat") continue;
    found.set(name, [...(found.get(name) ?? []), entry]);
    namedIn(entry, found);
  }
  return found;
}
