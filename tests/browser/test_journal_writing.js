/** What befalls a journal that is being written. */

/** Lets each write take so many milliseconds until it is on the disk. @param {number} pause */
export function slowDown(pause) {
  const { put } = Cache.prototype;
  Cache.prototype.put = async function (...request) {
    await new Promise((done) => {
      setTimeout(done, pause);
    });
    return put.apply(this, request);
  };
}

/** Says that the page is seen again, as a phone does that was taken out of a pocket. */
export function comeBack() {
  document.dispatchEvent(new Event("visibilitychange"));
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

/** Lets the drawing fail from now on, as where a part of the page is no more. */
export function spoilDrawing() {
  document.querySelector("[data-journal-line]").remove();
}

/** Keeps an entry of another phone, as what a backup brings. @param {Object} entry */
export async function bring(entry) {
  const app = document.querySelector("script[type=module]").src;
  const { append } = await import(app.replace("app.js", "journal/store.js"));
  await append([entry]);
}
