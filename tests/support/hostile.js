/** What a hostile page does to pages of another origin, and what comes of it. */

/** Longer than a page of ours takes to load, also on a busy machine. */
const PATIENCE_MS = 20_000;

/** @param {Element} element @returns {Promise<string>} load or error, whichever comes; else nothing */
function outcome(element) {
  return new Promise((done) => {
    for (const type of ["load", "error"]) element.addEventListener(type, () => done(type));
    setTimeout(() => done("nothing"), PATIENCE_MS);
    document.body.append(element);
  });
}

/** @param {string} address @returns {Promise<string>} what came of a script there */
export async function include(address) {
  return outcome(Object.assign(document.createElement("script"), { src: address }));
}

/** @param {string} address @returns {Promise<string>} what came of a picture there */
export async function picture(address) {
  return outcome(Object.assign(document.createElement("img"), { src: address }));
}

/** @param {string} address @returns {Promise<string>} what came of a style sheet there */
export async function style(address) {
  return outcome(Object.assign(document.createElement("link"), { rel: "stylesheet", href: address }));
}

/**
 * Shows a page in a frame, under what somebody is to tap.
 * @param {string} address
 * @returns {Promise<string>}
 */
export async function frame(address) {
  return outcome(Object.assign(document.createElement("iframe"), { src: address }));
}

/**
 * @param {string} address
 * @param {RequestInit} how
 * @returns {Promise<string>} the kind of the answer, or of the fault
 */
export async function ask(address, how) {
  try {
    const response = await fetch(address, how);
    return `${response.type} ${response.status} ${(await response.text()).length}`;
  } catch (fault) {
    return fault.name;
  }
}

/** @param {string} address @returns {Promise<string[]>} what came of taking its worker for our own */
export async function takeWorker(address) {
  const outcomes = await Promise.allSettled([
    navigator.serviceWorker.register(address),
    navigator.serviceWorker.register(address, { scope: "/", type: "module" }),
    new Promise((done, failed) => {
      const worker = new Worker(address);
      worker.onerror = failed;
      setTimeout(done, PATIENCE_MS);
    }),
  ]);
  return outcomes.map(({ status }) => status);
}

/** @param {string} address @param {string} name of the window that the next tap opens */
export function openOnTap(address, name) {
  document.querySelector("#open").onclick = () => {
    window.victim = window.open(address, name);
  };
}

/** @returns {string} what can be seen of the window that was opened */
export function seen() {
  const { victim } = window;
  if (victim.closed) return "nothing";
  try {
    return `${victim.location.href} ${victim.length}`;
  } catch {
    return `a window with ${victim.length} frames`;
  }
}

/** @param {string} address where the window is to go that was opened */
export function lead(address) {
  window.victim.location = address;
}

/** @param {string} address @param {string} name what this window is called when it goes there */
export function goNamed(address, name) {
  window.name = name;
  location.href = address;
}
