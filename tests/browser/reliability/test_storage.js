/** A phone without room, and one whose screen locks. */

const { add } = IDBObjectStore.prototype;

/** Leaves no room for another entry of the journal. */
export function fill() {
  window.added = add;
  IDBObjectStore.prototype.add = () => {
    throw new DOMException("Full.", "QuotaExceededError");
  };
}

/** Makes room again. */
export function makeRoom() {
  IDBObjectStore.prototype.add = window.added;
}

/** Watches, from before the scripts of a page, which tones sound and what holds the screen on. */
export function watch() {
  window.tones = [];
  window.held = [];
  // Sound runs, also on a machine that has no loudspeaker.
  Object.defineProperty(AudioContext.prototype, "state", { get: () => "running" });
  const { start } = OscillatorNode.prototype;
  OscillatorNode.prototype.start = function (at) {
    window.tones.push(performance.now());
    return start.call(this, at);
  };
  if (!window.WakeLock) return;
  const { request } = WakeLock.prototype;
  WakeLock.prototype.request = function (type) {
    const lock = request.call(this, type);
    window.held.push(lock);
    return lock;
  };
}

/** Locks the screen, and unlocks it when the clock says that so many seconds are over. @param {number} s */
export async function lockFor(s) {
  const tell = (hidden) => {
    Object.defineProperty(document, "hidden", { value: hidden, configurable: true });
    document.dispatchEvent(new Event("visibilitychange"));
  };
  tell(true);
  // A browser takes the screen back then; where it had refused it there is nothing to take.
  for (const lock of window.held) await lock.then((one) => one.release()).catch(() => {});
  window.tones = [];
  window.held = [];
  const { now } = Date;
  Date.now = () => now() + s * 1000;
  tell(false);
}

/** @returns {number[]} when, in milliseconds, each tone since was begun */
export function tones() {
  return window.tones;
}

/** @returns {number | null} how often the screen was asked for since; null where it cannot be held on */
export function timesAsked() {
  return window.WakeLock ? window.held.length : null;
}
