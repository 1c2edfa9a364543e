// @ts-check
/**
 * Shows the way up from the floor one step at a time, aloud if wanted, and going on by itself if
 * wanted. Without this script the page is a list of all steps.
 */
import { tell } from "../lib/alerts.js";
import { all, find, show } from "../lib/dom.js";
import { hasVoice, hush, speak, watchVoices } from "../lib/voice.js";
import { stayAwake, watchScreen } from "../lib/wake-lock.js";

/** How long a step stays once it was said. */
const PAUSE_S = 30;
/** How long we wait for the voice: some phones say that they speak and never stop. */
const SAID_S = 30;
const { lang } = document.documentElement;

/** Which step is shown; -1: the list. */
let at = -1;

/** Seconds until the next step comes by itself; 0: it does not. */
let left = 0;

let clock = 0;

/** Seconds for which the voice may still hold up the count. */
let patience = 0;

/** Wires the buttons; what cannot work on this phone stays hidden. */
export async function start() {
  document.addEventListener("click", ({ target }) => {
    const button = /** @type {Element} */ (target).closest("[data-floor-go]");
    if (button instanceof HTMLElement) actions[button.dataset.floorGo ?? ""]?.();
  });
  const helped = /** @type {HTMLInputElement} */ (find("[data-floor-helped]"));
  const showHelper = () => show("[data-floor-helper]", helped.checked);
  helped.addEventListener("change", showHelper);
  showHelper();
  watchVoices(offerVoice);
  // Whoever waits with closed eyes must not have to aim.
  for (const kind of ["pointerdown", "keydown"]) addEventListener(kind, stay, true);
  addEventListener("visibilitychange", stay);
  addEventListener("pagehide", leave);
  watchScreen(() => {});
  leave();
}

/** @type {Record<string, () => void>} */
const actions = {
  start: () => showStep(0),
  alone: goAlone,
  back: () => showStep(Math.max(0, at - 1)),
  next: () => showStep(at + 1),
  voice: () => setVoice(!speaking()),
  stop: () => {
    leave();
    find("[data-floor-rest]").scrollIntoView({ block: "center" });
    find("[data-floor-rest]").focus({ preventScroll: true });
  },
  done: () => {
    leave();
    find("[data-floor-start]").scrollIntoView({ block: "center" });
  },
};

function offerVoice() {
  show("[data-floor-go=voice]", hasVoice(lang));
}

function goAlone() {
  setVoice(true);
  showStep(0, find("[data-floor-how]").textContent ?? "");
  wait();
}

/**
 * @param {number} number of the step, from 0
 * @param {string} first what is said before it
 */
function showStep(number, first = "") {
  const steps = all("[data-floor-step]");
  at = Math.min(number, steps.length - 1);
  steps.forEach((step, index) => (step.hidden = index !== at));
  find("[data-floor-number]").textContent = String(at + 1);
  setPaced(true);
  show("[data-floor-go=next]", at < steps.length - 1);
  show("[data-floor-go=done]", at === steps.length - 1);
  /** @type {HTMLButtonElement} */ (find("[data-floor-go=back]")).disabled = at === 0;
  scrollTo({ top: 0, behavior: "instant" });
  steps[at].focus({ preventScroll: true });
  if (speaking()) say([first, ...words(steps[at])]);
}

/** Shows the list again, silently. */
function leave() {
  at = -1;
  stay();
  setVoice(false);
  for (const step of all("[data-floor-step]")) step.hidden = false;
  setPaced(false);
}

/** @param {boolean} paced */
function setPaced(paced) {
  find("[data-floor]").classList.toggle("floor--paced", paced);
  show("[data-floor-around]", !paced);
  show("[data-floor-bar], [data-floor-count]", paced);
  stayAwake(paced);
}

/** Counts down to the next step. */
function wait() {
  left = PAUSE_S;
  patience = SAID_S;
  showLeft();
  clearInterval(clock);
  clock = setInterval(tick, 1000);
}

function tick() {
  if (globalThis.speechSynthesis?.speaking && patience-- > 0) return;
  left -= 1;
  if (left) return showLeft();
  showStep(at + 1);
  tell("mark", "", lang);
  if (at < all("[data-floor-step]").length - 1) wait();
  else stay();
}

/** Stays at this step until the person goes on. */
function stay() {
  clearInterval(clock);
  left = 0;
  showLeft();
}

function showLeft() {
  find("[data-floor-left]").textContent = String(left);
  show("[data-floor-wait]", left > 0);
}

/** @returns {boolean} whether steps are read aloud */
function speaking() {
  return find("[data-floor-go=voice]").getAttribute("aria-pressed") === "true";
}

/** @param {boolean} on */
function setVoice(on) {
  find("[data-floor-go=voice]").setAttribute("aria-pressed", String(on));
  if (!on) hush();
  else if (at >= 0) say(words(all("[data-floor-step]")[at]));
}

/** @param {string[]} parts */
function say(parts) {
  speak(parts.join(" ").trim(), lang);
}

/**
 * @param {HTMLElement} step
 * @returns {string[]} what is to be read of a step: its text, and the helper's if somebody helps
 */
function words(step) {
  const said = /** @type {NodeListOf<HTMLElement>} */ (step.querySelectorAll("[data-floor-said]"));
  return [...said].filter((part) => !part.closest("[hidden]")).map((part) => part.textContent ?? "");
}
