// @ts-check
/**
 * What each form of the journal is being filled with: something new, or what began from a timer or
 * from an entry that is changed. Neither overwrites the other: what is new waits while the other goes.
 * It outlives a reload, and a phone that closes the page; it never leaves the phone, and goes when it
 * is kept, or when all is deleted.
 */
import { newId } from "../journal/store.js";
import { all } from "../lib/dom.js";
import { parsed, write } from "../lib/safe-storage.js";
import { JOURNAL_DRAFT } from "../lib/storage-keys.js";
import { dayIn, localOf } from "./view.js";

/** So many years back somebody may say that something was; before it, it is a slip of the finger. */
const YEARS = 10;

/** By the kind of form. @type {Map<string, Sheet>} */
const byKind = new Map();

/** What was written of a change that was left without keeping it, by what it replaces. @type {Map<string, Fields>} */
const aside = new Map();

/** Makes the forms ready, with what was being written when the page was last open. */
export function openSheets() {
  for (const form of /** @type {HTMLFormElement[]} */ (all("[data-journal-form]"))) {
    const kind = form.dataset.journalForm ?? "";
    // Words of our own say what is wrong, in the language of the page.
    form.noValidate = true;
    byKind.set(kind, { kind, form, id: newId(), start: undefined, before: "" });
    resume(kind);
    form.addEventListener("input", () => note(sheetOf(kind)));
  }
}

/** @param {string} kind */
export function sheetOf(kind) {
  return /** @type {Sheet} */ (byKind.get(kind));
}

/** @param {string} kind */
export function hasSheet(kind) {
  return byKind.has(kind);
}

/** @returns {Sheet[]} */
export function sheets() {
  return [...byKind.values()];
}

/** @returns {boolean} whether something is being written that is not kept */
export function isWriting() {
  return sheets().some((sheet) => sheet.start || isTouched(sheet));
}

/** @returns {Sheet[]} those that began from something */
export function started() {
  return sheets().filter(({ start }) => start);
}

/**
 * Begins a form from what is known; what was being written in it waits.
 * @param {string} kind
 * @param {Start} start
 */
export function begin(kind, start) {
  const sheet = sheetOf(kind);
  if (sheet.start) putAside(sheet);
  Object.assign(sheet, { id: newId(), start });
  const written = aside.get(String(start.supersedes));
  fill(sheet, written);
  sheet.form.closest("details")?.setAttribute("open", "");
  note(sheet);
}

/**
 * Ends what a form began from, and brings back what was being written in it before.
 * @param {string} kind
 * @param {boolean} [spares] whether what was written of it comes back when it is begun again
 */
export function end(kind, spares = false) {
  const sheet = sheetOf(kind);
  if (sheet.start && spares) putAside(sheet);
  else aside.delete(String(sheet.start?.supersedes));
  forget(sheet);
  sheet.start = undefined;
  sheet.id = newId();
  resume(kind);
}

/**
 * Goes on after what was written has been kept. What was written meanwhile stays: it is something new.
 * @param {Sheet} sheet
 * @param {Entry} entry
 * @param {string} sent
 * @returns {boolean} whether the form is done
 */
export function settle(sheet, entry, sent) {
  if (textOf(sheet) === sent) {
    end(sheet.kind);
    return true;
  }
  sheet.id = newId();
  if (sheet.start) sheet.start = { ...sheet.start, supersedes: [entry.id] };
  note(sheet);
  return false;
}

/** Forgets all that is being written. */
export function forgetSheets() {
  aside.clear();
  for (const [kind, sheet] of byKind) {
    sheet.start = undefined;
    for (const name of [kind, `${kind}+`]) keepDraft(name, null);
    resume(kind);
  }
}

/** It locked today, unless somebody says otherwise, and that is the day on which it is said. */
export function presetDay() {
  const sheet = sheetOf("begin");
  const day = dayField(sheet);
  const today = dayIn(Date.now());
  if (sheet.start || (day.value && day.value !== sheet.preset)) return;
  day.value = today;
  sheet.preset = today;
}

/** @param {Sheet} sheet */
export function isTouched(sheet) {
  return textOf(sheet) !== sheet.before;
}

/**
 * @param {Sheet} sheet
 * @returns {Fields} what it holds; the day of a begin is left out where nobody has said it
 */
export function fieldsOf({ form, preset, start }) {
  const fields = /** @type {[string, string][]} */ ([...new FormData(form)]);
  return Object.fromEntries(fields.filter(([name, value]) => value && (start || name !== "day" || value !== preset)));
}

/**
 * @param {Sheet} sheet
 * @returns {Sent} what it holds now, whatever is written in it later
 */
export function sentOf(sheet) {
  return { id: sheet.id, text: textOf(sheet), fields: fieldsOf(sheet) };
}

/** @param {Sheet} sheet */
function textOf(sheet) {
  return JSON.stringify(fieldsOf(sheet));
}

/**
 * Keeps what is written for the next time.
 * @param {Sheet} sheet
 */
function note(sheet) {
  const { id, start } = sheet;
  if (!start && !isTouched(sheet)) forget(sheet);
  else keepDraft(nameOf(sheet), { id, fields: fieldsOf(sheet), ...(start && { start }) });
}

