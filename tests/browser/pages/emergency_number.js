/** The number to call, as every page writes and dials it. */

/** @returns {string[]} every number that is written or dialled, each once */
export function numbers() {
  const places = document.querySelectorAll("[data-number], [data-number-text]");
  const links = document.querySelectorAll("a[data-emergency-number]");
  const written = [...places].map((one) => one.textContent);
  const dialled = [...links].map((one) => one.href.replace("tel:", ""));
  return [...new Set([...written, ...dialled])];
}
