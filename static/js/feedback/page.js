// @ts-check
/**
 * Sends what somebody says of Easeback; without a network it is kept here and sent once, later.
 *
 * It is kept before it is sent, under an id of its own, and taken away when the server has it. So an
 * answer of the server that is lost on its way leads to a second try, and never to a second row.
 */
import { isKept, read, write } from "../lib/safe-storage.js";

const KEY = "easeback.feedback";
const MOST = 10;
const PATIENCE_MS = 8000;
/** What the server will not take at a second try either. */
const REFUSALS = [413, 422];

/** @type {Promise<void> | undefined} */
let sending;

/** Takes over the form, and sends what waits from before. */
export async function startFeedback() {
  const form = /** @type {HTMLFormElement} */ (document.querySelector("form[data-feedback]"));
  const page = field(form, "page");
  page.value ||= new URLSearchParams(location.search).get("page") ?? "";
  field(form, "id").value ||= newId();
  // Other words are another thing said, even where the first may have arrived.
  form.addEventListener("input", () => (field(form, "id").value = newId()));
  form.addEventListener("submit", submit);
  if (!waiting().length) return;
  say("kept");
  addEventListener("online", sendKept);
  await sendKept();
}

/** Sends what waits on this phone; what does not get through goes on waiting. */
export function sendKept() {
  sending ??= sendAll().finally(() => {
    sending = undefined;
  });
  return sending;
}

async function sendAll() {
  for (const one of waiting()) {
    if ((await send(one)) === "waits") return addEventListener("online", sendKept, { once: true });
    forget(one);
  }
  if (document.querySelector("[data-feedback-say=kept]:not([hidden])")) say("sent");
}

/** @param {SubmitEvent} event */
async function submit(event) {
  const form = /** @type {HTMLFormElement} */ (event.currentTarget);
  event.preventDefault();
  const one = /** @type {Said} */ ({
    ...Object.fromEntries(new FormData(form)),
    language: document.documentElement.lang,
  });
  if (!one.helped) return say("choose");
  const button = /** @type {HTMLButtonElement} */ (form.querySelector("button"));
  button.disabled = true;
  const kept = keep(one);
  const outcome = await send(one);
  button.disabled = false;
  if (outcome !== "waits") forget(one);
  if (outcome === "sent") return location.assign(thanks(one));
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
  form.requestSubmit();
}

/**
 * @param {Said} one
 * @returns {Promise<"sent" | "refused" | "waits">}
 */
async function send(one) {
  const { language, ...fields } = one;
  try {
    const { status, url } = await fetch(`/${language}/feedback/`, {
      method: "POST",
      body: new URLSearchParams(fields),
      credentials: "omit",
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
    // A page of a hotel's network answers with 200, too; only ours leads to the thanks.
    if (status === 200 && new URL(url).pathname === thanks(one)) return "sent";
    return REFUSALS.includes(status) ? "refused" : "waits";
  } catch {
    return "waits";
  }
}

/** @param {Said} one */
function thanks({ language }) {
  return `/${language}/feedback/thanks/`;
}

/**
 * @param {Said} one
 * @returns {boolean} whether this phone keeps it from now on
 */
function keep(one) {
  const others = waiting().filter(({ id }) => id !== one.id);
  if (!one.id || !isKept() || others.length >= MOST) return false;
  write(KEY, JSON.stringify([...others, one]));
  return waiting().some(({ id }) => id === one.id);
}

/** @param {Said} one */
function forget(one) {
  const others = waiting().filter(({ id }) => id !== one.id);
  write(KEY, others.length ? JSON.stringify(others) : null);
}

/** @returns {Said[]} */
function waiting() {
  try {
    const kept = JSON.parse(read(KEY) ?? "[]");
    return kept.filter((/** @type {any} */ one) => one.id && /^[a-z-]+$/.test(one.language));
  } catch {
    return [];
  }
}

/** @returns {string} random, or empty in a browser that has no such thing: the server makes one */
function newId() {
  return crypto.randomUUID?.() ?? "";
}

/** @param {string} what */
function say(what) {
  for (const one of document.querySelectorAll("[data-feedback-say]")) {
    one.toggleAttribute("hidden", one.getAttribute("data-feedback-say") !== what);
  }
}

/**
 * @param {HTMLFormElement} form
 * @param {string} name
 */
function field(form, name) {
  return /** @type {HTMLInputElement} */ (form.elements.namedItem(name));
}

/**
 * @typedef {{id: string, helped: string, words: string, page: string, release: string,
 *   language: string}} Said
 */
