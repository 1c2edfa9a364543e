// @ts-check
/** The first half of the twin: from a form to a state. */

/** @param {Core} core @returns {State} */
function start(core) {
  return { values: new Array(core.variables.length).fill(0), view: "", note: "" };
}

/**
 * The copy of Interview.read in webapp/triage/interview.py.
 * @param {Core} core @param {ArrayBuffer} body @returns {{state: State, key: string | undefined}}
 */
function read(core, body) {
  const state = start(core);
  const fields = new Map();
  let honest = body.byteLength <= core.longestBody;
  const text = honest ? new TextDecoder("utf-8", { ignoreBOM: true }).decode(body) : "";
  const repeated = new Set();
  for (const pair of text ? text.split("&") : []) {
    const equals = pair.indexOf("=");
    const name = equals < 0 ? pair : pair.slice(0, equals);
    if (fields.has(name) || equals < 0) repeated.add(name);
    else fields.set(name, pair.slice(equals + 1));
  }
  honest &&= !repeated.size;
  for (const name of repeated) fields.delete(name);
  for (const [name, value] of fields) {
    const variable = core.variables.findIndex(([known, , asked]) => asked && known === name);
    const option = variable < 0 ? 0 : core.variables[variable][1].indexOf(value) + 1;
    if (option) state.values[variable] = option;
    else if (!core.steering.includes(name)) honest = false;
  }
  honest = steer(core, state, fields) && honest;
  if (!honest) Object.assign(state, { view: "", note: "again" });
  return { state, key: fields.get("k") };
}

/** @param {Core} core @param {State} state @param {Map<string, string>} fields */
function steer(core, state, fields) {
  const at = fields.get("at");
  const go = fields.get("go");
  const show = fields.get("show");
  const screen = core.screens.find(([id]) => id === at);
  if (show !== undefined) {
    state.view = show;
    const known = show === core.answersView || core.screens.some(([id]) => id === show);
    return known && go === undefined && (at === undefined || Boolean(screen));
  }
  if (at === undefined) return go === undefined;
  if (!screen) return false;
  if (screen[2]) return core.actions.includes(go ?? "") && tick(state, screen, go ?? "");
  if (!state.values[screen[1]]) Object.assign(state, { view: at, note: "choose" });
  return go === undefined;
}

/** @param {State} state @param {Screen} screen @param {string} go */
function tick(state, [id, first, count], go) {
  const [no, unsure] = [1, 2];
  const given = state.values.slice(first, first + count);
  let note = "";
  if (go === "unsure") state.view = `unsure-${id}`;
  else if (go === "next") note = given.some(Boolean) ? "" : "nothing-ticked";
  else if (go === "none") note = given.some(Boolean) ? "ticked-and-none" : "";
  else if (go === "pick") note = given.includes(unsure) ? "" : "nothing-ticked";
  else note = given.includes(unsure) ? "ticked-and-none" : "";
  if (note) {
    Object.assign(state, { view: go === "pick" || go === "sure" ? `unsure-${id}` : id, note });
  } else if (go !== "unsure") {
    for (let variable = first; variable < first + count; variable++) state.values[variable] ||= no;
  }
  return true;
}
