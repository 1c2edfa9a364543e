// @ts-check
/** Looks at the timer every second, tells what is due, and hands on what is to be shown. */
import { tell } from "../lib/alerts.js";
import { look, onChange } from "./store.js";

/**
 * @param {(look: Look | null) => void} show
 */
export function followTimer(show) {
  let waiting = 0;
  const tick = () => {
    clearTimeout(waiting);
    const seen = look();
    show(seen);
    if (!seen) return;
    if (seen.cue) tell(seen.cue, seen.state.segment?.text ?? seen.timer.over, seen.timer.language);
    // Just after the second has changed, so that no second is shown twice or left out.
    waiting = setTimeout(tick, 1010 - ((Date.now() - seen.timer.startedAt) % 1000));
  };
  onChange(() => {
    // Not within the look that has made the change.
    clearTimeout(waiting);
    waiting = setTimeout(tick);
  });
  document.addEventListener("visibilitychange", tick);
  addEventListener("pageshow", tick);
  tick();
}

/** @typedef {import("./store.js").Look} Look */
