/** The service worker behind a page: what it answers, what it says of itself, how it is replaced. */

/** @returns {Promise<Object>} what the worker says of the release that the phone has */
export async function status() {
  const { active } = await navigator.serviceWorker.ready;
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = ({ data }) => resolve(data);
    active.postMessage({ type: "status" }, [port2]);
  });
}

/** @param {number} times how often the worker is asked at once */
export async function askAtOnce(times) {
  await Promise.all(Array.from({ length: times }, status));
}

/** Waits until the worker answers for this page and has all languages. @param {string[]} codes */
export async function everythingHere(codes) {
  for (let here = { complete: false, languages: [] }; !here.complete || here.languages.length < codes.length; ) {
    await new Promise((resolve) => setTimeout(resolve, 50));
    if (navigator.serviceWorker.controller) await Promise.all(codes.map((code) => fetch(`/${code}/`)));
    here = await status();
  }
}

/**
 * Posts forms to a path.
 * @param {string} path
 * @param {string[]} bodies in base64
 * @param {string[]} headers
 * @returns {Promise<[number, string, (string | null)[]][]>} status, hash and headers of each answer
 */
export async function post(path, bodies, headers) {
  const two = (byte) => byte.toString(16).padStart(2, "0");
  const hex = (buffer) => [...new Uint8Array(buffer)].map(two).join("");
  return Promise.all(
    bodies.map(async (body) => {
      const response = await fetch(path, {
        method: "POST",
        headers: { "Content-Type": "application/x-www-form-urlencoded" },
        body: Uint8Array.from(atob(body), (letter) => letter.charCodeAt(0)),
      });
      const digest = await crypto.subtle.digest("SHA-256", await response.arrayBuffer());
      return [response.status, hex(digest), headers.map((name) => response.headers.get(name))];
    }),
  );
}

/** @returns {Promise<string>} what became of a newer worker; "refused" where there was none */
export async function update() {
  const registration = await navigator.serviceWorker.ready;
  const outcome = new Promise((resolve) => {
    const follow = () => {
      const worker = registration.installing;
      worker.addEventListener("statechange", () => resolve(worker.state));
    };
    registration.addEventListener("updatefound", follow, { once: true });
  });
  const refused = registration.update().then(
    () => outcome,
    () => "refused",
  );
  return Promise.race([outcome, refused]);
}

/** Begins an update, and waits for nothing. */
export function beginUpdate() {
  window.outcome = update();
}

/** @returns {Promise<string>} what became of it */
export async function outcome() {
  return window.outcome;
}

/** @returns {Promise<number>} how many releases have something here */
export async function releasesHere() {
  return (await caches.keys()).filter((name) => /^easeback-[0-9a-f]{12}$/.test(name)).length;
}

/** @returns {Promise<boolean>} whether the phone has no worker and nothing that one keeps */
export async function isGone() {
  const registrations = await navigator.serviceWorker.getRegistrations();
  const kept = (await caches.keys()).filter((name) => name.startsWith("easeback-"));
  return registrations.length + kept.length === 0;
}
