// @ts-check
/** The parts of the release as they were kept, made ready to be used. */

/** What was read from the cache, parsed once in the life of this worker. @type {Map<string, any>} */
const parsed = new Map();

/** @param {string} name @returns {Promise<any>} */
async function part(name) {
  if (!parsed.has(name)) {
    const cached = await (await caches.open(CACHE)).match((await file(name))[0]);
    if (!cached) throw new Error(`${name} is not in the cache`);
    parsed.set(name, await cached.json());
  }
  return parsed.get(name);
}

/** @param {string} name @returns {Promise<[url: string, sha256: string]>} */
async function file(name) {
  return name === "core" ? RELEASE.core : (await part("core")).files[name];
}

/**
 * The fragments of a part in one language: templates with their strings put in. The copy of
 * webapp/release/templates.py.
 * @param {"core" | "deferred"} name @param {string} code @returns {Promise<string[]>}
 */
async function fragmentsOf(name, code) {
  const key = `${name}/${code}`;
  if (!parsed.has(key)) {
    const { templates, fragments } = await part(name);
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
    const { deciding, patterns, shapes, children } = await part("core");
    /** @type {number[][]} */
    const nodes = [[], []];
    let at = 0;
    deciding.forEach((/** @type {number} */ variable, /** @type {number} */ index) => {
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
