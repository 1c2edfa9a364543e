/** What the page of the journal shows. */

/** @returns {string[]} the lines of what is kept, the newest first */
export function lines() {
  return texts(".journal__line[data-id]");
}

/** @returns {string[]} what each line says of its entry, without when and what it is */
export function told() {
  return texts(".journal__what");
}

/** @returns {string[]} what a timer did that may be kept */
export function offered() {
  return texts("[data-journal-suggestions] strong");
}

/** @returns {string[]} the days as a table, even where that is folded */
export function days() {
  return [...document.querySelectorAll("[data-journal-rows=course] tr")].map(
    (row) => row.textContent,
  );
}

/** @param {string} kind @returns {boolean} whether a pain is chosen in a form */
export function hasPain(kind) {
  const chosen = `[data-journal-form=${kind}] [name=pain]:checked`;
  return document.querySelector(chosen) !== null;
}

/** @param {string} kind @param {number} pause in milliseconds between two submissions */
export async function sendTwice(kind, pause) {
  const button = document.querySelector(`[data-journal-form=${kind}] [type=submit]`);
  button.click();
  await new Promise((done) => {
    setTimeout(done, pause);
  });
  button.click();
}

/** @param {string} kind @returns {Object} what a form holds */
export function holds(kind) {
  const held = new FormData(document.querySelector(`[data-journal-form=${kind}]`));
  return Object.fromEntries([...held].filter(([, value]) => value));
}

/** @returns {string[]} the names of the buttons of the lines, as a screen reader says them */
export function buttons() {
  const found = document.querySelectorAll(".journal__line[data-id] button:not([hidden])");
  return [...found].map((button) => button.getAttribute("aria-label"));
}

/** Lets each write take so many milliseconds until it is on the disk. @param {number} pause */
export function slowDown(pause) {
  const { put } = Cache.prototype;
  Cache.prototype.put = async function (...request) {
    window.isWriting = true;
    await new Promise((done) => {
      setTimeout(done, pause);
    });
    return put.apply(this, request);
  };
}

/** Lets the drawing fail from now on, as where a part of the page is no more. */
export function spoilDrawing() {
  document.querySelector("[data-journal-line]").remove();
}

/** Writes down each time that the region which says what was done is emptied or filled. */
export function watchSaid() {
  const region = document.querySelector("[data-journal-said]");
  window.saids = [];
  new MutationObserver(() => window.saids.push(region.innerText)).observe(region, {
    childList: true,
  });
}

/** @returns {string[]} what `watchSaid` has written down */
export function saids() {
  return window.saids;
}

/** @returns {string | null} what is being written, as the phone has it */
export function draft() {
  return localStorage.getItem("easeback.journal-draft");
}

/** @param {string} css @returns {string[]} */
function texts(css) {
  return [...document.querySelectorAll(css)].map((found) => found.innerText);
}
