/** What the page of the timer shows, and what the phone keeps of the timer behind it. */
import { ownModule } from "../../support/own_module.js";

const KEPT = "easeback.timer";

/** @param {Object} plan @param {boolean} replace @returns {Promise<string | null>} why not */
export async function start(plan, replace) {
  const { startTimer } = await ownModule("timer/start.js");
  return startTimer(plan, replace)?.why ?? null;
}

/** @returns {Promise<boolean>} whether a timer runs, is paused or has just ended */
export async function isThere() {
  return (await ownModule("timer/store.js")).current() !== null;
}

/** @returns {Promise<number>} when the timer was started, in milliseconds since 1970 */
export async function startedAt() {
  return (await ownModule("timer/store.js")).current().startedAt;
}

/** @returns {Promise<number>} the seconds until the last round is over */
export async function leftInAll() {
  return (await ownModule("timer/store.js")).look().state.leftInAll;
}

/** @returns {Object} the timer as the phone keeps it */
export function kept() {
  return JSON.parse(localStorage.getItem(KEPT));
}

/** @returns {string | null} what the phone keeps of the timer, letter by letter */
export function keptText() {
  return localStorage.getItem(KEPT);
}

/** @param {string} text what the phone keeps from now on */
export function keep(text) {
  localStorage.setItem(KEPT, text);
}

/** @param {Object[]} uses the timers that were, in place of the one that runs */
export function keepOnlyUses(uses) {
  localStorage.removeItem(KEPT);
  localStorage.setItem("easeback.timer-log", JSON.stringify(uses));
}

/** @param {string} channel @returns {boolean | null} whether its button says that it is on */
export function isOn(channel) {
  return JSON.parse(document.querySelector(`[data-timer-toggle=${channel}]`).ariaPressed);
}

/** @returns {[string, boolean]} the first sentence of what to do, and whether it is mirrored */
export function played() {
  const { className } = document.querySelector("[data-timer-picture] img");
  const { textContent } = document.querySelector("[data-timer-text]");
  return [textContent.split(".")[0], className.includes("mirrored")];
}

/** @param {string} css @returns {boolean} whether anything is there, even out of sight */
export function isOnThePage(css) {
  return document.querySelector(css) !== null;
}
