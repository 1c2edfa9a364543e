/** The page that leads up from the floor. */

/** @returns {string[]} the texts of the steps that can be seen */
export function shown() {
  const steps = [...document.querySelectorAll("[data-floor-step]")];
  return steps.filter((one) => one.checkVisibility()).map((one) => one.innerText.trim());
}

/** @returns {number} how many steps have a picture */
export function pictures() {
  return document.querySelectorAll("[data-floor-step] img").length;
}
