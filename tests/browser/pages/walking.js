/** The walks that a phone keeps, and what the page about walking shows of them. */

const KEPT = "easeback.walks";

/** @returns {Object[] | null} the walks, the oldest first; null where nothing is kept */
export function kept() {
  return JSON.parse(localStorage.getItem(KEPT));
}

/** @param {string} text what the phone keeps as walks from now on */
export function keep(text) {
  localStorage.setItem(KEPT, text);
}

/** @returns {Array} minutes, pain before and most pain, as the form holds them */
export function filledIn() {
  const answers = new FormData(document.querySelector("[data-walks-form]"));
  const minutes = document.querySelector("[data-walks-long]").textContent;
  return [minutes, answers.get("before"), answers.get("most")].map(Number);
}

/** @returns {boolean} whether a person sees, without a move, that their walk was noted */
export function noteIsInView() {
  const { top, bottom } = document.querySelector("[data-walks-noted]").getBoundingClientRect();
  return top > 0 && bottom < innerHeight;
}

/** @returns {boolean} whether the button for the calendar file can be pressed */
export function canMakeTheFile() {
  return !document.querySelector("[data-calendar] button").disabled;
}
