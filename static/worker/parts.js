// @ts-check
/** The parts of the release as they were kept, made ready to be used. */

/** What was read from the cache, parsed once in the life of this worker. @type {Map<string, any>} */
const parsed = new Map();

/** @param {string} name @returns {Promise<any>} */
async function part(name) {
  return contents(await caches.open(CACHE), address(name));
}

/** @param {Cache} cache @param {string} path @returns {Promise<any>} */
async function contents(cache, path) {
  if (!parsed.has(path)) {
    const cached = await cache.match(path);
    if (!cached) throw new Error(`${path} is not in the cache`);
    parsed.set(path, await cached.json());
  }
  return parsed.get(path);
}

/** The copy of File.url in webapp/release/parts.py. @param {string} name */
function address(name) {
  return `/release/${name}.${RELEASE.parts[name].slice(0, 16)}.json`;
}

/**
 * The fragments of a part in one language: templates with their strings put in. The copy of
 * webapp/release/templates.py.
 * @param {"core" | "deferred"} name @param {string} code @returns {Promise<string[]>}
 */
async function fragmentsOf(name, code) {
  const key = `${name}/${code}`;
  if (!parsed.has(key)) {
    const { templates, fragments: column } = await part(name);
    const fragments = numbers(column);
    // What is deferred counts on after the strings that are there already.
    const before = name === "core" ? [] : (await part(code)).strings;
    const own = (await part(name === "core" ? code : `${code}-${name}`)).strings;
    const strings = [...before, ...own];
    const filled = [];
    let at = 0;
    let newTemplate = 0;
    let newString = before.length;
    while (at < fragments.length) {
      const template = /** @type {string} */ (templates[(fragments[at++] || ++newTemplate) - 1]);
      const [head, ...rest] = template.replaceAll("\x7f\x7f", code).split("\x7f");
      filled.push(rest.reduce((html, text) => html + strings[(fragments[at++] || ++newString) - 1] + text, head));
    }
    parsed.set(key, filled);
  }
  return parsed.get(key);
}

/** The diagram with its nodes as lists: the variable, then the place of the child for each value. */
async function diagram() {
  if (!parsed.has("nodes")) {
    const { patterns, ...columns } = await part("core");
    const [deciding, shapes, children] = [columns.deciding, columns.shapes, columns.children].map(numbers);
    /** @type {number[][]} */
    const nodes = [[], []];
    let at = 0;
    deciding.forEach((variable, index) => {
      /** @type {Record<string, number>} */
      const places = { "-": 0, "+": 1, ".": nodes.length + 1 };
      const node = [variable];
      for (const sign of patterns[shapes[index]]) node.push((places[sign] ??= nodes.length + children[at++]));
      nodes.push(node);
    });
    parsed.set("nodes", nodes);
  }
  return parsed.get("nodes");
}

/** The copy of webapp/release/letters.py. @param {string} column @returns {number[]} */
function numbers(column) {
  return Array.from(column, (letter) => letter.charCodeAt(0) - 93);
}
