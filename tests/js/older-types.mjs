/**
 * Writes the types of the web's APIs as the oldest browsers have them: what one of them lacks may be
 * undefined, so that the compiler asks for a guard.
 *
 *     node older-types.mjs FLOOR LIBRARY TYPES
 */
import { readFileSync, writeFileSync } from "node:fs";
import { compatData, floorOf, isKnown } from "./floor.mjs";

const SCOPES = ["Window", "WindowOrWorkerGlobalScope", "WorkerGlobalScope", "ServiceWorkerGlobalScope"];

const [page, library] = process.argv.slice(2, 4).map((file) => readFileSync(file, "utf8"));
const floor = floorOf(page);
const { api } = compatData();
const mixers = mixersOf(library);

/** @type {{name: string, constructs: boolean} | undefined} the interface that a line stands in */
let within;
const lines = library.split("\n").map((line) => {
  const opens = /^(?:interface|declare var) (\w+)\b.*\{$/.exec(line);
  if (opens) within = { name: opens[1], constructs: line.startsWith("declare") };
  if (!line.startsWith("}")) return within ? memberOf(within, line) : globalOf(line);
  const lacks = within?.constructs && isLackingGlobally(within.name);
  within = undefined;
  return lacks ? "} | undefined;" : line;
});
writeFileSync(process.argv[4], lines.join("\n"));

/**
 * What several interfaces share has no name of its own in the data.
 * @param {string} text @returns {Map<string, string[]>} for each interface those that extend it
 */
function mixersOf(text) {
  const found = new Map();
  for (const [, name, bases] of text.matchAll(/^interface (\w+)[^{\n]* extends ([^{\n]+) \{$/gm)) {
    for (const base of bases.split(", ")) found.set(base, [...(found.get(base) ?? []), name]);
  }
  return found;
}

/** @param {{name: string, constructs: boolean}} owner @param {string} line */
function memberOf(owner, line) {
  const member = /^ {4}(?:(get|set) )?(readonly )?(\w+)([(<:].*)$/.exec(line);
  if (!member) return line;
  const [, accessor, , name, rest] = member;
  const suffix = owner.constructs ? "_static" : "";
  // What is made by something guarded is there with all that belongs to it.
  const entries = entriesOf(owner.name).filter((entry) => !isLacking(entry));
  if (!entries.some((entry) => isLacking(entry[name + suffix]))) return line;
  if (accessor === "set") return "";
  return accessor ? `    ${name}?${rest.replace("()", "")}` : `    ${member[2] ?? ""}${name}?${rest}`;
}

/** @param {string} name @returns {any[]} what is known of an interface, or of those that mix it in */
function entriesOf(name) {
  if (SCOPES.includes(name)) return [api[name] ?? {}, api];
  if (api[name]) return [api[name]];
  return (mixers.get(name) ?? []).flatMap(entriesOf);
}

/** @param {string} line */
function globalOf(line) {
  const variable = /^declare var (\w+): (.*);$/.exec(line);
  if (variable && isLackingGlobally(variable[1])) return `declare var ${variable[1]}: (${variable[2]}) | undefined;`;
  const called = /^declare function (\w+)(.*)\): ([^:]+);$/.exec(line);
  if (called && isLackingGlobally(called[1])) return `declare var ${called[1]}: (${called[2]}) => ${called[3]}) | undefined;`;
  return line;
}

/** @param {string} name */
function isLackingGlobally(name) {
  return [api[name], ...SCOPES.map((scope) => api[scope]?.[name])].some(isLacking);
}

/** @param {any} entry */
function isLacking(entry) {
  return entry?.__compat !== undefined && !isKnown(entry.__compat, floor);
}
