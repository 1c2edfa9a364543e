// @ts-check
/** Offers the next step's walks as a file for the phone's calendar. */

/** Shows the form where this phone can take the file. */
export async function start() {
  const form = /** @type {HTMLFormElement} */ (document.querySelector("[data-calendar]"));
  const button = /** @type {HTMLButtonElement} */ (form.querySelector("button"));
  const ways = [navigator.canShare, "download" in HTMLAnchorElement.prototype];
  form.hidden = !ways.some(Boolean);
  form.addEventListener("change", () => (button.disabled = !hours(form).length));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    make(form).catch(console.warn);
  });
}

/**
 * Few people want the file: what makes it is fetched, from this phone, when they do.
 * @param {HTMLFormElement} form
 */
async function make(form) {
  const { calendar, CALENDAR } = await import("../lib/icalendar.js");
  const { shareFile } = await import("../lib/share-file.js");
  const { title = "", text = "", minutes } = form.dataset;
  const plan = { hours: hours(form), minutes: Number(minutes), title, text };
  await shareFile(calendar(plan, new Date()), CALENDAR);
}

/**
 * @param {HTMLFormElement} form
 * @returns {number[]}
 */
function hours(form) {
  return new FormData(form).getAll("hour").map(Number);
}
