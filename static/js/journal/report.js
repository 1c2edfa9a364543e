// @ts-check
/** The journal as a doctor reads it, on a page or as a text. */
import { FUNCTIONS } from "./entry.js";
import { course, effects, episodes, signed } from "./insights.js";
import { clean, LATEST, oneLine } from "./said.js";

const MINUTE_MS = 60_000;

/**
 * What a doctor reads in a minute, as a text.
 * @param {Entry[]} known as `live` gives them
 * @param {Record<string, string>} words
 * @returns {string}
 */
export function toText(known, words) {
  const told = chapters(known, words).flatMap(({ head, parts }) => [
    "",
    ...head,
    ...parts.flatMap(({ title, lines }) => ["", title, ...lines]),
  ]);
  const lines = [words["text.title"], words["text.about"], ...told];
  return `${[...lines, ...(known.length ? [] : ["", words["text.none"]])].join("\n")}\n`;
}

/**
 * What a doctor reads in a minute: each episode, the newest first, then what belongs to none.
 *
 * Beside the words of the journal's page (kind., region., can., degree., urgency., what., verdict.,
 * and card. for names of exercises, where they are known) it takes `language` (BCP 47) and, each
 * beginning with "text.": title, about, none, began, ended, open, place, course, function, worst,
 * last, tried, checks, medicines, notes, outside.
 * @param {Entry[]} known as `live` gives them
 * @param {Record<string, string>} words
 * @returns {Chapter[]}
 */
export function chapters(known, words) {
  const when = clock(words.language);
  const all = episodes(known);
  const within = new Set(all.flatMap(({ entries }) => entries));
  const outside = known.filter((entry) => !within.has(entry)).reverse();
  const told = all.map((episode) => ({
    head: headOf(episode, words, when),
    days: course(episode),
    parts: partsOf(episode.entries, words, when),
  }));
  if (!outside.length) return told;
  return [...told, { head: [words["text.outside"]], days: [], parts: partsOf(outside, words, when) }];
}

/**
 * @param {Episode} episode
 * @param {Record<string, string>} words
 * @param {(at: number, zone: number) => string} when
 */
function headOf({ began, ended, region, entries }, words, when) {
  const [{ zone }] = entries;
  const last = entries[entries.length - 1];
  const end = ended === null ? [] : [`${words["text.ended"]}: ${when(ended, last.zone)}`];
  return [
    `${words["text.began"]}: ${when(began, zone)}`,
    ...(end.length ? end : [words["text.open"]]),
    `${words["text.place"]}: ${words[`region.${region}`]}`,
  ];
}

/**
 * @param {Entry[]} entries the oldest first
 * @param {Record<string, string>} words
 * @param {(at: number, zone: number) => string} when
 */
function partsOf(entries, words, when) {
  const told = (/** @type {string} */ kind, /** @type {(data: Entry["data"]) => string} */ tell) =>
    entries
      .filter((entry) => entry.kind === kind)
      .map(({ at, zone, data }) => `${when(at, zone)}: ${indented(tell(data))}`);
  const parts = {
    course: courseOf(entries),
    function: functionsOf(entries, words),
    tried: effects(entries).map((effect) => effectOf(effect, words)),
    checks: told("check", ({ urgency, reasons }) =>
      [words[`urgency.${urgency}`], ...reasons.map(oneLine).filter(Boolean)].join(" · "),
    ),
    medicines: told("medicine", ({ text }) => text),
    notes: told("note", ({ text }) => text),
  };
  return Object.entries(parts)
    .filter(([, lines]) => lines.length)
    .map(([name, lines]) => ({ title: words[`text.${name}`], lines }));
}

/**
 * @param {Entry[]} entries
 * @returns {string[]} the worst of each day, the first day being 1
 */
function courseOf(entries) {
  // The first is no begin where they belong to no episode, and only a begin may be left out.
  const days = course(/** @type {Episode} */ ({ entries: [entries[0], ...entries] }));
  return days.length ? [days.map(({ day, pain }) => `${day + 1}: ${pain}`).join(" · ")] : [];
}

/**
 * @param {Entry[]} entries
 * @param {Record<string, string>} words
 */
function functionsOf(entries, words) {
  return FUNCTIONS.flatMap((name) => {
    const degrees = entries.map(({ data }) => data.can?.[name]).filter((degree) => degree !== undefined);
    if (!degrees.length) return [];
    const worst = words[`degree.${degrees.reduce((most, degree) => Math.max(most, degree))}`];
    const last = words[`degree.${degrees[degrees.length - 1]}`];
    return [`${words[`can.${name}`]}: ${words["text.worst"]} ${worst} · ${words["text.last"]} ${last}`];
  });
}

/**
 * @param {import("./insights.js").Effect} effect
 * @param {Record<string, string>} words
 */
function effectOf({ what, card, uses, known, mean, verdict }, words) {
  const name = words[`what.${what}`] + (card ? ` (${words[`card.${card}`] ?? card})` : "");
  const change = known ? [`${signed(mean)} (${known} ×)`] : [];
  return `${name}: ${[`${uses} ×`, ...change, words[`verdict.${verdict}`]].join(" · ")}`;
}

/**
 * @param {string} text
 * @returns {string} so that no line of it can pass for one of ours
 */
function indented(text) {
  return clean(text).replace(/\r\n?|[\n\x85\u2028\u2029]/g, "\n    ");
}

/**
 * @param {string} language
 * @returns {(at: number, zone: number) => string} tells moments; made once, because that takes long
 */
function clock(language) {
  const options = /** @type {const} */ ({ dateStyle: "medium", timeStyle: "short", timeZone: "UTC" });
  const format = new Intl.DateTimeFormat(`${language}-u-ca-gregory-nu-latn`, options);
  return (at, zone) => format.format(Math.min(at + zone * MINUTE_MS, LATEST));
}

/**
 * @typedef {{
 *   head: string[], days: {day: number, pain: number}[], parts: {title: string, lines: string[]}[],
 * }} Chapter its first line is its title
 * @typedef {import("./insights.js").Entry} Entry
 * @typedef {import("./insights.js").Episode} Episode
 */
