// @ts-check
/** The form for feedback: sends what somebody says of Easeback, or says that it waits. */
import { optional } from "../lib/dom.js";
import { isKept } from "../lib/safe-storage.js";
import { ALL_SENT, forget, keep, send, sendWaiting, thanks, waiting } from "./queue.js";

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
    if (document.querySelector("[data-feedback-say=kept]:not([hidden])")) say("sent");
  });
  if (!waiting().length) return;
  say("kept");
  addEventListener("online", sendWaiting);
  await sendWaiting();
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
  if (outcome !== "waits") forget(feedback);
  if (outcome === "sent") return location.assign(thanks(feedback));
  if (outcome === "refused") return submitPlainly(form);
  say(kept ? "kept" : isKept() ? "full" : "failed");
  if (!kept) return;
  form.reset();
  field(form, "id").value = newId();
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