/**
 * Forgets what is kept of this sheet, and not what another tab is writing.
 * @param {Sheet} sheet
 */
function forget(sheet) {
  if (drafts()[nameOf(sheet)]?.id === sheet.id) keepDraft(nameOf(sheet), null);
}

/**
 * Fills a form with what was being written in it: of what it began from, or else of something new.
 * @param {string} kind
 */
function resume(kind) {
  const sheet = sheetOf(kind);
  const { [kind]: plain, [`${kind}+`]: begun } = drafts();
  const draft = begun?.start ? begun : plain;
  sheet.start = draft?.start;
  if (draft) sheet.id = draft.id;
  fill(sheet, draft?.fields);
  if (kind === "begin") presetDay();
  if (isTouched(sheet) || sheet.start) sheet.form.closest("details")?.setAttribute("open", "");
}

/**
 * @param {Sheet} sheet
 * @param {Fields} [written] in the place of what it began from
 */
function fill(sheet, written) {
  const { form, start } = sheet;
  const { at = 0, data = {} } = start ?? {};
  const moments = start ? { day: dayIn(at), when: localOf(at) } : {};
  set(form, { ...data, ...data.can, ...moments });
  sheet.before = textOf(sheet);
  if (written) set(form, written);
}

/**
 * Sets every field of a form, and so takes away what is not given.
 * @param {HTMLFormElement} form
 * @param {Record<string, unknown>} values
 */
function set(form, values) {
  form.reset();
  for (const [name, value] of Object.entries(values)) {
    const field = form.elements.namedItem(name);
    if (field && "value" in field) field.value = String(value ?? "");
  }
}

/** @param {Sheet} sheet what it holds of a change or a timer that is left */
function putAside(sheet) {
  const { start } = sheet;
  if (start?.supersedes && isTouched(sheet)) aside.set(String(start.supersedes), fieldsOf(sheet));
}

/** @param {Sheet} sheet */
function nameOf({ kind, start }) {
  return start ? `${kind}+` : kind;
}

/** @param {Sheet} sheet */
function dayField({ form }) {
  return /** @type {HTMLInputElement} */ (form.elements.namedItem("day"));
}

/**
 * @param {number} now
 * @returns {number} the first moment that is believed
 */
export function earliest(now) {
  const day = new Date(now);
  return new Date(day.getFullYear() - YEARS, day.getMonth(), day.getDate()).getTime();
}

/**
 * Says to the fields for days and moments how far they go.
 * @param {Sheet} sheet
 * @param {number} now
 */
export function bound({ form, start }, now) {
  for (const field of /** @type {HTMLInputElement[]} */ (all("[name=day], [name=when]", form))) {
    // A new bound would empty a field that is half filled in.
    if (field.validity.badInput) continue;
    const moment = field.name === "day" ? dayIn : localOf;
    field.min = moment(Math.min(earliest(now), start?.at ?? now));
    field.max = moment(Math.max(now, start?.at ?? now));
  }
}

// --- for the next time -------------------------------------------------------------------------

/** @returns {Record<string, Draft>} by the kind of form, with "+" where it began from something */
function drafts() {
  const kept = Object.entries(Object(parsed(JOURNAL_DRAFT)));
  return Object.fromEntries(kept.filter(([, draft]) => isDraft(draft)));
}

/**
 * @param {string} name
 * @param {Draft | null} draft null forgets it
 */
function keepDraft(name, draft) {
  const { [name]: before, ...others } = drafts();
  if (!draft && !before) return;
  const all = draft ? { ...others, [name]: draft } : others;
  write(JOURNAL_DRAFT, Object.keys(all).length ? JSON.stringify(all) : null);
}

/**
 * @param {any} draft
 * @returns {draft is Draft}
 */
function isDraft(draft) {
  const { id, fields, start } = draft ?? {};
  const begun = start === undefined || (Number.isFinite(start?.at) && isObject(start.data));
  return isText(id) && isObject(fields) && Object.values(fields).every(isText) && begun;
}

/** @param {unknown} value */
function isObject(value) {
  return typeof value === "object" && value !== null;
}

/** @param {unknown} value */
function isText(value) {
  return typeof value === "string";
}

/**
 * before: what it held when nobody had written in it. preset: the day that it holds unasked.
 * @typedef {Record<string, string>} Fields
 * @typedef {object} Sheet
 * @property {string} kind
 * @property {HTMLFormElement} form
 * @property {string} id
 * @property {Start} [start]
 * @property {string} before
 * @property {string} [preset]
 *
 * @typedef {import("../journal/entry.js").Entry} Entry
 *
 * id: under which it will be kept, so that what two pages hold is kept once.
 * @typedef {{id: string, fields: Record<string, string>, start?: Start}} Draft
 *
 * What a form held when it was sent. text: all of it, to see whether it was changed since.
 * @typedef {{id: string, text: string, fields: Fields}} Sent
 *
 * What a form began from: a timer that ran, or an entry that is changed, whose id it replaces.
 * @typedef {{at: number, data: Record<string, any>, supersedes?: string[]}} Start
 */
