// @ts-check
/** Shows the button that prints the page, where a browser can print. */

export async function start() {
  if (!("print" in window)) return;
  for (const panel of document.querySelectorAll("[data-print]")) {
    /** @type {HTMLElement} */ (panel).hidden = false;
    panel.querySelector("button")?.addEventListener("click", () => print?.());
  }
}
