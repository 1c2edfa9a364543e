/** What a page looks like under one style, to be compared with how it looks under another. */

const PARTS = [undefined, "::before", "::after"];

/** @param {string} style takes the place of every style that the page has */
function wear(style) {
  for (const own of document.querySelectorAll("link[rel=stylesheet], style")) own.remove();
  document.head.append(Object.assign(document.createElement("style"), { textContent: style }));
}

/** Unfolds everything, and shows what scripts would show. */
export function reveal() {
  for (const details of document.querySelectorAll("details")) details.open = true;
  for (const hidden of document.querySelectorAll("[hidden]")) hidden.hidden = false;
}

/** @param {string[]} properties @returns {string[]} their values for every element and what stands around it */
function values(properties) {
  return [...document.body.querySelectorAll("*")].flatMap((one) =>
    PARTS.map((part) => {
      const style = getComputedStyle(one, part);
      return properties.map((property) => `${property}: ${style.getPropertyValue(property)}`).join("; ");
    }),
  );
}

/**
 * @param {string[]} styles @param {string[]} properties
 * @returns {string[]} what the second style makes of a page that the first does not
 */
export function differences(styles, properties) {
  const [before, after] = styles.map((style) => {
    wear(style);
    return values(properties);
  });
  const elements = [...document.body.querySelectorAll("*")];
  return after.flatMap((now, at) => {
    if (now === before[at]) return [];
    const changed = now.split("; ").filter((value) => !before[at].includes(value));
    return [`${elements[Math.floor(at / PARTS.length)].outerHTML.slice(0, 80)}: ${changed.slice(0, 4)}`];
  }).slice(0, 4);
}
