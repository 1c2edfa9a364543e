/** What a page looks like under one style, to be compared with how it looks under another. */

const PARTS = [undefined, "::before", "::after"];

/** @param {string} style takes the place of every style that the page has */
export function wear(style) {
  for (const own of document.querySelectorAll("link[rel=stylesheet], style")) own.remove();
  document.head.append(Object.assign(document.createElement("style"), { textContent: style }));
}

/** Unfolds everything, and shows what scripts would show. */
export function reveal() {
  for (const details of document.querySelectorAll("details")) details.open = true;
  for (const hidden of document.querySelectorAll("[hidden]")) hidden.hidden = false;
}

/** @returns {string[]} every value of every element, with its name */
function values() {
  return [...document.querySelectorAll("*")].flatMap((one) =>
    PARTS.flatMap((part) => {
      const style = getComputedStyle(one, part);
      const name = `${one.localName}.${one.className.baseVal ?? one.className}${part ?? ""}`;
      return [...style].map((property) => `${name} { ${property}: ${style.getPropertyValue(property)} }`);
    }),
  );
}

/** @param {string[]} styles @returns {string[]} what the second makes of a page that the first does not */
export function differences(styles) {
  const [before, after] = styles.map((style) => {
    wear(style);
    return values();
  });
  return after.filter((value, at) => value !== before[at]).slice(0, 5);
}
