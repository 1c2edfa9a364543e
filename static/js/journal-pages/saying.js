// @ts-check
/** Tells what an action has done: to the eye, to a screen reader, and where to go on. */
import { all, find } from "../lib/dom.js";

/** A region that is filled in the moment it is emptied is taken for unchanged. */
const PAUSE_MS = 60;

/** @type {ReturnType<typeof setTimeout> | undefined} */
let waiting;

/**
 * Says what stands under these names in the page, in the place of what was said before.
 * @param {...string} names none to say nothing more
 */
export function say(...names) {
  const lines = names.map((name) => /** @type {HTMLTemplateElement} */ (find(`[data-journal-say="${name}"]`)));
  tell(...lines.map(({ content }) => /** @type {DocumentFragment} */ (content.cloneNode(true))));
}

/**
 * @param {string} text
 * @param {"note" | "panel"} className note for what went wrong
 */
export function sayText(text, className) {
  tell(Object.assign(document.createElement("p"), { className, textContent: text }));
}

/** @param {Node[]} lines */
function tell(...lines) {
  const region = find("[data-journal-said]");
  region.replaceChildren();
  clearTimeout(waiting);
  waiting = setTimeout(() => region.replaceChildren(...lines), PAUSE_MS);
}

/** Brings what is said into view. */
export function showSaid() {
  find("[data-journal-said]").scrollIntoView({ block: "center" });
}

/**
 * Lets the person go on there; a heading is no place to go to with the tabulator.
 * @param {HTMLElement | undefined} place
 * @param {ScrollLogicalPosition} [block] where in the window it then stands
 */
export function goTo(place, block = "nearest") {
  if (!place) return;
  if (!place.matches("a, button, input, textarea, summary")) place.tabIndex = -1;
  place.focus({ preventScroll: true });
  place.scrollIntoView({ block });
}

/** Where to go on when what had the focus is no more. */
const PLACES = "#journal-flags, #journal-begin, #journal-feel, #journal-list";

/** Finds a place for the person whose own is no more. */
export function goOn() {
  if (isLost()) goTo(firstPlace());
}

/** @returns {HTMLElement | undefined} the first place on the page where there is something to do */
export function firstPlace() {
  return firstSeen(PLACES);
}

/** @returns {boolean} whether the person's place on the page is no more, as after what had it was hidden */
export function isLost() {
  const { activeElement } = document;
  if (!activeElement || activeElement === document.body || !activeElement.getClientRects().length) return true;
  // What is folded away still has its place in the layout.
  return !activeElement.matches("summary, summary *") && activeElement.closest("details:not([open])") !== null;
}

/**
 * @param {string} css
 * @returns {HTMLElement | undefined} the first that is seen
 */
export function firstSeen(css) {
  return all(css).find((element) => element.getClientRects().length > 0);
}
