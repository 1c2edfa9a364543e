// @ts-check
/** The second half of the twin: from a state to a page. */

/**
 * @param {Core} core @param {string} code @param {string} route @param {State} state
 * @param {string[]} more fragments that only deferred pages have
 */
async function render(core, code, route, state, more = []) {
  const { status, answers } = core.routes[route];
  const program = programOf(core, route);
  const fragments = await fragmentsOf("core", code);
  const nodes = await diagram();
  const values = derived(core, state.values);
  for (const name of /** @type {const} */ (["view", "note"])) {
    const variable = core.variables.findIndex(([known]) => known === name);
    values[variable] = core.variables[variable][1].indexOf(state[name]) + 1;
  }
  for (const [variable, cases, fallback] of core.decisions) {
    let at = 0;
    while (at < cases.length && !walk(nodes, cases[at], values)) at += 2;
    values[variable] = at < cases.length ? cases[at + 1] : fallback;
  }
  let html = "";
  for (let at = 0; at < program.length; at += 2) {
    const step = program[at + 1];
    const holds = walk(nodes, program[at], values);
    if (step < 0) at -= holds ? 0 : 2 * step;
    else if (holds) html += step ? fragments[step] ?? more[step - fragments.length] : RELEASE.id;
  }
  return new Response(html, {
    status: answers && state.note === "again" ? 400 : status,
    headers: { ...RELEASE.headers, "Content-Language": code },
  });
}

/** @param {Core} core @param {string} route @returns {number[]} */
function programOf(core, route) {
  const { program, like } = core.routes[route];
  if (like === undefined) return program;
  const whole = [...core.routes[like].program];
  for (let at = 0; at < program.length; at += 2) whole[program[at]] = program[at + 1];
  return whole;
}

/** @param {number[][]} nodes @param {number} at @param {number[]} values */
function walk(nodes, at, values) {
  while (at > 1) at = nodes[at][1 + values[nodes[at][0]]];
  return at === 1;
}
