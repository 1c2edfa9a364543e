// @ts-check
/**
 * Keeps the answers of the check through a reload that some browsers turn into a fresh start.
 *
 * They lie in this tab's session storage and nowhere else. What somebody answered about their
 * health has to be gone with the tab, and out of reach of other tabs, of the address and its
 * history, and of every request but the one that the person sends.
 */
import { CHECK } from "../lib/storage-keys.js";

const WORD = /^[a-z0-9-]+$/;

/**
 * What this module put into the offer.
 * @type {HTMLInputElement[]}
 */
let filled = [];

/** Offers what was sent last where the check starts anew, and keeps what is sent from this page. */
export async function start() {
  for (const button of document.querySelectorAll("[data-forget]")) {
    button.addEventListener("click", forget);
  }
  // Kept when it is sent, not when it arrives: a foreign page may post answers to the check, too.
  document.querySelector("form.check")?.addEventListener("submit", (event) => {
    keepAnswers(/** @type {SubmitEvent} */ (event));
  });
  // On paper nothing can be opened. By CSS alone only Chrome since 131 and Safari since 18.4 do it.
  addEventListener("beforeprint", () => {
    for (const part of document.querySelectorAll("details.fold, details.answers")) part.setAttribute("open", "");
  });
  const offer = draftForm();
  if (!offer) {
    begin();
    return;
  }
  // A page that comes back from the browser's memory may meet newer answers, or none.
  addEventListener("pageshow", ({ persisted }) => {
    if (persisted) offerDraft(offer);
  });
  offerDraft(offer);
  if (!offer.hidden && arrival() === "reload") offer.submit();
}

/** For browsers that know autofocus only on fields: Firefox before 111, Safari before 16.4. */
function begin() {
  const beginning = /** @type {HTMLElement | null} */ (document.querySelector("[autofocus]"));
  if (document.activeElement === document.body) beginning?.focus({ preventScroll: true });
}

function forget() {
  const offer = draftForm();
  if (offer) offer.hidden = true;
  // Where storage is closed this fails, and there was never anything to forget.
  sessionStorage.removeItem(CHECK);
}

/** @returns {HTMLFormElement | null} which only the first page of the check holds */
function draftForm() {
  return document.querySelector("form[data-draft]");
}

/** @param {HTMLFormElement} offer */
function offerDraft(offer) {
  for (const input of filled) input.remove();
  const own = new Set(hiddenPairs(offer).map(([name]) => name));
  const answers = draft().filter(([name]) => !own.has(name));
  filled = answers.map(([name, value]) =>
    Object.assign(document.createElement("input"), { type: "hidden", name, value }),
  );
  offer.append(...filled);
  offer.hidden = !filled.length;
}

/** @param {SubmitEvent} event */
function keepAnswers({ currentTarget, submitter }) {
  const sent = [...new FormData(/** @type {HTMLFormElement} */ (currentTarget))];
  // Older browsers leave the button out, even where they are given it.
  const { name, value } = /** @type {HTMLButtonElement} */ (submitter ?? {});
  const answers = [...sent, [name, value]].filter(([name]) => name !== "k").filter(isPair);
  if (answers.length) sessionStorage.setItem(CHECK, JSON.stringify(answers));
}

/** @returns {Pair[]} what this tab holds, without anything that this file would not write */
export function draft() {
  const kept = JSON.parse(sessionStorage.getItem(CHECK) ?? "[]");
  return Array.isArray(kept) ? kept.filter(isPair) : [];
}

/**
 * @param {Element} form
 * @returns {Pair[]}
 */
function hiddenPairs(form) {
  /** @type {NodeListOf<HTMLInputElement>} */
  const inputs = form.querySelectorAll("input[type=hidden]");
  return Array.from(inputs, ({ name, value }) => [name, value]);
}

/**
 * @param {unknown} pair
 * @returns {pair is Pair}
 */
function isPair(pair) {
  const isWord = (/** @type {unknown} */ word) => typeof word === "string" && WORD.test(word);
  return Array.isArray(pair) && pair.length === 2 && pair.every(isWord);
}

function arrival() {
  const [entry] = performance.getEntriesByType("navigation");
  return /** @type {PerformanceNavigationTiming | undefined} */ (entry)?.type;
}

/** @typedef {[name: string, value: string]} Pair */
