// @ts-check
/** The journal as a bundle of FHIR R4, for a doctor's computer. */
import { FUNCTIONS } from "./entry.js";
import { clean, said, stamp } from "./said.js";

const MINUTE_MS = 60_000;

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

/** @typedef {import("./entry.js").Entry} Entry */
