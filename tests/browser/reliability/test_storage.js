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

/** Counts the cues that sound, and what holds the screen on from now on. */
export function listen() {
  window.cues = new Set();
  window.locked = 0;
  const { start } = OscillatorNode.prototype;
  OscillatorNode.prototype.start = function (at) {
    window.cues.add(Math.round(performance.now() / 1000));
    return start.call(this, at);
  };
  if (!navigator.wakeLock) return;
  const { request } = navigator.wakeLock;
  navigator.wakeLock.request = (type) => {
    window.locked += 1;
    return request.call(navigator.wakeLock, type);
  };
}

/** Locks the screen, and unlocks it when the clock says that so many seconds are over. @param {number} s */
export function lockFor(s) {
  const tell = (hidden) => {
    Object.defineProperty(document, "hidden", { value: hidden, configurable: true });
    document.dispatchEvent(new Event("visibilitychange"));
  };
  tell(true);
  const { now } = Date;
  Date.now = () => now() + s * 1000;
  tell(false);
}

/** @returns {number} how many cues have sounded */
export function heard() {
  return window.cues.size;
}

/** @returns {number} how often the page has asked for the screen to stay on again */
export function locks() {
  return window.locked;
}
