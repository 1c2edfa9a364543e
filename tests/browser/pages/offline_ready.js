/** What the page says where no script of ours has begun. */

/** @returns {boolean} whether it says that they cannot */
export function saysWhyNot() {
  return getComputedStyle(document.querySelector(".without-scripts")).visibility === "visible";
}
