/** What a person sees on a page of the app, and which files their phone holds. */

/** @returns {string} where in the check they are; see Person.place */
export function place() {
  const card = document.querySelector(".care-card");
  if (card) return card.className.replace(/.*--/, "result-");
  if (document.querySelector("form.check > .answers")) return "answers";
  const at = document.querySelector("form.check input[name=at]");
  return at ? at.value : (document.documentElement.dataset.route ?? location.href);
}

/** @returns {string[]} the gates and rows that were answered with yes */
export function ticked() {
  const given = "[type=checkbox]:checked, .ask [value=yes]:checked";
  return [...document.querySelectorAll(given)].map((row) => row.name);
}

/** @returns {boolean} whether the first card asks if it was read */
export function asksBack() {
  return Boolean(document.querySelector("[data-too-fast]:not([hidden])"));
}

/** @returns {string[]} the answers that are marked as chosen earlier */
export function chosen() {
  return [...document.querySelectorAll("button[aria-pressed=true]")].map((button) => button.value);
}

/** @returns {Object<string, string>} the answers that the page holds for its next step */
export function kept() {
  const inputs = document.querySelectorAll("form.check input[type=hidden]");
  return Object.fromEntries([...inputs].map(({ name, value }) => [name, value]));
}

/** Taps None of these as if the page had been opened half a second ago. */
export function tapNoneUnread() {
  const tap = new MouseEvent("click", { bubbles: true, cancelable: true });
  Object.defineProperty(tap, "timeStamp", { value: 500 });
  document.querySelector("button[value=none]").dispatchEvent(tap);
}

/** @param {string} css @returns {boolean} whether something that the selector finds is visible */
export function shows(css) {
  return [...document.querySelectorAll(css)].some((found) => found.getClientRects().length > 0);
}

/** @param {string} css @param {string} property */
export function ask(css, property) {
  return document.querySelector(css)[property];
}

/** Waits until every script of the page has done what it does unasked. */
export async function started() {
  const app = document.querySelector("script[type=module]").src;
  await (await import(app)).started;
}

/**
 * Opens a page in each language, so that the phone has them from now on.
 * @param {string[]} codes
 * @returns {Promise<string[]>} the addresses of the parts on this phone so far, but for the core
 */
export async function partsHere(codes) {
  await Promise.all(codes.map((code) => fetch(`/${code}/`)));
  navigator.serviceWorker.controller?.postMessage({ type: "status" });
  const found = new Set();
  for (const name of await caches.keys()) {
    for (const { url } of await (await caches.open(name)).keys()) found.add(url);
  }
  return [...found].filter((url) => /.release.(?!core)/.test(new URL(url).pathname));
}

/** @returns {(number | string)[]} the mark of leaving, the state of loading, the address */
export function loaded() {
  return [window.leaving ?? 0, document.readyState, location.href];
}

/** Tells the page that it is seen again. */
export function comeBack() {
  document.dispatchEvent(new Event("visibilitychange"));
}

/** @returns {string} the words, or the name, of what has the focus */
export function focused() {
  const found = document.activeElement;
  if (!found || found === document.body) return "";
  return found.getAttribute("aria-label") ?? found.innerText;
}
