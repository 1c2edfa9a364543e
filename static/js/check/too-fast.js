// @ts-check
/** Asks once whether the first card was read, where "None of these" comes too soon for that. */
import { draft } from "./draft.js";

/** Nobody reads ten questions in less. */
const SOONEST_MS = 3000;

/** Holds back the first tap only: who taps again, or has answered the card before, is believed. */
export async function start() {
  const note = /** @type {HTMLElement} */ (document.querySelector("[data-too-fast]"));
  if (draft().some(([name, value]) => name === "at" && value === note.dataset.tooFast)) return;
  document.querySelector("button[value=none]")?.addEventListener("click", (event) => {
    if (event.timeStamp > SOONEST_MS || !note.hidden) return;
    event.preventDefault();
    note.hidden = false;
  });
}
