// @ts-check
/**
 * The help card: a second language below the first, one sentence large, only the sentences that are
 * ticked, and the place where the phone is. What is ticked and where the phone is stay in this page
 * and are gone with it; nothing is sent from here.
 */
import { draft } from "../check/draft.js";
import { all, optional, setText, show } from "../lib/dom.js";
import { readPage } from "../lib/read-page.js";
import { read, write } from "../lib/safe-storage.js";
import { SECOND_LANGUAGE } from "../lib/storage-keys.js";

const PATIENCE_MS = 20000;
/** What goes wrong, by the numbers that browsers give it. */
const FAULTS = ["", "denied", "not-found", "too-late"];

/** The language that was asked for last. */
let second = "";

/** Makes the card answer to taps. */
export async function start() {
  for (const part of all("[data-live]")) part.hidden = false;
  startLarge();
  startTicks();
  startSecondLanguage();
  startPlace();
}

// --- one sentence, large --------------------------------------------------------------------

function startLarge() {
  const dialog = /** @type {HTMLDialogElement | undefined} */ (optional("[data-large]"));
  if (!dialog?.showModal) return;
  for (const words of all("[data-words]")) {
    const button = pressable(words);
    button.addEventListener("click", () => {
      const copies = Array.from(button.childNodes, (node) => node.cloneNode(true));
      optional("[data-large-words]")?.replaceChildren(...copies);
      dialog.showModal();
    });
  }
}

/**
 * @param {HTMLElement} words
 * @returns {HTMLButtonElement} which holds all that the element held
 */
function pressable(words) {
  const button = document.createElement("button");
  button.type = "button";
  button.append(...words.childNodes);
  words.append(button);
  return button;
}

// --- ticks ----------------------------------------------------------------------------------

function startTicks() {
  for (const tick of ticks()) tick.addEventListener("change", () => showTicked(isOnly()));
  for (const field of all("[data-write]")) field.addEventListener("input", () => takeWords(field));
  optional("[data-only]")?.addEventListener("click", () => showTicked(!isOnly()));
  optional("[data-add-answers]")?.addEventListener("click", () => {
    const found = addAnswers();
    show("[data-added]", found);
    show("[data-none-added]", !found);
    if (found) showTicked(true);
  });
  show("[data-add]", answeredYes().size > 0);
}

/**
 * Puts the person's own words behind their sentence, and ticks it while there are any.
 * @param {HTMLElement} field
 */
function takeWords(field) {
  const row = /** @type {HTMLElement} */ (field.closest("li"));
  const { value } = /** @type {HTMLInputElement} */ (field);
  /** @type {HTMLElement} */ (row.querySelector("[data-written]")).textContent = value;
  /** @type {HTMLInputElement} */ (row.querySelector("[type=checkbox]")).checked = value !== "";
  showTicked(isOnly());
}

/** @param {boolean} only whether the sentences without a tick are hidden, if there is any tick */
function showTicked(only) {
  const ticked = ticks().filter((tick) => tick.checked);
  const hides = only && ticked.length > 0;
  const isNew = hides && !isOnly();
  show("[data-bar]", ticked.length > 0);
  optional("[data-help-card]")?.toggleAttribute("data-only-ticked", hides);
  show("[data-some]", !hides);
  show("[data-every]", hides);
  if (!hides) return;
  for (const part of all(".phrase, .fold:not(.fold--languages)")) {
    part.toggleAttribute("data-unticked", !part.querySelector(":checked"));
  }
  for (const tick of ticked) tick.closest("details")?.setAttribute("open", "");
  if (isNew) ticked[0].closest("li")?.scrollIntoView({ block: "center" });
}

function isOnly() {
  return optional("[data-only-ticked]") !== undefined;
}

/** @returns {boolean} whether any sentence speaks of what was answered with yes */
function addAnswers() {
  const answered = answeredYes();
  const meant = ticks().filter(({ dataset }) =>
    dataset.question?.split(" ").some((question) => answered.has(question)),
  );
  for (const tick of meant) tick.checked = true;
  return meant.length > 0;
}

