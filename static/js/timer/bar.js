// @ts-check
/** Shows on every page that a timer runs. What that needs is fetched only where there is one. */
import { read } from "../lib/safe-storage.js";
import { TIMER } from "../lib/storage-keys.js";

let follows = false;

/** Shows the bar, now or once a timer is started here or in another tab. */
export async function start() {
  for (const event of ["storage", "timerchange", "pageshow"]) addEventListener(event, follow);
  await follow();
}

async function follow() {
  if (follows || !read(TIMER)) return;
  follows = true;
  (await import("./clock.js")).followTimer(show);
}

/** @param {import("./store.js").Look | null} look */
function show(look) {
  const bar = /** @type {HTMLElement} */ (document.querySelector("[data-timer-bar]"));
  const [name, left, over] = bar.children;
  bar.hidden = !look;
  if (!look) return;
  const { timer, state } = look;
  name.textContent = timer.name;
  name.setAttribute("lang", timer.language);
  left.textContent = clockTime(state.leftInAll);
  left.toggleAttribute("hidden", state.over);
  over.toggleAttribute("hidden", !state.over);
}

/**
 * @param {number} seconds
 * @returns {string} such as 9:05 or 1:00:00
 */
export function clockTime(seconds) {
  const parts = [Math.floor(seconds / 60) % 60, seconds % 60];
  if (seconds >= 3600) parts.unshift(Math.floor(seconds / 3600));
  return parts.map((part, index) => String(part).padStart(index ? 2 : 1, "0")).join(":");
}
