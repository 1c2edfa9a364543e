// @ts-check
/** Looks at the timer every second, tells what is due, and hands on what is to be shown. */
import { isAudible, tell, wakeSound } from "../lib/alerts.js";
import { look, onChange } from "./store.js";

/** How often an end is told that somebody has to act on. */
const AGAIN_MS = 20_000;

/**
 * @param {(look: Look | null) => void} show
 */
export function followTimer(show) {
  let waiting = 0;
  let told = 0;
  const tick = () => {
    clearTimeout(waiting);
    const present = !document.hidden || isAudible();
    const seen = look(present);
    show(seen);
    if (!seen) return;
    const { timer, state, cue } = seen;
    const now = performance.now();
    if (cue || (present && state.rings && now - told >= AGAIN_MS)) {
      told = now;
      tell(cue ?? "end", state.segment?.text ?? timer.over, timer.language);
    }
    // Just after the second has changed, so that no second is shown twice or left out.
    waiting = setTimeout(tick, 1010 - ((Date.now() - timer.startedAt) % 1000));
  };
  onChange(() => {
    // Not within the look that has made the change.
    clearTimeout(waiting);
    waiting = setTimeout(tick);
  });
  document.addEventListener("visibilitychange", tick);
  addEventListener("pageshow", tick);
  tick();
  // A browser that knows this app lets it sound at once; without a timer there is nothing to sound.
  if (waiting) wakeSound();
}

/** @typedef {import("./store.js").Look} Look */
