// @ts-check
/** What the buttons of the timer's page do. */
import { isOn, tell, turn } from "../lib/alerts.js";
import { letSleep } from "../lib/wake-lock.js";
import { cutShort, SLIP_S, stateAt, toggled } from "./state.js";
import { clear, current, keep } from "./store.js";

/** @param {HTMLElement} button */
export function act(button) {
  const { timerDo = "", timerToggle } = button.dataset;
  if (timerToggle) flip(/** @type {Toggle} */ (timerToggle), button.getAttribute("aria-pressed") !== "true");
  else actions[timerDo]?.(button);
}

/** @type {Record<string, (button: HTMLElement) => void>} */
const actions = {
  toggle() {
    const timer = current();
    if (timer && timer.maximum === null) keep(toggled(timer, Date.now()));
  },
  stop() {
    const timer = current();
    if (!timer) return;
    const seconds = (Date.now() - timer.startedAt) / 1000;
    if (timer.maximum === null || seconds < SLIP_S) return close();
    // Where something lies on the skin, what to do then comes before the way back; the button is no more.
    keep(cutShort(timer, Date.now()));
    document.querySelector("h1")?.focus();
  },
  close,
  leave: (link) => goBack(addressOf(link)),
  note(link) {
    clear();
    location.assign(addressOf(link));
  },
};

function close() {
  const timer = current();
  clear();
  if (timer) goBack(`/${document.documentElement.lang}/${timer.back}`);
}

/**
 * @param {Toggle} what
 * @param {boolean} on
 */
function flip(what, on) {
  if (what === "awake") return letSleep(!on);
  turn(what, on);
  const timer = current();
  // So that it is known how it sounds.
  if (isOn(what) && timer) {
    tell("mark", stateAt(timer, Date.now()).segment?.text ?? timer.over, timer.language);
  }
}

/** @param {HTMLElement} link */
function addressOf(link) {
  return /** @type {HTMLAnchorElement} */ (link).href;
}

/**
 * Goes to where the person came from: an answer that was posted there is still on it.
 * After a link, Firefox names no referrer to a page from a worker; it counts the pages before it.
 * @param {string} otherwise where to go if that was no page of ours
 */
function goBack(otherwise) {
  const { navigation } = window;
  const ours = navigation
    ? (navigation.currentEntry?.index ?? 0) > 0
    : document.referrer.startsWith(`${location.origin}/`) && history.length > 1;
  if (ours) history.back();
  else location.assign(otherwise);
}

/** @typedef {import("../lib/alerts.js").Channel | "awake"} Toggle */
