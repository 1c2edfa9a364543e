// @ts-check
/** Offers the next step's walks as a file for the phone's calendar. */
import { calendar, canHandOver, handOver } from "./calendar-file.js";

/** Shows the form where this phone can take the file. */
export async function startWalkingCalendar() {
  const form = /** @type {HTMLFormElement} */ (document.querySelector("[data-calendar]"));
  const button = /** @type {HTMLButtonElement} */ (form.querySelector("button"));
  form.hidden = !canHandOver();
  form.addEventListener("change", () => (button.disabled = !hours(form).length));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const { title = "", text = "", minutes } = form.dataset;
    const plan = { hours: hours(form), minutes: Number(minutes), title, text };
    handOver(calendar(plan, new Date()), "easeback.ics").catch(console.warn);
  });
}

/**
 * @param {HTMLFormElement} form
 * @returns {number[]}
 */
function hours(form) {
  return new FormData(form).getAll("hour").map(Number);
}
