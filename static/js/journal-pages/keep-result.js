// @ts-check
/** Keeps the result of the check in the journal, when the person asks for it. */

/** Shows the button where the phone keeps a journal; the check's answers are not kept. */
export async function start() {
  const panel = /** @type {HTMLElement} */ (document.querySelector("[data-keep-result]"));
  const button = /** @type {HTMLButtonElement} */ (panel.querySelector("button"));
  // The store itself is fetched by those who keep something: the result must not wait for it.
  if (!self.indexedDB) return;
  panel.hidden = false;
  let isKept = false;
  button.addEventListener("click", async () => {
    // A second tap keeps nothing more.
    if (isKept) return;
    isKept = true;
    await keep().catch((fault) => {
      if (!fault.why) console.warn(fault);
      isKept = false;
    });
    button.hidden = isKept;
    for (const line of panel.querySelectorAll("strong")) {
      line.hidden = "kept" in line.dataset !== isKept;
      // The button has taken the person's place on the page with it.
      if (isKept && !line.hidden) line.focus();
    }
  });
}

async function keep() {
  const card = document.querySelector(".care-card");
  const urgency = card?.className.match(/care-card--([a-z-]+)/)?.[1];
  const reasons = [...document.querySelectorAll(".reasons p")].map(({ textContent }) => textContent ?? "");
  const release = document.querySelector(".foot [data-release]")?.textContent ?? "";
  const { append, newEntry } = await import("../journal/store.js");
  await append([newEntry("check", { urgency, reasons, release })]);
}
