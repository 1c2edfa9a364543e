// @ts-check
/** Registers the worker that answers when there is no network, and carries messages to it. */

const REPLY_MS = 4000;

/** @type {Promise<ServiceWorkerRegistration> | undefined} */
let registration;

/** @type {string | undefined} */
let address;

/** Registers the worker and tells it the language of this page, which "/" will then open in. */
export async function start() {
  if (!workers()) return;
  addEventListener("pageshow", ({ persisted }) => {
    if (persisted) tellLanguage().catch(console.warn);
  });
  await Promise.all([registerWorker(), tellLanguage()]);
}

/** @returns {ServiceWorkerContainer | undefined} nothing where the browser has or allows none */
export function workers() {
  try {
    return navigator.serviceWorker;
  } catch {
    return undefined;
  }
}

/** @returns {Promise<ServiceWorkerRegistration>} the page's only one; tried anew if it failed */
export function registerWorker() {
  registration ??= register().catch((error) => {
    registration = undefined;
    throw error;
  });
  return registration;
}

/**
 * Asks the worker that answers for this page; fails when no reply comes in time.
 * @param {{type: string}} question
 * @param {number} patience in milliseconds
 * @returns {Promise<unknown>} its reply
 */
export async function ask(question, patience = REPLY_MS) {
  const worker = await activeWorker();
  const { port1, port2 } = new MessageChannel();
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  try {
    return await new Promise((resolve, reject) => {
      const late = () => reject(new Error(`The worker left "${question.type}" unanswered.`));
      timer = setTimeout(late, patience);
      port1.onmessage = ({ data }) => resolve(data);
      worker.postMessage(question, [port2]);
    });
  } finally {
    clearTimeout(timer);
    port1.close();
  }
}

async function tellLanguage() {
  const worker = await activeWorker();
  worker.postMessage({ type: "language", code: document.documentElement.lang });
}

/**
 * Waits through a first installation, so that the very first page learns of its end.
 * @returns {Promise<ServiceWorker>}
 */
async function activeWorker() {
  const controller = workers()?.controller;
  if (controller) return controller;
  const { active, waiting, installing } = await registerWorker();
  const worker = active ?? waiting ?? installing;
  return new Promise((resolve, reject) => {
    const look = () => {
      if (worker?.state === "activated") resolve(worker);
      if (worker && worker.state !== "redundant") return;
      registration = undefined;
      reject(new Error("The worker could not be installed."));
    };
    worker?.addEventListener("statechange", look);
    look();
  });
}

async function register() {
  const container = workers();
  if (!container) throw new Error("This browser offers no worker.");
  if ("killed" in document.documentElement.dataset) {
    await Promise.all((await container.getRegistrations()).map((old) => old.unregister()));
    throw new Error("The operator has switched the worker off.");
  }
  // The page comes first: the worker's download must not compete with it.
  if (document.readyState !== "complete") {
    await new Promise((resolve) => addEventListener("load", resolve, { once: true }));
  }
  address ??= trusted("/sw.js");
  return container.register(address, { updateViaCache: "none" });
}

/**
 * Vouches for the one address where the browser asks for it; a policy can be made only once.
 * @param {string} url
 * @returns {string}
 */
function trusted(url) {
  const { trustedTypes } = /** @type {WithTrustedTypes} */ (window);
  const policy = trustedTypes?.createPolicy("sw", { createScriptURL: () => url });
  return policy?.createScriptURL(url) ?? url;
}

/** @typedef {{createScriptURL(url: string): string}} ScriptPolicy */
/**
 * @typedef {{trustedTypes?: {createPolicy(name: string, rules: ScriptPolicy): ScriptPolicy}}}
 *   WithTrustedTypes
 */
