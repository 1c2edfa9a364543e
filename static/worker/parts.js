// @ts-check
/** The parts of the release as they were kept, made ready to be used. */

/** What was read from the cache, parsed once in the life of this worker. @type {Map<string, any>} */
const parsed = new Map();

/** @param {string} name @returns {Promise<any>} */
async function bundle(name) {
  if (!parsed.has(name)) {
    const cached = await (await caches.open(CACHE)).match((await file(name))[0]);
    if (!cached) throw new Error(`${name} is not in the cache`);
    parsed.set(name, await cached.json());
  }
  return parsed.get(name);
}

/** @param {string} name @returns {Promise<[url: string, sha256: string]>} */
async function file(name) {
  return name === "core" ? RELEASE.core : (await bundle("core")).files[name];
}

/**
 * The fragments of one language: forms with their texts put in. The copy of webapp/release/forms.py.
 * @param {"core" | "deferred"} name @param {string} code @returns {Promise<string[]>}
 */
async function shelf(name, code) {
  const key = `${name}/${code}`;
  if (!parsed.has(key)) {
    const { forms, rows } = await bundle(name);
    // What is deferred counts on after the texts that are there already.
    const before = name === "core" ? [] : (await bundle(code)).texts;
    const own = (await bundle(name === "core" ? code : `${code}-${name}`)).texts;
    const texts = [...before, ...own];
    const fragments = [];
    let at = 0;
    let newForm = 0;
    let newText = before.length;
    while (at < rows.length) {
      const form = forms[(rows[at++] || ++newForm) - 1];
      const [head, ...rest] = form.replaceAll("\x7f\x7f", code).split("\x7f");
      fragments.push(rest.reduce((html, part) => html + texts[(rows[at++] || ++newText) - 1] + part, head));
    }
    parsed.set(key, fragments);
  }
  return parsed.get(key);
}

/** The diagram with its nodes as lists: the variable, then the place of the child for each value. */
async function diagram() {
  if (!parsed.has("nodes")) {
    const { deciding, children, variables } = await bundle("core");
    /** @type {number[][]} */
    const nodes = [[], []];
    let at = 0;
    for (const variable of deciding) {
      const node = [variable];
      while (node.length < variables[variable][1].length + 2) {
        const child = children[at++];
        node.push(child < 0 ? node[node.length - 1] : child < 2 ? child : nodes.length + child - 1);
      }
      nodes.push(node);
    }
    parsed.set("nodes", nodes);
  }
  return parsed.get("nodes");
}
