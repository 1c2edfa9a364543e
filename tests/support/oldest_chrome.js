/** How things are pressed in Chromium 90, which knows no :has. */

/** @param {string} css with at most one :has, whose inside is closed by the last bracket */
export function press(css) {
  const [, outer, inner, rest] = /^(.*?):has\((.*)\)(.*)$/.exec(css) ?? [];
  if (!outer) return document.querySelector(css).click();
  const having = [...document.querySelectorAll(outer)].find((one) => one.querySelector(inner));
  (rest ? having.querySelector(`:scope${rest}`) : having).click();
}

/** @param {string} name of a link, as it is read */
export function follow(name) {
  [...document.links].find((link) => link.innerText.trim() === name).click();
}
