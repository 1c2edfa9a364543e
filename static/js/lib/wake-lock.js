// @ts-check
/** Keeps the screen on. The browser takes that away when the page is hidden; what was wanted stays. */

/** @type {WakeLockSentinel | null} */
let lock = null;

let wanted = false;

/** Whether the person let the screen go off, whatever is wanted. */
let maySleep = false;

let asking = false;

/** @type {() => void} */
let tell = () => {};

export const canStayAwake = "wakeLock" in navigator;

/** @returns {boolean} whether the screen may go off now: it is not held on, and not being asked for */
export function mayGoOff() {
  return !lock && !asking;
}

/**
 * @param {() => void} told called whenever it was taken, given back or refused
 */
export function watchScreen(told) {
  tell = told;
  document.addEventListener("visibilitychange", settle);
}

/** @param {boolean} want */
export function stayAwake(want) {
  if (want === wanted) return;
  wanted = want;
  settle();
}

/**
 * Lets the screen go off, or asks for it once more where it was refused.
 * @param {boolean} may
 */
export function letSleep(may) {
  maySleep = may;
  settle();
}

async function settle() {
  if (!wanted || maySleep) return lock?.release();
  if (lock || document.hidden) return;
  asking = true;
  try {
    const taken = await navigator.wakeLock?.request("screen");
    if (!taken || lock || !wanted || maySleep) return taken?.release();
    lock = taken;
    lock.addEventListener("release", () => {
      lock = null;
      tell();
    });
  } catch (error) {
    // A battery that is nearly empty, or a page that was hidden meanwhile. Tried again when the
    // page is seen again, or the person asks.
    console.info(error);
  } finally {
    asking = false;
    tell();
  }
}
