// @ts-check
/** The first half of the twin: from a form to a state. */

/** The first answer of every row and gate, and the last of a gate. */
const NO = 1;
const GATE_YES = 2;

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
  if (!honest || !steer(core, state, fields)) Object.assign(state, { view: "", note: "again" });
  return { state, key: fields.get("k") };
}

/** @param {Core} core @param {State} state @param {Map<string, string>} fields */
function steer(core, state, fields) {
  const [at, show, yes, go] = ["at", "show", "yes", "go"].map((name) => fields.get(name));
  const screen = core.screens.find(([id]) => id === at);
  const doubtful = at === core.contradiction;
  if ([show, yes, go].filter((field) => field !== undefined).length > 1) return false;
  if (at !== undefined && !screen && !doubtful) return false;
  if (show !== undefined) {
    state.view = show;
    return show === core.answersView || core.screens.some(([id]) => id === show);
  }
  if (doubtful) return yes === undefined && [undefined, "next"].includes(go) && reconcile(core, state);
  if (!screen) return yes === go;
  return yes === undefined ? press(core, state, screen, go) : sayYes(core, state, screen, yes);
}

/** @param {Core} core @param {State} state @param {Screen} screen @param {string} row */
function sayYes({ variables }, { values }, [, first, count], row) {
  const variable = variables.findIndex(([name]) => name === row);
  const ours = variable >= first && variable < first + count;
  if (ours) values[variable] = variables[variable][1].length;
  return ours;
}

/** @param {Core} core @param {State} state @param {Screen} screen @param {string} [go] */
function press(core, state, [id, first, count], go) {
  if (!count) {
    if (!state.values[first]) Object.assign(state, { view: id, note: "choose" });
    return go === undefined;
  }
  if (go === undefined || !core.actions.includes(go)) return go === undefined;
  const { values } = state;
  const rows = [...values.keys()].slice(first, first + count);
  const all = derived(core, values);
  const waiting = rows.filter((row) => !all[row]);
  if (go === "next" && waiting.length && !rows.some((row) => values[row])) {
    Object.assign(state, { view: id, note: "nothing-ticked" });
  } else if (go === "none" && rows.some((row) => values[row] > NO)) {
    Object.assign(state, { view: id, note: "ticked-and-none" });
  } else {
    for (const row of waiting) values[row] = NO;
  }
  return true;
}

/** Opens a gate of every row that may be true. @param {Core} core @param {State} state */
function reconcile(core, { values }) {
  const all = derived(core, values);
  for (const [variable, , openers, , gate] of core.closing) {
    if (gate >= 0 && all[variable] > NO && !openers.some(possible, all)) values[gate] = GATE_YES;
  }
  return true;
}

/**
 * The values with that of each unanswered question that is closed: the copy of
 * webapp/triage/closing.py.
 * @param {Core} core @param {number[]} values
 */
function derived(core, values) {
  const all = [...values];
  for (const [variable, value, openers, limits] of core.closing) {
    const closed = (openers.length && !openers.some(possible, all)) || !limits.every(possible, all);
    if (closed) all[variable] ||= value;
  }
  return all;
}

/**
 * Whether the values, which are `this`, may keep a question open.
 * @this {number[]} @param {Opener} opener
 */
function possible(opener) {
  return (opener[1] >> this[opener[0]]) & 1;
}
