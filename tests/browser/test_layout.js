/** How wide a page is, and what on it is too small for a thumb. */

const LEAST = 43.99; // of 44 pixels, which a screen may round
const CONTROLS = "a[href], button, select, summary, .row, .gate, .segment, .tick";

/** @param {boolean} open whether everything is unfolded */
function unfold(open) {
  for (const details of document.querySelectorAll("details")) details.open = open;
}

/** @param {Element} one @returns {boolean} whether it is a link among other words */
function isInText(one) {
  const text = one.closest("p, li, dd, small, summary, h1, h2, h3");
  return one.matches("a") && text && text.innerText.trim() !== one.innerText.trim();
}

/** @param {boolean} unfolded @returns {number} how wide the page is, the screen at least */
export function width(unfolded) {
  unfold(unfolded);
  return Math.max(document.documentElement.scrollWidth, innerWidth);
}

/** @returns {string[]} what is to be pressed and too small for it, with its size */
export function tooSmall() {
  unfold(false);
  return [...document.querySelectorAll(CONTROLS)]
    .filter((one) => one.checkVisibility() && !one.matches(".skip, summary") && !isInText(one))
    .map((one) => [one.innerText.trim(), one.getBoundingClientRect()])
    .filter(([, box]) => box.width < LEAST || box.height < LEAST)
    .map(([text, box]) => `${text}: ${Math.round(box.width)}x${Math.round(box.height)}`);
}
