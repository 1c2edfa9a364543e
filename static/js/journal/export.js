// @ts-check
/**
 * The journal as others read it: as a text, a table, a copy, and as FHIR. Everything follows from
 * what is given: nothing here reads the journal or the phone's zone, and nothing hands anything over.
 */
import { FUNCTIONS, isEntry } from "./entry.js";
import { course, effects, episodes, live, signed } from "./insights.js";
import { isTombstone, settled } from "./merge.js";

/** A copy larger than this is refused, in characters; a page can look at the size of a file first. */
export const LARGEST_COPY = 20_000_000;
const MOST_ENTRIES = 50_000;

const VERSION = 1;
const MINUTE_MS = 60_000;
const FARTHEST_ZONE = 840;
const LATEST = Date.UTC(9999, 11, 31, 23, 59, 59, 999);

/** What neither FHIR nor a spreadsheet takes: control characters, and halves of a character. */
const UNFIT = /[\0-\x08\x0b\x0c\x0e-\x1f\x7f\p{Cs}]/gu;

/** What an entry can say, in the order in which it is told. */
const FIELDS = [
  "region",
  "pain",
  ...FUNCTIONS,
  "urgency",
  "reasons",
  "release",
  "what",
  "card",
  "minutes",
  "before",
  "after",
  "text",
];

/**
 * @param {Entry} entry
 * @returns {[string, any][]} what it says
 */
function said({ data }) {
  const all = { ...data, ...data.can };
  const told = FIELDS.filter((name) => all[name] !== undefined && all[name] !== null);
  return told.map((name) => [name, all[name]]);
}

/** @param {unknown} value */
function clean(value) {
  return String(value).replace(UNFIT, "\ufffd");
}

/**
 * @param {number} at
 * @param {number} zone where no such zone exists, the moment is told in UTC
 * @returns {string} ISO 8601, local time with its offset
 */
function stamp(at, zone) {
  const offset = Math.abs(zone) > FARTHEST_ZONE ? 0 : zone;
  // A later year has more digits than readers of the format expect.
  const local = new Date(Math.min(at + offset * MINUTE_MS, LATEST)).toISOString().slice(0, -1);
  const size = Math.abs(offset);
  return `${local}${offset < 0 ? "-" : "+"}${two(Math.floor(size / 60))}:${two(size % 60)}`;
}

/** @param {number} number */
function two(number) {
  return String(number).padStart(2, "0");
}

// --- a table ---------------------------------------------------------------------------------

/**
 * Where a spreadsheet may see a formula begin, behind spaces and quotes: at the beginning of a cell, and
 * behind whatever the spreadsheet of another country takes for its end. The mark itself counts, too, so
 * that it can be taken off again.
 */
