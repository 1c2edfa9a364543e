// @ts-check
/**
 * Adds the phone's own key to our forms. The worker knows our forms by where they come from; where a
 * person has switched that off, it knows them by the key, which a foreign page cannot read.
 */
import { WORKER_MEMORY } from "../lib/storage-keys.js";

/** Adds the key to whatever is posted from this page to the worker. */
export async function start() {
  const key = await (await caches.match("/key", { cacheName: WORKER_MEMORY }))?.text();
  if (!key) return;
  addEventListener("formdata", ({ formData }) => {
    if (navigator.serviceWorker.controller) formData.set("k", key);
  });
}
