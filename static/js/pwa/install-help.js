// @ts-check
/** Offers to install, where that is possible and once the page is sure to work offline. */
import { optional } from "../lib/dom.js";

const INSTALLED = "(display-mode: standalone), (display-mode: minimal-ui)";

/** @type {InstallPrompt | null} */
let prompt = null;

/** Keeps the browser's own prompt for the button, and follows the offline sign. */
export async function start() {
  addEventListener("beforeinstallprompt", (event) => {
    event.preventDefault();
    prompt = /** @type {InstallPrompt} */ (event);
    show();
  });
  addEventListener("appinstalled", () => {
    prompt = null;
    show();
  });
  optional("[data-install-prompt]")?.addEventListener("click", install);
  const sign = { attributes: true, attributeFilter: ["data-offline"] };
  new MutationObserver(show).observe(document.documentElement, sign);
  show();
}

function install() {
  // A prompt serves once, whatever the person answers.
  prompt?.prompt().catch(console.warn);
  prompt = null;
  show();
}

function show() {
  const welcome = document.documentElement.dataset.offline === "ready" && !isInstalled();
  const panel = optional("[data-install]");
  const button = optional("[data-install-prompt]");
  const steps = optional("[data-install-ios]");
  if (button) button.hidden = !(welcome && prompt);
  // Only the browsers of iPhone and iPad have this property, and none of them has a prompt.
  if (steps) steps.hidden = !(welcome && "standalone" in navigator);
  if (!panel) return;
  panel.hidden = ![button, steps].some((part) => part && !part.hidden && panel.contains(part));
}

function isInstalled() {
  if (/** @type {{standalone?: boolean}} */ (navigator).standalone) return true;
  return typeof matchMedia === "function" && matchMedia(INSTALLED).matches;
}

/** @typedef {Event & {prompt(): Promise<unknown>}} InstallPrompt */
