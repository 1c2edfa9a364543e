// @ts-check
/** The list of what is kept: a line for each entry, in words. */
import { FUNCTIONS } from "../journal/entry.js";
import { all, find } from "../lib/dom.js";
import { current } from "./state.js";
import { hasSheet } from "./sheets.js";
import { momentOfEntry, word } from "./view.js";

const PAGE = 10;

/** How many lines are shown. */
let shown = PAGE;

/** @returns {HTMLElement | undefined} the first of the lines that came, once more are shown */
export function showMore() {
  const before = shown;
  shown += PAGE;
  drawLines();
  return lines()[before];
}

export function drawLines() {
  const template = /** @type {HTMLTemplateElement} */ (find("[data-journal-line]"));
  const { known } = current();
  find("[data-journal-list]").replaceChildren(...known.slice(0, shown).map((entry) => filled(template, entry)));
  find('[data-journal-do="more"]').hidden = known.length <= shown;
}

/** @returns {HTMLElement[]} */
export function lines() {
  return all("[data-journal-list] > [data-id]");
}

/**
 * @param {HTMLTemplateElement} template
 * @param {Entry} entry
 */
function filled(template, entry) {
  const line = /** @type {DocumentFragment} */ (template.content.cloneNode(true));
  const item = /** @type {HTMLElement} */ (line.firstElementChild);
  item.dataset.id = entry.id;
  const [time, title, what] = ["time", "h3", ".journal__what"].map((css) => find(css, item));
  const moment = momentOfEntry(entry);
  time.textContent = moment;
  time.setAttribute("datetime", new Date(entry.at).toISOString());
  title.textContent = word(`kind.${entry.kind}`);
  what.textContent = inWords(entry);
  for (const button of all("[data-line]", item)) {
    button.setAttribute("aria-label", (button.dataset.name ?? "").replace("{moment}", moment));
  }
  find("[data-line=edit]", item).hidden = !hasSheet(entry.kind) || entry.kind === "recovered";
  return line;
}

/**
 * @param {Entry} entry
 * @returns {string}
 */
function inWords({ kind, data }) {
  if (kind === "begin") return word(`region.${data.region}`);
  if (kind === "check") return [word(`urgency.${data.urgency}`), ...data.reasons].join(" · ");
  if (kind === "feel") {
    const can = FUNCTIONS.filter((name) => data.can[name]).map(
      (name) => `${word(`can.${name}`)}: ${word(`degree.${data.can[name]}`)}`,
    );
    return [`${word("pain")} ${data.pain}`, ...can].join(" · ");
  }
  if (kind === "measure") {
    const pains = ["before", "after"].filter((name) => data[name] !== null);
    const told = pains.map((name) => `${word("pain")} ${word(name)} ${data[name]}`);
    return [`${word(`what.${data.what}`)}, ${data.minutes} ${word("min")}`, ...told].join(" · ");
  }
  return data.text ?? "";
}

/** @typedef {import("../journal/entry.js").Entry} Entry */
