/** A copy of one journal, brought back into another. */
import { ownModule } from "../support/own_module.js";

/**
 * @param {Object[]} here the entries that the phone has
 * @param {Object[]} there those of the copy, which is brought back twice
 * @returns {Promise<Object[]>} what the phone has then
 */
export async function restoreTwice(here, there) {
  const { fromCopy, toCopy } = await ownModule("journal/copy.js");
  const store = await ownModule("journal/store.js");
  await store.eraseAll();
  await store.append(here);
  const file = toCopy(there);
  await store.append(fromCopy(file).entries);
  await store.append(fromCopy(file).entries);
  return store.readAll();
}
