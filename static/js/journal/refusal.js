// @ts-check
/** Says in words that the journal's database refuses, or that something is missing, on a page that has the words. */
import { all } from "../lib/dom.js";

/**
 * Does what needs the store; where that fails, says so in words.
 * @param {() => Promise<unknown>} act
 */
export async function guarded(act) {
  refuse("");
  try {
    await act();
  } catch (fault) {
    const { why } = /** @type {{why?: string}} */ (fault);
    if (!why) console.warn(fault);
    refuse(why ?? "broken");
  }
}

/** @param {string} why of the page's words for it; "" for none */
export function refuse(why) {
  // What was found unreadable stays so, whatever is done.
  for (const line of all("[data-journal-why]:not([data-journal-why=unreadable])")) {
    line.hidden = line.dataset.journalWhy !== why;
    if (!line.hidden) line.scrollIntoView({ block: "center" });
  }
}
