// @ts-check
/**
 * Feedback that waits on this phone until the server has it.
 *
 * It is kept before it is sent, under an id of its own, and taken away when the server has it. So an
 * answer of the server that is lost on its way leads to a second try, and never to a second row.
 */
import { isKept, list, write } from "../lib/safe-storage.js";
import { FEEDBACK } from "../lib/storage-keys.js";

/** Said on the window once nothing waits any more. */
export const ALL_SENT = "feedbacksent";

const MOST = 10;
const PATIENCE_MS = 8000;
/** @type {Record<number, Outcome>} */
const OUTCOMES = { 413: "long", 422: "refused", 429: "busy" };

/** @type {Promise<void> | undefined} */
let sending;

/** Sends what waits from earlier visits. */
export async function start() {
  await sendWaiting();
}

/** Sends what waits on this phone; what does not get through goes on waiting. */
export function sendWaiting() {
  sending ??= sendAll().finally(() => {
    sending = undefined;
  });
  return sending;
}

async function sendAll() {
  for (const feedback of waiting()) {
    if (feedback.refused) continue;
    const outcome = await send(feedback);
    if (outcome === "sent") forget(feedback);
    // Whoever wrote it is told at the form, and can mend it there.
    else if (isRefused(outcome)) write(FEEDBACK, JSON.stringify(waiting().map((one) => marked(one, feedback))));
    // Of a language that is no more, say: it holds up nothing else.
    else if (outcome !== "odd") return addEventListener("online", sendWaiting, { once: true });
  }
  if (!waiting().length) dispatchEvent(new Event(ALL_SENT));
}

/**
 * @param {Feedback} one
 * @param {Feedback} refused
 * @returns {Feedback}
 */
function marked(one, refused) {
  return one.id === refused.id ? { ...one, refused: true } : one;
}

/** @param {Outcome} outcome @returns {boolean} whether the server will not take it at a second try either */
export function isRefused(outcome) {
  return outcome === "long" || outcome === "refused";
}

/**
 * @param {Feedback} feedback
 * @returns {Promise<Outcome>}
 */
export async function send(feedback) {
  const { language, id, helped, words, page, release } = feedback;
  const late = new AbortController();
  const timer = setTimeout(() => late.abort(), PATIENCE_MS);
  try {
    const { status, url } = await fetch(`/${language}/feedback/`, {
      method: "POST",
      body: new URLSearchParams({ id, helped, words, page, release }),
      credentials: "omit",
      signal: late.signal,
    });
    // A page of a hotel's network answers with 200, too; only ours leads to the thanks.
    if (status === 200 && new URL(url).pathname === thanks(feedback)) return "sent";
    return OUTCOMES[status] ?? (status >= 500 ? "busy" : "odd");
  } catch {
    return "waits";
  } finally {
    clearTimeout(timer);
  }
}

/**
 * @param {Feedback} feedback
 * @returns {string} the address of the page that the server leads to when it has it
 */
export function thanks({ language }) {
  return `/${language}/feedback/thanks/`;
}

/**
 * @param {Feedback} feedback
 * @returns {boolean} whether this phone keeps it from now on
 */
export function keep(feedback) {
  const others = waiting().filter(({ id }) => id !== feedback.id);
  if (!feedback.id || !isKept() || others.length >= MOST) return false;
  write(FEEDBACK, JSON.stringify([...others, feedback]));
  return waiting().some(({ id }) => id === feedback.id);
}

/** @param {Feedback} feedback */
export function forget(feedback) {
  const others = waiting().filter(({ id }) => id !== feedback.id);
  write(FEEDBACK, others.length ? JSON.stringify(others) : null);
}

/** @returns {Feedback[]} */
export function waiting() {
  return list(FEEDBACK).filter((item) => item?.id && /^[a-z-]+$/.test(item.language));
}

/**
 * refused: whether the server will not take it as it is.
 * @typedef {{id: string, helped: string, words: string, page: string, release: string,
 *   language: string, refused?: true}} Feedback
 *
 * long: more than the server reads. refused: its own page says why. busy: it answers, and takes nothing
 * now. odd: what answers knows no such form, or is none of ours. waits: nothing answers.
 * @typedef {"sent" | "long" | "refused" | "busy" | "odd" | "waits"} Outcome
 */
