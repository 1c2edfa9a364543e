/** The pages of exercises: a person's set, a card, its drawing. */

/** @returns {number} how many drawings move */
export function moving() {
  return [...document.images].filter(({ currentSrc }) => currentSrc.includes("moving")).length;
}

/** @returns {{fitting: number, printed: number, offered: number}} how many cards or ways to them */
export function counts() {
  const count = (css) => document.querySelectorAll(css).length;
  return {
    fitting: count(".fitting a.card"),
    printed: count(".sheet"),
    offered: count("main a[href*='exercises/'], [formaction*='exercises']"),
  };
}
