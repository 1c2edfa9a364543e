/** Where a page begins for who cannot see it, and what stands over what has the focus. */

/** @returns {string} the words of what has the focus, nothing where it is the page */
export function focused() {
  const one = document.activeElement;
  return one === document.body ? "" : `${one.localName}: ${one.innerText.trim()}`;
}

/** @returns {string} the heading of the page */
export function heading() {
  return document.querySelector("h1").innerText.trim();
}

/** @param {number} size of the letters that a person has chosen, in pixels */
export function enlarge(size) {
  document.documentElement.style.fontSize = `${size}px`;
}

/** @returns {string[]} what has the focus, where something that sticks lies over it */
export function covered() {
  const one = document.activeElement;
  if (one === document.body || one.closest(".top, .actions, .skip")) return [];
  const box = one.getBoundingClientRect();
  const bars = [...document.querySelectorAll(".top, .actions")].filter((bar) => getComputedStyle(bar).position === "sticky");
  const over = bars.map((bar) => bar.getBoundingClientRect()).filter((bar) => bar.top < box.bottom - 1 && bar.bottom > box.top + 1);
  return over.length ? [`${one.localName} ${one.name ?? ""} ${one.innerText.slice(0, 30)}`] : [];
}
