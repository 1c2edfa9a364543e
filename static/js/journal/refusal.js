// @ts-check
/** Says in words that the journal's database refuses, on a page that has the words. */
import { all } from "../lib/dom.js";

/**
 * Does what needs the store; where the store refuses, says so in words.
 * @param {() => Promise<unknown>} act
 */
export async function guarded(act) {
  for (const line of all("[data-journal-why]")) line.hidden = true;
  try {
    await act();
  } catch (fault) {
    const { why } = /** @type {{why?: string}} */ (fault);
    if (!why) throw fault;
    for (const line of all("[data-journal-why]")) line.hidden = line.dataset.journalWhy !== why;
  }
}
