// @ts-check
/** The journal: what is kept, how it is now, what helps. Nothing of it leaves this phone from here. */
import { guarded, refuse } from "../journal/refusal.js";
import { onChange, openJournal } from "../journal/store.js";
import { all } from "../lib/dom.js";
import { isStale, redraw } from "./drawing.js";
import { forgetSheets, openSheets, sentOf, sheetOf } from "./sheets.js";

const LOOK_MS = 5000;

/** So long after the last letter somebody is still writing. */
const WRITING_MS = 30_000;

let lastLetter = -WRITING_MS;

// Not needed to read what is kept.
const commands = () => import("./commands.js");

/** Opens what is kept and shows it, or says why it cannot be. */
export async function start() {
  openSheets();
  listen();
  onChange((isErased) => {
    if (isErased) forgetSheets();
    refresh();
  });
  onLook((isBack) => {
    const isWriting = performance.now() - lastLetter < WRITING_MS;
    if (isBack || (isStale() && !isWriting)) refresh();
  });
  addEventListener("pageshow", ({ persisted }) => {
    // Nobody told it anything meanwhile.
    if (persisted) guarded(() => redraw(true));
  });
  await guarded(async () => {
    await openJournal();
    if (await redraw()) (await import("./saying.js")).say("draft");
    if (await (await import("./upkeep.js")).mindBackup()) await redraw();
  });
}

function refresh() {
  guarded(() => redraw());
}

function listen() {
  document.addEventListener("click", ({ target }) => {
    const button = /** @type {Element} */ (target).closest("[data-journal-do], [data-line]");
    if (button instanceof HTMLElement) act(async () => (await commands()).press(button));
  });
  for (const form of /** @type {HTMLFormElement[]} */ (all("[data-journal-form]"))) {
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      // Taken before anything is waited for: what is written from here on is something new.
      const sent = sentOf(sheetOf(form.dataset.journalForm ?? ""));
      act(async () => (await commands()).submit(form, sent));
    });
    form.addEventListener("input", ({ target }) => {
      const field = /** @type {HTMLInputElement} */ (target);
      if (field.type !== "radio") lastLetter = performance.now();
      act(async () => (await import("./forms.js")).judge(field));
    });
  }
  for (const fold of /** @type {HTMLDetailsElement[]} */ (all("[data-journal-fold]"))) {
    fold.addEventListener("toggle", () => act(async () => (await commands()).folded(fold)));
  }
}

/**
 * Does what needs more of the page; where that does not come, says so.
 * @param {() => Promise<unknown>} what
 */
function act(what) {
  what().catch((fault) => {
    console.warn(fault);
    refuse("broken");
  });
}

/**
 * Calls back when the page is seen again, and from time to time while it is seen: a day ends, and a
 * clock can be changed, without the page being left.
 * @param {(isBack: boolean) => void} told whether the page was away
 */
function onLook(told) {
  const look = (/** @type {boolean} */ isBack) => document.hidden || told(isBack);
  document.addEventListener("visibilitychange", () => look(true));
  setInterval(look, LOOK_MS, false);
}
