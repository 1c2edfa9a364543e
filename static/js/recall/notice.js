// @ts-check
/**
 * Says that the release of this page was called back, or that its advice is old. What was heard is
 * kept, so that a phone without a network still says it; no page waits for the question.
 */
import { optional } from "../lib/dom.js";
import { read, write } from "../lib/safe-storage.js";
import { RECALLED, RECALL_ASKED } from "../lib/storage-keys.js";
import { ask as askWorker, registerWorker, workers } from "../pwa/registration.js";

const HOUR_MS = 36e5;
const YEAR_MS = 365 * 864e5;
const PATIENCE_MS = 10_000;

let asks = false;

/** Looks at what is known, asks at most once an hour, and again when the page is seen again. */
export async function start() {
  show();
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "visible") ask().catch(console.warn);
  });
  await ask();
}

/**
 * Lets the worker ask the server which releases no phone may use, and looks for a newer one. The page
 * asks nothing itself: a network that is not there is no fault of the page.
 */
async function ask() {
  const since = Date.now() - Number(read(RECALL_ASKED));
  if (asks || (since >= 0 && since < HOUR_MS)) return;
  asks = true;
  const revoked = await askWorker({ type: "recalled" }, PATIENCE_MS).catch(() => null);
  asks = false;
  // No network, or a page that is not ours in its place: what is known stays.
  if (!Array.isArray(revoked)) return;
  write(RECALLED, revoked.length ? revoked.filter((id) => typeof id === "string").join(" ") : null);
  write(RECALL_ASKED, String(Date.now()));
  show();
  const container = workers();
  if (!container) return;
  const registration = await registerWorker();
  await registration.update().catch(() => {});
  if (isRecalled()) replace(container, registration);
}

function show() {
  const recalled = optional("[data-recalled]");
  if (recalled) recalled.hidden = !isRecalled();
  const old = optional("[data-old-advice]");
  const checked = Date.parse(optional(".foot time")?.getAttribute("datetime") ?? "");
  if (old) old.hidden = isRecalled() || !(Date.now() - checked > YEAR_MS);
}

/** @returns {boolean} whether the release that made this page was called back */
function isRecalled() {
  const mine = optional("[data-release]")?.textContent?.trim() ?? "";
  return (read(RECALLED) ?? "").split(" ").includes(mine);
}

/**
 * Lets a newer release take over at once, without asking: the old one must not be used. A result is
 * asked for again, with the same answers; what somebody writes on other pages stays where it is.
 * @param {ServiceWorkerContainer} container
 * @param {ServiceWorkerRegistration} registration
 */
function replace(container, registration) {
  const take = () => {
    if (!registration.waiting || !container.controller) return;
    container.addEventListener("controllerchange", anew, { once: true });
    registration.waiting.postMessage({ type: "activate" });
  };
  const watch = () => registration.installing?.addEventListener("statechange", take);
  registration.addEventListener("updatefound", watch);
  watch();
  take();
}

function anew() {
  const answers = /** @type {HTMLFormElement | null} */ (document.querySelector("form#answers"));
  if (answers && document.querySelector(".care-card")) answers.submit();
  else if (!document.querySelector("main form")) location.reload();
}
