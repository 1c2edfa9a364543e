// @ts-check
/** Looks at the timer every second, tells what is due, and hands on what is to be shown. */
import { isAudible, tell, wakeSound } from "../lib/alerts.js";
import { insists } from "./state.js";
import { look, onChange } from "./store.js";

/** What lies on the skin is told of so often, for so long after its end or a return to the page. */
const AGAIN_MS = 20_000;
const INSIST_MS = 600_000;

/**
 * @param {(look: Look | null) => void} show
 */
export function followTimer(show) {
  let waiting = 0;
  let told = 0;
  let since = 0;
  const tick = () => {
    clearTimeout(waiting);
    const seen = look(!document.hidden || isAudible());
    show(seen);
    if (!seen) return;
    const { timer, state, cue } = seen;
    const now = performance.now();
    if (cue === "end") since = now;
    const again = state.over && insists(timer) && now - since < INSIST_MS && now - told >= AGAIN_MS;
    if (cue || again) {
      told = now;
      tell(cue ?? "end", state.segment?.text ?? timer.over, timer.language);
    }
    // Just after the second has changed, so that no second is shown twice or left out.
    waiting = setTimeout(tick, 1010 - ((Date.now() - timer.startedAt) % 1000));
  };
  const back = () => {
    if (!document.hidden) since = performance.now();
    tick();
  };
  onChange(() => {
    // Not within the look that has made the change.
    clearTimeout(waiting);
    waiting = setTimeout(tick);
  });
  document.addEventListener("visibilitychange", back);
  addEventListener("pageshow", back);
  wakeSound();
  tick();
}

/** @typedef {import("./store.js").Look} Look */
