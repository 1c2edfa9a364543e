// @ts-check
/** Shows numbers of the journal: the course of pain as a small picture, and tables. */
import { find } from "../lib/dom.js";

const SVG = "http://www.w3.org/2000/svg";
const [WIDTH, HEIGHT, LEFT, TOP, BOTTOM] = [320, 160, 26, 8, 24];
const MOST_LABELS = 8;

/**
 * @param {{day: number, pain: number}[]} days in order, the first day is 0
 * @returns {SVGElement} pain from 0 to 10 over the days
 */
export function painChart(days) {
  const last = Math.max(1, days[days.length - 1].day);
  const x = (/** @type {number} */ day) => LEFT + ((WIDTH - LEFT - 8) * day) / last;
  const y = (/** @type {number} */ pain) => TOP + ((HEIGHT - TOP - BOTTOM) * (10 - pain)) / 10;
  const chart = shape("svg", { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, class: "chart__picture" });
  for (const pain of [0, 5, 10]) {
    chart.append(
      shape("line", { class: "chart__grid", x1: LEFT, x2: WIDTH - 8, y1: y(pain), y2: y(pain) }),
      label(String(pain), LEFT - 8, y(pain) + 4, "end"),
    );
  }
  const points = days.map(({ day, pain }) => `${round(x(day))},${round(y(pain))}`);
  chart.append(shape("polyline", { class: "chart__line", points: points.join(" ") }));
  for (const { day, pain } of days) {
    chart.append(shape("circle", { class: "chart__point", cx: round(x(day)), cy: round(y(pain)), r: 4 }));
  }
  const step = Math.ceil((last + 1) / MOST_LABELS);
  for (let day = 0; day <= last; day += step) {
    chart.append(label(String(day + 1), round(x(day)), HEIGHT - 6, "middle"));
  }
  return chart;
}

/**
 * @param {string} text
 * @param {number} x
 * @param {number} y
 * @param {string} anchor
 */
function label(text, x, y, anchor) {
  const element = shape("text", { class: "chart__label", x, y, "text-anchor": anchor });
  element.textContent = text;
  return element;
}

/**
 * @param {string} name
 * @param {Record<string, string | number>} attributes
 * @returns {SVGElement}
 */
function shape(name, attributes) {
  const element = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, String(value));
  return /** @type {SVGElement} */ (element);
}

/** @param {number} length */
function round(length) {
  return Math.round(length * 10) / 10;
}

/**
 * @param {string} name of the table
 * @param {string[][]} rows
 */
export function fill(name, rows) {
  const made = rows.map((cells) => {
    const row = document.createElement("tr");
    for (const text of cells) row.append(Object.assign(document.createElement("td"), { textContent: text }));
    return row;
  });
  find(`[data-journal-rows="${name}"]`).replaceChildren(...made);
}
