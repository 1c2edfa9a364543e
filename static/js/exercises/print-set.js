// @ts-check
/** Shows the button that prints the page, where a browser can print. */

export async function start() {
  if (typeof print !== "function") return;
  for (const place of document.querySelectorAll("[data-print]")) {
    /** @type {HTMLElement} */ (place).hidden = false;
    place.querySelector("button")?.addEventListener("click", () => print());
  }
}
