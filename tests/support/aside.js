/** A page that the browser has put aside. */

/** Lets this page hear of no small text that another tab writes. */
export function hearNothing() {
  // No listener of ours could keep the event from those that were there before.
  Object.defineProperty(StorageEvent.prototype, "key", { value: "of no text" });
}

/** Lets this page tell other tabs nothing. */
export function tellNothing() {
  BroadcastChannel.prototype.postMessage = () => {};
}

/** Is shown again, out of the browser's memory. */
export function comeBack() {
  dispatchEvent(new PageTransitionEvent("pageshow", { persisted: true }));
}
