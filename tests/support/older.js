/** What browsers of docs/phones.md may lack: each of the three that are named there lacks some. */

const LANGUAGE = {
  Array: ["at", "findLast", "findLastIndex", "toSorted", "toReversed", "with", "group"],
  String: ["at", "isWellFormed"],
};

const STATIC = {
  AbortSignal: ["any", "timeout"],
  Array: ["fromAsync"],
  Intl: ["DurationFormat", "Segmenter", "supportedValuesOf"],
  Object: ["groupBy", "hasOwn"],
  Promise: ["try", "withResolvers"],
};

const OF_INSTANCES = {
  Crypto: ["randomUUID"],
  HTMLDialogElement: ["close", "show", "showModal"],
  HTMLFormElement: ["requestSubmit"],
  IDBFactory: ["databases"],
  Navigator: ["canShare", "connection", "locks", "permissions", "scheduling", "setAppBadge", "share", "userActivation", "vibrate", "wakeLock"],
  StorageManager: ["estimate", "getDirectory", "persist", "persisted"],
};

const GLOBAL = [
  "AudioContext",
  "BroadcastChannel",
  "CompressionStream",
  "DecompressionStream",
  "Iterator",
  "SpeechSynthesisUtterance",
  "navigation",
  "reportError",
  "requestIdleCallback",
  "scheduler",
  "speechSynthesis",
  "structuredClone",
];

/** Takes all of it away, in a page or in a worker. */
export function growOld() {
  for (const [name, members] of Object.entries(LANGUAGE)) lose(globalThis[name].prototype, members);
  for (const [name, members] of Object.entries(STATIC)) lose(globalThis[name], members);
  for (const [name, members] of Object.entries(OF_INSTANCES)) lose(globalThis[name]?.prototype, members);
  lose(globalThis, GLOBAL);
}

/** A worker has some of it from what it inherits. */
function lose(owner, names) {
  for (let at = owner; at; at = Object.getPrototypeOf(at)) for (const name of names) delete at[name];
}

/** Lets every database wait for ever to be opened. */
export function hang() {
  IDBFactory.prototype.open = () => {
    window.hangs = true;
    return {};
  };
}

/** Takes away the worker, as in some private windows. */
export function loseWorker() {
  lose(Navigator.prototype, ["serviceWorker"]);
}