const RISKY = /(^|[,;|\t\n\v\f\r\x85\u2028\u2029])(?=(?:[^\S\t\n\v\f\r\u2028\u2029]|")*['=+\-@＝＋－＠])/gu;
const BLANK = /^[\s\x85]/;
const PLAIN = /^[\w.:+-]*$/;

/**
 * @param {Entry[]} known as `live` gives them
 * @returns {string} CSV (RFC 4180), a line for each; before what could be a formula stands a '
 */
export function toCsv(known) {
  const head = ["id", "time", "kind", ...FIELDS];
  const rows = known.map((entry) => {
    const values = new Map(said(entry));
    return [entry.id, stamp(entry.at, entry.zone), entry.kind, ...FIELDS.map((name) => values.get(name) ?? "")];
  });
  // Without the mark at the beginning, Excel reads UTF-8 as something else.
  return `\ufeff${[head, ...rows].map((row) => `${row.map(cell).join()}\r\n`).join("")}`;
}

/** @param {unknown} value */
function cell(value) {
  const text = clean(Array.isArray(value) ? value.map(oneLine).filter(Boolean).join("\n") : value);
  const marked = text.replace(RISKY, "$1'");
  const tame = BLANK.test(marked) ? `'${marked}` : marked;
  return PLAIN.test(tame) ? tame : `"${tame.replaceAll('"', '""')}"`;
}

/** @param {string} text */
function oneLine(text) {
  return text.replace(/\s+/g, " ").trim();
}

// --- a copy ----------------------------------------------------------------------------------

/** Why a text is no copy: size (too large), form (something else), newer (of a later Easeback). */
export class NoCopy extends Error {
  /** @param {"size" | "form" | "newer"} why */
  constructor(why) {
    super(`This is no copy: ${why}.`);
    this.why = why;
  }
}

/**
 * @param {Entry[]} entries all of them, with what was replaced or deleted
 * @param {number} [now]
 * @returns {string} JSON that loses nothing
 */
export function toCopy(entries, now = Date.now()) {
  return JSON.stringify({ easeback: VERSION, made: new Date(now).toISOString(), entries });
}

/**
 * @param {string} text
 * @returns {{entries: Entry[], refused: number}} what can be added, each id once, and how much cannot
 * @throws {NoCopy}
 */
export function fromCopy(text) {
  if (text.length > LARGEST_COPY) throw new NoCopy("size");
  const found = listIn(text);
  if (found.length > MOST_ENTRIES) throw new NoCopy("size");
  /** @type {Map<string, Entry>} */
  const entries = new Map();
  for (const entry of found) if (isEntry(entry) && !entries.has(entry.id)) entries.set(entry.id, entry);
  return { entries: [...entries.values()], refused: found.length - entries.size };
}

/**
 * What a copy would do to a journal. It never changes or deletes what is kept: a stranger may have made it.
 * @param {Entry[]} found
 * @param {Entry[]} kept
 * @returns {Brought} throws EntryConflict where the copy has other content for an entry that is kept
 */
export function brought(found, kept) {
  settled(kept, found);
  const known = new Map(kept.map((entry) => [entry.id, entry]));
  const changing = changesOf(found, kept);
  const bring = found.filter((entry) => !known.has(entry.id) && !changing.has(entry.id));
  const isGrave = (/** @type {Entry} */ { id }) => isTombstone(/** @type {Entry} */ (known.get(id)));
  const notes = live(bring);
  const there = found.filter((entry) => known.has(entry.id) && !entry.gone);
  return {
    bring,
    fresh: notes.length,
    from: notes.length ? notes[notes.length - 1].at : 0,
    to: notes.length ? notes[0].at : 0,
    there: there.filter((entry) => !isGrave(entry)).length,
    deleted: there.filter(isGrave).length,
    changing: changing.size,
    ends: endsEpisode(kept, bring),
  };
}

/**
 * @param {Entry[]} found
 * @param {Entry[]} kept
 * @returns {Set<string>} ids of what would replace or delete something that is kept, at whatever remove
 */
function changesOf(found, kept) {
  const content = new Set(kept.filter((entry) => !isTombstone(entry)).map(({ id }) => id));
  const known = new Set(kept.map(({ id }) => id));
  /** @type {Map<string, string[]>} */
  const followers = new Map();
  for (const { id, supersedes = [] } of found) {
    for (const old of supersedes) {
      const known = followers.get(old);
      if (known) known.push(id);
      else followers.set(old, [id]);
    }
  }
  const graves = found.filter((entry) => isTombstone(entry) && content.has(entry.id)).map(({ id }) => id);
  const changing = new Set(graves);
  const next = [...content];
  for (let id = next.pop(); id !== undefined; id = next.pop()) {
    for (const follower of followers.get(id) ?? []) {
      if (changing.has(follower) || known.has(follower)) continue;
      changing.add(follower);
      next.push(follower);
    }
  }
  return changing;
}

/**
 * @param {Entry[]} kept
 * @param {Entry[]} bring
 * @returns {boolean} whether the episode that goes on would no longer be the one that goes on
 */
function endsEpisode(kept, bring) {
  const [open] = episodes(live(kept));
  if (!open || open.ended !== null) return false;
  const [newest] = episodes(live([...kept, ...bring]));
  return newest.id !== open.id || newest.ended !== null;
}

/**
 * @param {string} text
 * @returns {unknown[]}
 */
function listIn(text) {
  let whole;
  try {
    whole = JSON.parse(text);
  } catch {
    throw new NoCopy("form");
  }
  if (Number.isInteger(whole?.easeback) && whole.easeback > VERSION) throw new NoCopy("newer");
  if (whole?.easeback !== VERSION || !Array.isArray(whole.entries)) throw new NoCopy("form");
  return whole.entries;
}

// --- FHIR ------------------------------------------------------------------------------------

const PAIN = {
  coding: [
    {
      system: "http://loinc.org",
      code: "72514-3",
      display: "Pain severity - 0-10 verbal numeric rating [Score] - Reported",
    },
  ],
};
const SURVEY = {
  coding: [{ system: "http://terminology.hl7.org/CodeSystem/observation-category", code: "survey" }],
};
const SCORE = { unit: "{score}", system: "http://unitsofmeasure.org", code: "{score}" };
const DEGREES = ["as-always", "with-trouble", "not-at-all"];

/**
 * Every entry is a response; each pain in it is an observation, too, that says what it comes from.
 * Nobody is named: there is no subject.
 * @param {Entry[]} known as `live` gives them
 * @param {{now: number, language: string}} about
 * @returns {object} a Bundle of FHIR R4
 */
export function toFhir(known, { now, language }) {
  const resources = known.flatMap((entry) => [
    { fullUrl: `urn:uuid:${entry.id}`, resource: response(entry, language) },
    ...pains(entry).map(([at, pain], index) => ({
      fullUrl: `urn:uuid:${madeFrom(entry.id, index + 1)}`,
      resource: observation(entry, at, pain, language),
    })),
  ]);
  const timestamp = new Date(now).toISOString();
  // FHIR knows no empty list.
  return { resourceType: "Bundle", language, type: "collection", timestamp, ...(resources.length && { entry: resources }) };
}

/**
 * @param {Entry} entry
 * @returns {[number, number][]} when it hurt, and how much; what was done is noted when it is over
 */
function pains({ at, data: { pain = null, before = null, after = null, minutes } }) {
  /** @type {[number, number | null][]} */
  const all = [
    [at, pain],
    [at - minutes * MINUTE_MS, before],
    [at, after],
  ];
  return /** @type {[number, number][]} */ (all.filter(([, score]) => score !== null));
}

/**
 * An id begins with its moment, so that its first digit is 0 until the year 2527.
 * @param {string} id
 * @param {number} index
 * @returns {string} a UUIDv8, the same for the same pain in every export
 */
function madeFrom(id, index) {
  return `${index}${id.slice(1, 14)}8${id.slice(15)}`;
}

/**
 * @param {Entry} entry
 * @param {number} at
 * @param {number} value
 * @param {string} language
 */
function observation({ id, zone }, at, value, language) {
  return {
    resourceType: "Observation",
    language,
    status: "final",
    category: [SURVEY],
    code: PAIN,
    effectiveDateTime: stamp(at, zone),
    valueQuantity: { value, ...SCORE },
    derivedFrom: [{ reference: `urn:uuid:${id}` }],
  };
}

/**
 * @param {Entry} entry
 * @param {string} language
 */
function response(entry, language) {
  const item = said(entry)
    .map(([name, value]) => ({ linkId: `${entry.kind}.${name}`, answer: answers(name, value) }))
    .filter(({ answer }) => answer.length);
  const within = item.length ? { item } : { answer: [{ valueBoolean: true }] };
  return {
    resourceType: "QuestionnaireResponse",
    language,
    status: "completed",
    authored: stamp(entry.at, entry.zone),
    item: [{ linkId: entry.kind, ...within }],
  };
}

/**
 * @param {string} name
 * @param {any} value
 * @returns {object[]}
 */
function answers(name, value) {
  if (FUNCTIONS.includes(name)) return [{ valueString: DEGREES[value] }];
  if (typeof value === "number") return [{ valueInteger: value }];
  // U+0085 is a space to readers of FHIR, though not to scripts.
  const texts = [value].flat().filter((text) => /[^\s\x85]/.test(text));
  return texts.map((text) => ({ valueString: clean(text) }));
}

// --- a text ----------------------------------------------------------------------------------

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
 *
 * bring: what is new. fresh: how many notes of it would be shown, between the moments from and to. there:
 * how many are here already. deleted: here once, and to stay deleted. changing: would change or delete what
 * is here, and are left out. ends: whether the episode that goes on would be over.
 * @typedef {{
 *   bring: Entry[], fresh: number, from: number, to: number,
 *   there: number, deleted: number, changing: number, ends: boolean,
 * }} Brought
 */
