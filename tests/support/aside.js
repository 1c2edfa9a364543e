/** A page that the browser has put aside. */

/** Lets this page hear of no small text that another tab writes. */
export function hearNothing() {
  addEventListener("storage", (event) => event.stopImmediatePropagation(), { capture: true });
}

/** Lets this page tell other tabs nothing. */
export function tellNothing() {
  BroadcastChannel.prototype.postMessage = () => {};
}

/** Is shown again, out of the browser's memory. */
export function comeBack() {
  dispatchEvent(new PageTransitionEvent("pageshow", { persisted: true }));
}
