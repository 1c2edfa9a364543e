/** A copy of one journal, brought back into another. */

/**
 * @param {Object[]} here the entries that the phone has
 * @param {Object[]} there those of the copy, which is brought back twice
 * @returns {Promise<Object[]>} what the phone has then
 */
export async function restoreTwice(here, there) {
  const app = document.querySelector("script[type=module]").src;
  const { fromCopy, toCopy } = await import(app.replace("app.js", "journal/copy.js"));
  const store = await import(app.replace("app.js", "journal/store.js"));
  await store.eraseAll();
  await store.append(here);
  const file = toCopy(there);
  await store.append(fromCopy(file).entries);
  await store.append(fromCopy(file).entries);
  return store.readAll();
}
