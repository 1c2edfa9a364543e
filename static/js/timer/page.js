// @ts-check
/** The page of the timer: what to do now, how long still, what comes next. */
import { has, isOn, soundWaits, tell, turn } from "../lib/alerts.js";
import { all, show } from "../lib/dom.js";
import { endsWithWindow } from "../lib/safe-storage.js";
import { TIMER } from "../lib/storage-keys.js";
import { canStayAwake, isAwake, mayGoOff, stayAwake, watchScreen } from "../lib/wake-lock.js";
import { clockTime } from "./bar.js";
import { followTimer } from "./clock.js";
import { cutShort, insists, stateAt, toggled } from "./state.js";
import { clear, current, keep } from "./store.js";

/** Shorter segments than this are counted down by themselves. */
const SHORT_S = 60;

/** Less than this was no use of anything, and nobody wonders where the time has gone. */
const SLIP_S = 60;

/** So long the screen is held on for an end that is told again and again. */
const INSIST_S = 600;

/** @type {() => boolean} */
let waitsForTap = () => false;

/** Whether the end came while nobody looked. */
let missed = false;

/** Whether the person let the screen go off. */
let maySleep = false;

/** Shows the timer, and follows it. */
export async function start() {
  const actions = { toggle, stop, close, leave, note: clear };
  for (const [name, act] of Object.entries(actions)) {
    for (const button of all(`[data-timer-do="${name}"]`)) button.addEventListener("click", act);
  }
  for (const button of all("[data-timer-toggle]")) button.addEventListener("click", flip);
  watchScreen(showToggles);
  if ("speechSynthesis" in window) speechSynthesis.addEventListener?.("voiceschanged", showToggles);
  followTimer(draw);
  if (current()) waitsForTap = soundWaits(showToggles);
  showToggles();
}

/** @param {Look | null} look */
function draw(look) {
  show("[data-timer-none]", !look);
  show("[data-timer-view]", !!look);
  if (!look) return stayAwake(false);
  const { timer, state, cue } = look;
  missed = state.over && (missed || (cue === "end" && state.late >= SLIP_S));
  showState(stateName(timer, state));
  showWords(timer, state);
  showTimes(timer, state);
  if (cue || missed) say(timer, state);
  const runs = state.over ? insists(timer) && state.late < INSIST_S : timer.pausedAt === null;
  stayAwake(runs && !maySleep);
}

/**
 * @param {Timer} timer
 * @param {State} state
 */
function stateName(timer, state) {
  if (timer.unsure) return "unsure";
  if (state.over) return "over";
  if (timer.pausedAt !== null) return "paused";
  return timer.maximum === null ? "running" : "held";
}

/** @param {string} name */
function showState(name) {
  for (const part of all("[data-timer-when]")) {
    part.hidden = !part.dataset.timerWhen?.split(" ").includes(name);
  }
  for (const view of all("[data-timer-view]")) view.dataset.timerView = name;
}

/**
 * @param {Timer} timer
 * @param {State} state
 */
function showWords(timer, state) {
  const next = state.next?.text ?? timer.over;
  write("name", timer.name, timer.language);
  write("text", state.segment?.text ?? timer.over, timer.language);
  write("next", next, timer.language);
  part("next", !state.over && next !== "");
  part("missed", missed && !timer.unsure);
  part("late", state.over && !timer.unsure && state.late >= SLIP_S);
  part("unkept", endsWithWindow(TIMER));
  showPicture(state.segment?.picture);
  keepRoom(timer);
  for (const link of all("[data-timer-back]")) link.setAttribute("href", backOf(timer));
}

/**
 * Keeps room for the longest text, so that nothing jumps from one to the next.
 * @param {Timer} timer
 */
function keepRoom({ segments, over, language, startedAt }) {
  for (const frame of all(".timer__text")) {
    if (frame.dataset.room === String(startedAt)) continue;
    frame.dataset.room = String(startedAt);
    for (const old of all(".timer__room")) old.remove();
    for (const text of new Set([...segments.map(({ text }) => text), over])) {
      const room = Object.assign(document.createElement("span"), { className: "timer__room", lang: language });
      room.textContent = text;
      frame.append(room);
    }
  }
}

/** @param {import("./state.js").Picture} [picture] */
function showPicture(picture) {
  const [frame] = all("[data-timer-picture]");
  frame.hidden = !picture;
  const [night, day] = frame.children;
  day.classList.toggle("picture--mirrored", !!picture?.mirror);
  if (!picture || day.getAttribute("src") === picture.day) return;
  night.setAttribute("srcset", picture.night);
  day.setAttribute("height", String(picture.height));
  day.setAttribute("src", picture.day);
}

