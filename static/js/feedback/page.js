// @ts-check
/** The form for feedback: sends what somebody says of Easeback, or says that it waits. */
import { optional } from "../lib/dom.js";
import { isKept } from "../lib/safe-storage.js";
import { ALL_SENT, forget, isRefused, keep, send, sendWaiting, thanks, waiting } from "./queue.js";

/** Takes over the form, and sends what waits from before. */
export async function start() {
  const form = /** @type {HTMLFormElement} */ (document.querySelector("form[data-feedback]"));
  // For browsers that know autofocus only on fields, as in check/draft.js.
  optional("[autofocus]")?.focus();
  const page = field(form, "page");
  page.value ||= new URLSearchParams(location.search).get("page") ?? "";
  field(form, "id").value ||= newId();
  // Other words are another thing said, even where the first may have arrived.
  form.addEventListener("input", () => (field(form, "id").value = newId()));
  form.addEventListener("submit", submit);
  addEventListener(ALL_SENT, () => {
    if (document.querySelector(":is([data-feedback-say=kept], [data-feedback-say=busy]):not([hidden])")) say("sent");
  });
  if (!waiting().length) return;
  say("kept");
  addEventListener("online", sendWaiting);
  await sendWaiting();
  giveBack(form);
}

/**
 * Puts into the form what the server did not take when it was sent later; where somebody is writing, the
 * next time.
 * @param {HTMLFormElement} form
 */
function giveBack(form) {
  const refused = waiting().find((feedback) => feedback.refused);
  if (!refused || field(form, "words").value || field(form, "helped").value) return;
  for (const name of /** @type {const} */ (["page", "helped", "words"])) field(form, name).value = refused[name];
  forget(refused);
  say("refused");
}

/** @param {SubmitEvent} event */
async function submit(event) {
  const form = /** @type {HTMLFormElement} */ (event.currentTarget);
  event.preventDefault();
  const feedback = /** @type {import("./queue.js").Feedback} */ ({
    ...Object.fromEntries(new FormData(form)),
    language: document.documentElement.lang,
  });
  if (!feedback.helped) {
    say("choose");
    return optional("[name=helped]")?.focus();
  }
  const button = /** @type {HTMLButtonElement} */ (form.querySelector("button"));
  button.disabled = true;
  const kept = keep(feedback);
  const outcome = await send(feedback);
  button.disabled = false;
  // It has lost the focus while it could not be pressed.
  button.focus({ preventScroll: true });
  if (outcome === "sent" || isRefused(outcome)) forget(feedback);
  // What was written while it was under way is something new, and stays.
  const isSame = field(form, "id").value === feedback.id;
  if (outcome === "sent") return isSame ? location.assign(thanks(feedback)) : say("sent");
  if (outcome === "refused") return submitPlainly(form);
  say(outcome === "long" ? "long" : sentenceOf(outcome, kept));
  if (!kept || outcome === "long" || !isSame) return;
  form.reset();
  field(form, "id").value = newId();
}

/**
 * @param {import("./queue.js").Outcome} outcome
 * @param {boolean} kept
 * @returns {string} what is said of words that are not sent
 */
function sentenceOf(outcome, kept) {
  if (kept) return outcome === "busy" ? "busy" : "kept";
  if (isKept()) return "full";
  return outcome === "busy" ? "later" : "failed";
}

/**
 * Posts the form as a browser does, so that the server's own page says what is wrong.
 * @param {HTMLFormElement} form
 */
function submitPlainly(form) {
  form.removeEventListener("submit", submit);
  form.querySelector("button")?.click();
}

/** @returns {string} a random UUID, made by hand: Safari 15.3 and Firefox 94 make none */
function newId() {
  const octets = [...crypto.getRandomValues(new Uint8Array(16))];
  const digits = octets.map((octet) => octet.toString(16).padStart(2, "0")).join("");
  return digits.replace(/^(.{8})(.{4}).(.{3}).(.{3})/, "$1-$2-4$3-a$4-");
}

/** @param {string} what */
function say(what) {
  for (const line of document.querySelectorAll("[data-feedback-say]")) {
    line.toggleAttribute("hidden", line.getAttribute("data-feedback-say") !== what);
  }
}

/**
 * @param {HTMLFormElement} form
 * @param {string} name
 */
function field(form, name) {
  return /** @type {HTMLInputElement} */ (form.elements.namedItem(name));
}
