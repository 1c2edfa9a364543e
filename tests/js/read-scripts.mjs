/**
 * Reads scripts with the parser that ESLint uses, and prints what they hold as JSON:
 *
 *   {"<file>": {"imports": [{"from": "./x.js" or null, "line": 3}],
 *               "declares": [{"name": "x", "line": 5}], "exports": [{"name": "x", "line": 5}],
 *               "names": {"x": 2}, "error": null}}
 *
 * `imports` has static and dynamic ones and what is exported from elsewhere; `from` is null where
 * it is no plain text. `declares` has what stands at the top of the file, `exports` what is
 * exported by a name and not marked @public, `names` how often each name is written. A file that
 * cannot be parsed has only {"error": {"message": "...", "line": 1}}.
 *
 * Usage: node read-scripts.mjs module|script <file>...
 */
import { readFileSync } from "node:fs";
import { parse } from "espree";

const [sourceType, ...files] = process.argv.slice(2);
const SOURCES = new Set([
  "ExportAllDeclaration",
  "ExportNamedDeclaration",
  "ImportDeclaration",
  "ImportExpression",
]);

function read(file) {
  try {
    const text = readFileSync(file, "utf-8");
    const tree = parse(text, { ecmaVersion: 2021, sourceType, loc: true, range: true, comment: true });
    const exports = tree.body.filter((statement) => !isPublic(statement, tree.comments, text));
    return {
      ...found(tree),
      declares: tree.body.flatMap(declared),
      exports: exports.flatMap(exported),
      error: null,
    };
  } catch (error) {
    return { error: { message: error.message, line: error.lineNumber ?? 1 } };
  }
}

/** The imports and the names anywhere below a node. */
function found(tree) {
  const imports = [];
  const names = Object.create(null); // a script may say "constructor"
  for (const node of nodes(tree)) {
    if (node.type === "Identifier") names[node.name] = (names[node.name] ?? 0) + 1;
    if (SOURCES.has(node.type) && node.source) {
      const { value } = node.source;
      imports.push({ from: typeof value === "string" ? value : null, line: node.loc.start.line });
    }
  }
  return { imports, names };
}

function* nodes(node) {
  yield node;
  for (const child of Object.values(node).flat()) {
    if (typeof child?.type === "string") yield* nodes(child);
  }
}

/** Whether the comment that ends where a statement begins says that others ask for it. */
function isPublic(statement, comments, text) {
  const before = comments.findLast(({ range }) => range[1] <= statement.range[0]);
  const isBeside = before && !text.slice(before.range[1], statement.range[0]).trim();
  return Boolean(isBeside && before.value.includes("@public"));
}

/** What one statement at the top of a module exports by name. */
function exported(statement) {
  if (statement.type !== "ExportNamedDeclaration") return [];
  const listed = statement.specifiers.map((specifier) => ({
    name: specifier.exported.name,
    line: specifier.loc.start.line,
  }));
  return [...listed, ...(statement.declaration ? declared(statement.declaration) : [])];
}

/** What one statement at the top of a script declares. */
function declared(statement) {
  const targets = (statement.declarations ?? [statement]).map(({ id }) => id);
  return targets
    .filter((id) => id?.type === "Identifier")
    .map(({ name, loc }) => ({ name, line: loc.start.line }));
}

console.log(JSON.stringify(Object.fromEntries(files.map((file) => [file, read(file)]))));