/**
 * @param {Timer} timer
 * @param {State} state
 */
function showTimes({ segments, rounds }, { segment, left, leftInAll, late, round, part: passed, over }) {
  const short = segments.some(({ seconds }) => seconds < SHORT_S);
  write("left", clockTime(short ? left : leftInAll));
  write("all", clockTime(leftInAll));
  write("until", short ? "" : clockTime(left));
  write("late", clockTime(late));
  write("round", `${round} / ${rounds}`);
  part("all", short && !over);
  part("until", !short);
  part("soon", short);
  part("round", rounds > 1 && !over);
  const rest = short && segment ? left / segment.seconds : 1 - passed;
  for (const hand of all("[data-timer-hand]")) {
    hand.style.setProperty("stroke-dashoffset", String(100 - 100 * rest));
  }
}

/**
 * Tells those who do not see the page, once at each turn.
 * @param {Timer} timer
 * @param {State} state
 */
function say(timer, state) {
  write("said", state.segment?.text ?? timer.over, timer.language);
}

function showToggles() {
  const language = current()?.language ?? "";
  const tap = waitsForTap();
  part("tap", tap);
  part("dark", mayGoOff());
  for (const button of all("[data-timer-toggle]")) {
    const channel = /** @type {Channel | "awake"} */ (button.dataset.timerToggle);
    const awake = channel === "awake";
    button.hidden = awake ? !canStayAwake : !has(channel, language) || (tap && channel === "sound");
    button.setAttribute("aria-pressed", String(awake ? isAwake() : isOn(channel)));
  }
}

/** @param {Event} event */
function flip({ currentTarget }) {
  const button = /** @type {HTMLElement} */ (currentTarget);
  const on = button.getAttribute("aria-pressed") !== "true";
  const channel = /** @type {Channel | "awake"} */ (button.dataset.timerToggle);
  if (channel === "awake") {
    maySleep = !on;
    // Where it was refused it is wanted already, and is to be tried again.
    stayAwake(false);
    stayAwake(on);
  } else {
    turn(channel, on);
    waitsForTap = soundWaits(showToggles);
    const timer = current();
    // So that it is known how it sounds.
    if (on && timer) tell("mark", stateAt(timer, Date.now()).segment?.text ?? timer.over, timer.language);
  }
  showToggles();
}

function toggle() {
  const timer = current();
  if (timer && timer.maximum === null) keep(toggled(timer, Date.now()));
}

/** Ends the timer; where something lies on the skin, what to do then comes before the way back. */
function stop() {
  const timer = current();
  if (!timer) return;
  const seconds = (Date.now() - timer.startedAt) / 1000;
  if (timer.maximum === null || seconds < SLIP_S) return close();
  keep(cutShort(timer, Date.now()));
  scrollTo({ top: 0 });
}

function close() {
  const timer = current();
  clear();
  if (timer && !wentBack()) location.assign(backOf(timer));
}

/**
 * Goes to where the person came from: an answer that was posted there is still on it.
 * @param {Event} event
 */
function leave(event) {
  if (wentBack()) event.preventDefault();
}

/**
 * After a link, Firefox names no referrer to a page from a worker; it counts the pages before it.
 * @returns {boolean}
 */
function wentBack() {
  const { navigation } = window;
  const ours = navigation
    ? (navigation.currentEntry?.index ?? 0) > 0
    : document.referrer.startsWith(`${location.origin}/`) && history.length > 1;
  if (ours) history.back();
  return ours;
}

/** @param {Timer} timer */
function backOf({ back }) {
  return `/${document.documentElement.lang}/${back}`;
}

/**
 * @param {string} name
 * @param {string} text
 * @param {string} [language]
 */
function write(name, text, language) {
  for (const element of all(`[data-timer-${name}]`)) {
    if (language) element.lang = language;
    if (element.textContent !== text) element.textContent = text;
  }
}

/**
 * @param {string} name
 * @param {boolean} visible
 */
function part(name, visible) {
  show(`[data-timer-show="${name}"]`, visible);
}

/**
 * @typedef {import("./store.js").Look} Look
 * @typedef {import("./state.js").Timer} Timer
 * @typedef {import("./state.js").State} State
 * @typedef {import("../lib/alerts.js").Channel} Channel
 */
