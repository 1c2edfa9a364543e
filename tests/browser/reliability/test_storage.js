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

/** Watches, from before the scripts of a page, which cues sound and what holds the screen on. */
export function watch() {
  window.cues = new Set();
  window.held = [];
  const { start } = OscillatorNode.prototype;
  OscillatorNode.prototype.start = function (at) {
    window.cues.add(Math.round(performance.now() / 1000));
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
  window.cues.clear();
  const { now } = Date;
  Date.now = () => now() + s * 1000;
  tell(false);
}

/** @returns {[number, number]} how many cues have sounded since, and how often the screen was asked for in all */
export function seen() {
  return [window.cues.size, window.held.length];
}
