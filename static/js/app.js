// @ts-check
/**
 * Starts what each page asks for. The pages are whole without any of it, and every part is fetched
 * and started by itself, so that one that fails is reported and takes nothing else with it.
 */
import { read } from "./lib/safe-storage.js";
import { FEEDBACK } from "./lib/storage-keys.js";

/**
 * What a page has to hold, and the module that is then started.
 * @type {Record<string, () => Promise<{start: () => Promise<void>}> | undefined>}
 */
const parts = {
  "[data-emergency-number], [data-number-text], [data-country]": () => import("./emergency/number.js"),
  ":root": () => import("./pwa/registration.js"),
  "[data-offline-sign], [data-offline-status]": () => import("./pwa/offline-sign.js"),
  // A page that no worker answered is the server's own, and the newest.
  "[data-recalled]": () => (navigator.serviceWorker?.controller ? import("./recall/notice.js") : undefined),
  "[data-update]": () => import("./pwa/update-offer.js"),
  "[data-install], [data-install-ios]": () => import("./pwa/install-help.js"),
  "[data-timer-bar]": () => import("./timer/bar.js"),
  "[data-timer-start]": () => import("./timer/start.js"),
  "[data-timer-view]": () => import("./timer/page.js"),
  "form[method=post]:not([data-feedback])": () => import("./pwa/own-forms.js"),
  "[data-feedback]": () => import("./feedback/page.js"),
  "[data-route='']": () => (read(FEEDBACK) ? import("./feedback/queue.js") : undefined),
  "[data-print]": () => import("./exercises/print-set.js"),
  "[data-mover]": () => import("./exercises/moving-drawing.js"),
  "[data-route^='check/']": () => import("./check/draft.js"),
  "[data-too-fast]": () => import("./check/too-fast.js"),
  "[data-help-card]": () => import("./help-card/page.js"),
  "[data-search]": () => import("./search/page.js"),
  "[data-floor]": () => import("./floor/page.js"),
  "[data-walks]": () => import("./walking/log.js"),
  "[data-journal-list]": () => import("./journal-pages/journal.js"),
  "[data-hand-over]": () => import("./journal-pages/hand-over.js"),
  "[data-backup]": () => import("./backup/page.js"),
  "[data-keep-result]": () => import("./journal-pages/keep-result.js"),
  "[data-calendar]": () => import("./walking/calendar.js"),
};

document.documentElement.dataset.scripts = "";

/** Settles once every part of this page has started, or failed to. @public for tests */
export const started = Promise.all(Object.entries(parts).map(start));

/** @param {[hook: string, load: (typeof parts)[string]]} part */
async function start([hook, load]) {
  if (!document.querySelector(hook)) return;
  try {
    const module = await load();
    await module?.start();
  } catch (error) {
    console.warn(`Not started: ${hook}`, error);
  }
}
