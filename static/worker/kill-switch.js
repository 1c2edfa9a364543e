// @ts-check
/**
 * In place of the worker where the operator has thrown the kill switch: it takes the worker and all
 * that it kept off the phone. The journal is not touched, and no open page is: what somebody writes
 * there stays.
 */
const HERE = /** @type {ServiceWorkerGlobalScope} */ (/** @type {unknown} */ (self));

HERE.addEventListener("install", (event) => event.waitUntil(HERE.skipWaiting()));
HERE.addEventListener("activate", (event) => event.waitUntil(end()));

async function end() {
  const kept = (await caches.keys()).filter((name) => name.startsWith("easeback-"));
  await Promise.all(kept.map((name) => caches.delete(name)));
  await HERE.registration.unregister();
}
