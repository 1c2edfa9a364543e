// @ts-check
/** Draws a QR code, dark on light in every scheme: cameras read no other. */
import { encode } from "../../vendor/uqr/uqr.js";

const SVG = "http://www.w3.org/2000/svg";

/** The standard asks for an empty frame of four squares. */
const FRAME = 4;

/**
 * @param {string} text
 * @param {string} label what the picture is, for those who do not see it
 * @returns {SVGSVGElement}
 */
export function drawQr(text, label) {
  const { size, data } = encode(text, { ecc: "M", border: FRAME });
  const svg = made("svg", { viewBox: `0 0 ${size} ${size}`, role: "img", "aria-label": label });
  /** @type {string[]} */
  const dark = data.flatMap((/** @type {boolean[]} */ row, /** @type {number} */ y) =>
    row.map((is, x) => (is ? `M${x} ${y}h1v1h-1z` : "")),
  );
  svg.append(
    made("rect", { width: String(size), height: String(size), fill: "#fff" }),
    made("path", { d: dark.join(""), fill: "#000", "shape-rendering": "crispEdges" }),
  );
  return /** @type {SVGSVGElement} */ (svg);
}

/**
 * @param {string} name
 * @param {Record<string, string>} attributes
 */
function made(name, attributes) {
  const element = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  return element;
}
