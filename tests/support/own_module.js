/** The app's own modules, as the page that is shown has them. */

const IMPORTED = /\b(?:from|import)\s*\(?"(\.[^"]+)"/g;

/**
 * Finds a module by what is imported, beginning at the script of the page: addresses hold hashes.
 * @param {string} path such as "journal/store.js"
 * @returns {Promise<string>} its address
 */
async function ownAddress(path) {
  // A page whose server has died meanwhile still knows where its modules came from.
  window.ownAddresses ??= {};
  return (window.ownAddresses[path] ??= await find(path));
}

/** @param {string} path @returns {Promise<string>} */
async function find(path) {
  const wanted = new RegExp(`/js/${path.replace(/\.js$/, "")}\\.[a-z]+\\.js$`);
  const addresses = [document.querySelector("script[type=module]").src];
  // It grows while it is walked.
  for (const address of addresses) {
    if (wanted.test(address)) return address;
    const script = await (await fetch(address)).text();
    for (const [, other] of script.matchAll(IMPORTED)) {
      const next = new URL(other, address).href;
      if (!addresses.includes(next)) addresses.push(next);
    }
  }
  throw new Error(`this page has no module ${path}`);
}

/** @param {string} path @returns {Promise<Object>} the module */
export async function ownModule(path) {
  return import(await ownAddress(path));
}