function answeredYes() {
  try {
    // The Yes of a danger sign is a button, which is called "yes" and names the question.
    const said = draft().filter((pair) => pair.includes("yes"));
    return new Set(said.flat());
  } catch {
    // Storage is closed: this tab keeps no answers.
    return new Set();
  }
}

/** @returns {HTMLInputElement[]} */
function ticks() {
  return /** @type {HTMLInputElement[]} */ (all("[data-help-card] [type=checkbox]"));
}

// --- the second language ---------------------------------------------------------------------

function startSecondLanguage() {
  for (const link of /** @type {HTMLAnchorElement[]} */ (all("a[data-second]"))) {
    const button = document.createElement("button");
    const { lang, dir, hreflang, textContent } = link;
    Object.assign(button, { type: "button", lang, dir, textContent, value: hreflang });
    button.dataset.second = "";
    button.addEventListener("click", () => {
      const code = second === hreflang ? "" : hreflang;
      write(SECOND_LANGUAGE, code || null);
      choose(code);
    });
    link.replaceWith(button);
  }
  choose(read(SECOND_LANGUAGE) ?? "");
}

/** @param {string} code of the language to show, or nothing */
async function choose(code) {
  second = code;
  mark(code);
  const route = document.documentElement.dataset.route;
  const known = languages().some((button) => button.value === code);
  const page = known ? await readPage(`/${code}/${route}`) : null;
  // A later tap may have been faster.
  if (second !== code) return;
  // The worker's last resort is a page in no language.
  const whole = page?.documentElement.lang === code ? page : null;
  show("[data-second-missing]", known && !whole);
  if (!whole) {
    second = "";
    mark("");
  }
  for (const row of all("[data-phrase]")) showSecond(row, whole);
}

/** @param {string} code */
function mark(code) {
  for (const button of languages()) {
    button.setAttribute("aria-pressed", String(button.value === code));
  }
}

/**
 * @param {HTMLElement} own
 * @param {Document | null} page
 */
function showSecond(own, page) {
  own.parentElement?.querySelector("[data-second-text]")?.remove();
  const words = page?.querySelector(`#${own.closest("li")?.id} [data-phrase]`);
  if (!page || !words) return;
  const { lang, dir } = page.documentElement;
  const copy = Object.assign(document.createElement("span"), { lang, dir });
  copy.dataset.secondText = "";
  copy.textContent = words.textContent;
  own.after(copy);
}

/** @returns {HTMLButtonElement[]} */
function languages() {
  return /** @type {HTMLButtonElement[]} */ (all("button[data-second]"));
}

// --- where the phone is ----------------------------------------------------------------------

function startPlace() {
  writeMessage("");
  if (!isSecureContext || !navigator.geolocation) return;
  show("[data-locate]", true);
  optional("[data-locate]")?.addEventListener("click", () => {
    note("looking");
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => showPlace(coords),
      ({ code }) => note(FAULTS[code]),
      { enableHighAccuracy: true, timeout: PATIENCE_MS },
    );
  });
}

/** @param {GeolocationCoordinates} coordinates */
function showPlace({ latitude, longitude, accuracy }) {
  const place = `${latitude.toFixed(5)}, ${longitude.toFixed(5)}`;
  const metres = String(Math.ceil(accuracy));
  setText("[data-place]", place);
  setText("[data-metres]", metres);
  show("[data-place-row]", true);
  note("found");
  writeMessage(`\n${place} (±${metres} m)`);
}

/** @param {string} wanted which of the notes about the place is shown */
function note(wanted) {
  for (const note of all("[data-place-note]")) note.hidden = note.dataset.placeNote !== wanted;
}

/** @param {string} place what is added to the text message */
function writeMessage(place) {
  const link = optional("[data-message]");
  if (!link) return;
  const words = optional(`#${link.dataset.message} [data-phrase]`)?.textContent ?? "";
  // "?&" is what both Android and iPhone understand.
  link.setAttribute("href", `sms:?&body=${encodeURIComponent(words + place)}`);
  link.hidden = false;
}
