// @ts-check
/** The page of the timer: what to do now, how long still, what comes next. */
import { ALERTS_CHANGED, has, isOn, soundWaits } from "../lib/alerts.js";
import { all, show } from "../lib/dom.js";
import { endsWithWindow } from "../lib/safe-storage.js";
import { TIMER } from "../lib/storage-keys.js";
import { canStayAwake, mayGoOff, stayAwake, watchScreen } from "../lib/wake-lock.js";
import { clockTime } from "./bar.js";
import { followTimer } from "./clock.js";
import { SLIP_S } from "./state.js";
import { current } from "./store.js";

/** Shorter segments than this are counted down by themselves. */
const SHORT_S = 60;

/** @type {typeof import("../lib/voice.js") | undefined} */
let voice;

/** Whether the end came while nobody looked. */
let missed = false;

/** Shows the timer, and follows it. */
export async function start() {
  for (const button of all("[data-timer-do], [data-timer-toggle]")) button.addEventListener("click", act);
  watchScreen(showToggles);
  addEventListener(ALERTS_CHANGED, showToggles);
  followTimer(draw);
  showToggles();
  // Once the timer runs, and before there may be no network: Stop must work.
  await prepare();
}

/** Prepares what the buttons do, and the voice. */
async function prepare() {
  await import("./actions.js");
  voice = await import("../lib/voice.js");
  voice.watchVoices(showToggles);
}

/** @param {Look | null} look */
function draw(look) {
  show("[data-timer-none]", !look);
  show("[data-timer-view]", !!look);
  if (!look) return stayAwake(false);
  const { timer, state, cue } = look;
  missed = state.over && (missed || (cue === "end" && state.late >= SLIP_S));
  showState(stateName(timer, state));
  showWords(timer, state, cue);
  showTimes(timer, state);
  stayAwake(state.rings || (!state.over && timer.pausedAt === null));
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
  all("[data-timer-view]")[0].dataset.timerView = name;
}

/**
 * @param {Timer} timer
 * @param {State} state
 * @param {string | null} cue
 */
function showWords(timer, state, cue) {
  const text = state.segment?.text ?? timer.over;
  const next = state.next?.text ?? timer.over;
  write("name", timer.name, timer.language);
  write("text", text, timer.language);
  // Tells those who do not see the page, once at each turn.
  if (cue || state.over) write("said", text, timer.language);
  write("next", next, timer.language);
  part("next", !state.over && next !== "");
  part("missed", missed && !timer.unsure);
  part("late", state.over && !timer.unsure && state.late >= SLIP_S);
  part("unkept", endsWithWindow(TIMER));
  showPicture(state.segment?.picture);
  keepRoom(timer);
  for (const link of all("[data-timer-back]")) link.setAttribute("href", `/${document.documentElement.lang}/${timer.back}`);
}

/**
 * Keeps room for the longest text, so that nothing jumps from one to the next.
 * @param {Timer} timer
 */
function keepRoom({ segments, over, language, startedAt }) {
  const [frame] = all(".timer__text");
  if (frame.dataset.room === String(startedAt)) return;
  frame.dataset.room = String(startedAt);
  for (const old of all(".timer__room")) old.remove();
  for (const textContent of new Set([...segments.map(({ text }) => text), over])) {
    const room = { className: "timer__room", lang: language, textContent };
    frame.append(Object.assign(document.createElement("span"), room));
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
  all("[data-timer-hand]")[0].style.setProperty("stroke-dashoffset", String(100 - 100 * rest));
}

function showToggles() {
  const tap = soundWaits();
  const there = {
    sound: has("sound") && !tap,
    vibration: has("vibration"),
    voice: !!voice?.hasVoice(current()?.language ?? ""),
    awake: canStayAwake,
  };
  part("tap", tap);
  part("dark", mayGoOff());
  for (const button of all("[data-timer-toggle]")) {
    const what = /** @type {keyof typeof there} */ (button.dataset.timerToggle);
    button.hidden = !there[what];
    button.setAttribute("aria-pressed", String(what === "awake" ? !mayGoOff() : isOn(what)));
  }
}

/** @param {Event} event */
function act(event) {
  const button = /** @type {HTMLElement} */ (event.currentTarget);
  event.preventDefault();
  import("./actions.js").then((actions) => actions.act(button)).catch(console.warn);
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
 */
