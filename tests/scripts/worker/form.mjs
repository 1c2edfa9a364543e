/** The part of the service worker that reads a form, as a module: its own parts are none. */
import { readFileSync } from "node:fs";
import { runInThisContext } from "node:vm";

runInThisContext(readFileSync(new URL("../../../static/worker/form.js", import.meta.url), "utf-8"));
const { read, derived } = globalThis;

/** The state that a form describes, and the values that its page is made of. */
export function readForm(core, body) {
  const { state } = read(core, body.buffer);
  return { ...state, all: derived(core, state.values) };
}
