/** What of a page does not fit the screen, with everything unfolded. */

const UNSEEN = ".skip, .unseen, svg, template, dialog, input";
const BOXES = "a.button, button, label, summary, td, th, .call, .card, .care-card, .choice, .panel";
const BESIDE = ".walks__pair, .fork, .actions, .floor__buttons, .segments, .choices--pairs, .timer__tells";

/** Unfolds everything, and shows what scripts would show. @param {number} root of text, in pixels */
export function enlarge(root) {
  if (root) document.documentElement.style.fontSize = `${root}px`;
  for (const details of document.querySelectorAll("details")) details.open = true;
  for (const hidden of document.querySelectorAll("[hidden]:not(template)")) hidden.hidden = false;
}

/** @param {Element} one @returns {boolean} whether it lies over another beside it in its row */
function overlaps(one) {
  const [a, b] = [one, one.nextElementSibling].map((box) => box?.getBoundingClientRect());
  return Boolean(b && b.width && a.right > b.left + 1 && b.right > a.left + 1 && a.bottom > b.top + 1 && b.bottom > a.top + 1);
}

/** @returns {string[]} what reaches out of the screen or of its own box, or over its neighbour */
export function faults() {
  const width = document.documentElement.clientWidth;
  const found = [];
  if (document.documentElement.scrollWidth > width) found.push(`${document.documentElement.scrollWidth} wide`);
  for (const one of document.body.querySelectorAll("*")) {
    if (!one.checkVisibility() || one.closest(UNSEEN)) continue;
    const box = one.getBoundingClientRect();
    const style = getComputedStyle(one);
    const cuts = style.overflowX === "hidden" || style.overflowX === "clip" || one.matches(BOXES);
    const out = box.width && (box.right > width + 1 || box.left < -1) && !one.closest("[data-journal-part=helps]");
    const over = cuts && style.display !== "inline" && one.clientWidth && one.scrollWidth > one.clientWidth + 1;
    if (out || over || (one.parentElement?.matches(BESIDE) && overlaps(one))) {
      found.push(`${one.localName}.${one.className}: ${one.innerText.slice(0, 40)}`);
    }
  }
  return found.slice(0, 4);
}
