// @ts-check
/** Tells whom a timer was refused which other one runs, or from when on it may be used again. */
import { all, setText } from "../lib/dom.js";

/**
 * @param {HTMLElement} starter
 * @param {import("./store.js").Refusal} refusal
 * @param {() => void} replace stops the timer that runs, and starts this one
 */
export function explain(starter, refusal, replace) {
  if (refusal.why === "busy") {
    setText("[data-timer-other]", refusal.timer.name, starter);
    const [stop] = all("[data-timer-replace]", starter);
    stop.onclick = replace;
    stop.focus();
  } else {
    showTime(starter, refusal.from);
  }
}

/**
 * @param {HTMLElement} starter
 * @param {number} from
 */
function showTime(starter, from) {
  // Half past eleven at night, "tomorrow" would be read as a long time.
  const today = from - Date.now() < 12 * 3_600_000;
  for (const part of all("[data-timer-say=today]", starter)) part.hidden = !today;
  for (const part of all("[data-timer-say=tomorrow]", starter)) part.hidden = today;
  const { lang } = document.documentElement;
  const time = new Intl.DateTimeFormat(`${lang}-u-nu-latn`, { timeStyle: "short" });
  // To the next whole minute: a minute too early would be refused once more.
  setText("[data-timer-from]", time.format(Math.ceil(from / 60_000) * 60_000), starter);
}
