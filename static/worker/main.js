// @ts-check
/**
 * Easeback's worker: answers every page and every check on the phone, with or without a network.
 *
 * It only selects and joins texts that the server rendered. No rule, no template and no text of the
 * person is evaluated here. A post is never passed on: what was answered stays on this phone.
 * The server puts the release in place of the constant below.
 */
const RELEASE = /** @type {Release} */ (/*RELEASE*/ {});

const PREFIX = "easeback-";
const CACHE = PREFIX + RELEASE.id;
const MEMORY = PREFIX + "memory";
const NETWORK_MS = 2000;
const STORAGE_MS = 4000;
const INSTALL_MS = 20000;

const self_ = /** @type {ServiceWorkerGlobalScope} */ (/** @type {unknown} */ (self));

self_.addEventListener("install", (event) => event.waitUntil(install()));
self_.addEventListener("activate", (event) => event.waitUntil(activate()));
self_.addEventListener("message", (event) => event.waitUntil(receive(event)));
self_.addEventListener("fetch", (event) => {
  const url = new URL(event.request.url);
  if (url.origin !== location.origin) return;
  if (event.request.method === "POST") answerPost(event, url);
  else if (event.request.method === "GET") answerGet(event, url);
});
