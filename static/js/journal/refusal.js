// @ts-check
/** Says in words that the journal's database refuses, on a page that has the words. */
import { all } from "../lib/dom.js";

/**
 * Does what needs the store; where the store refuses, says so in words.
 * @param {() => Promise<unknown>} act
 */
export async function guarded(act) {
  for (const one of all("[data-journal-why]")) one.hidden = true;
  try {
    await act();
  } catch (fault) {
    const { why } = /** @type {{why?: string}} */ (fault);
    if (!why) throw fault;
    for (const one of all("[data-journal-why]")) one.hidden = one.dataset.journalWhy !== why;
    for (const one of all("[data-journal-kept]")) one.hidden = true;
  }
}
