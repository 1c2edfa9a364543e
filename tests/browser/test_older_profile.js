/** What the page of the walks shows. */

/** @returns {string[][]} the day and the numbers of each walk that is kept */
export function walks() {
  const lines = [...document.querySelectorAll("[data-walks-list] li")];
  return lines.map((line) => [...line.querySelectorAll("bdi")].map((one) => one.innerText));
}
