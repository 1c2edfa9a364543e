// @ts-check
/** Says that the page works offline, and only after the worker has read everything back. */
import { all } from "../lib/dom.js";
import { ask, workers } from "./registration.js";

const REPAIR_MS = 60_000;

/** Counts the rounds: the reply of an earlier one must not overwrite a later one. */
let round = 0;

let repaired = false;

/** Asks now, and again whenever the answer may have changed. */
export async function start() {
  workers()?.addEventListener("controllerchange", check);
  addEventListener("online", check);
  addEventListener("pageshow", ({ persisted }) => {
    if (persisted) check();
  });
  for (const line of all("[data-other-language]")) line.hidden = !("asked" in document.documentElement.dataset);
  show("checking");
  await check();
}

async function check() {
  const mine = ++round;
  if (!workers()) return show("unsupported");
  try {
    const status = /** @type {Status} */ (await ask({ type: "status" }));
    if (mine !== round) return;
    showStatus(status);
    // Once a page: a repair that did not help would only spend the person's data again.
    if (status.ready === true || repaired || navigator.onLine === false) return;
    repaired = true;
    await ask({ type: "repair" }, REPAIR_MS).catch(console.warn);
    await check();
  } catch (error) {
    console.warn("Offline readiness is unknown.", error);
    if (mine === round) show("failed");
  }
}

/** @param {Status} status */
function showStatus({ ready, complete, languages = [] }) {
  show(ready === true ? "ready" : "not-ready");
  for (const line of all("[data-complete]")) line.hidden = (line.dataset.complete === "yes") !== Boolean(complete);
  for (const list of all("[data-languages]")) {
    const names = languages.map(languageName);
    list.replaceChildren(...names.flatMap((name, index) => (index ? [" · ", name] : [name])));
  }
}

/**
 * @param {string} code
 * @returns {HTMLElement} the name as this page's own link gives it
 */
function languageName(code) {
  const link = document.querySelector(`a[hreflang="${CSS.escape(code)}"]`);
  const name = document.createElement("bdi");
  name.lang = code;
  name.textContent = link?.textContent?.trim() || code;
  return name;
}

/** @param {"checking" | "ready" | "not-ready" | "unsupported" | "failed"} state */
function show(state) {
  const { dataset } = document.documentElement;
  if (state === "ready") dataset.offline = state;
  else delete dataset.offline;
  for (const line of all("[data-offline-status]")) line.hidden = line.dataset.offlineStatus !== state;
}

/** @typedef {{ready?: boolean, complete?: boolean, languages?: string[]}} Status */
