/** A script of the tests in a page of the app. */

/**
 * @param {string} address of the script
 * @param {string} name of a function that it exports
 * @param {unknown[]} values
 * @returns {Promise<unknown>} what the function gives
 */
export async function ask(address, name, values) {
  return (await import(address))[name](...values);
}
