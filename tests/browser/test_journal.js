/** What befalls the journal from beside its page. */

/** Lets timers have run, two of which are of this episode and no mistake. */
export function runTimers() {
  const minutes = (from, to) => ({ start: Date.now() - from * 6e4, end: Date.now() - to * 6e4 });
  const uses = [
    { kind: "heat", ...minutes(45, 30) },
    { kind: "walk", ...minutes(20, 15) },
    { kind: "heat", ...minutes(1500, 1490) },
    { kind: "stand", ...minutes(9, 8) },
    {},
  ];
  localStorage.setItem("easeback.timer-log", JSON.stringify(uses));
}

/** Keeps something for the features beside the journal, and a country. */
export function keepBeside() {
  localStorage.setItem("easeback.walks", "[]");
  localStorage.setItem("easeback.feedback", "[]");
  localStorage.setItem("easeback.country", "DE");
}

/** Lets this page write no entry any more, as on a full phone. */
export function fillPhone() {
  window.add = IDBObjectStore.prototype.add;
  IDBObjectStore.prototype.add = function () {
    this.transaction.abort();
    throw new DOMException("full", "QuotaExceededError");
  };
}

/** Lets this page write entries again. */
export function freePhone() {
  IDBObjectStore.prototype.add = window.add;
}
