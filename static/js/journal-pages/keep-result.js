// @ts-check
/** Keeps the result of the check in the journal, when the person asks for it. */
import { append, newEntry, openJournal } from "../journal/store.js";

/** Shows the button where the phone keeps a journal; the check's answers are not kept. */
export async function start() {
  const panel = /** @type {HTMLElement} */ (document.querySelector("[data-keep-result]"));
  const button = /** @type {HTMLButtonElement} */ (panel.querySelector("button"));
  await openJournal();
  panel.hidden = false;
  button.addEventListener("click", async () => {
    button.disabled = true;
    const why = await keep().then(
      () => "",
      (/** @type {{why?: string}} */ fault) => fault.why ?? Promise.reject(fault),
    );
    button.disabled = !why;
    for (const line of panel.querySelectorAll("strong")) line.hidden = "kept" in line.dataset === Boolean(why);
  });
}

async function keep() {
  const card = document.querySelector(".care-card");
  const urgency = card?.className.match(/care-card--([a-z-]+)/)?.[1];
  const reasons = [...document.querySelectorAll(".reasons p")].map(({ textContent }) => textContent ?? "");
  const release = document.querySelector(".foot [data-release]")?.textContent ?? "";
  await append([newEntry("check", { urgency, reasons, release })]);
}
