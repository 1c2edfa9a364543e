/**
 * Stands before the service worker that a test serves: what of its browser breaks, a page says by a
 * message. Here it shares the worker's own names.
 */
const BORN = Math.random();

self.addEventListener("message", ({ data, ports }) => {
  const fail = (name) => async () => {
    throw new DOMException("Internal error.", name);
  };
  if (data?.breaks === "cache") {
    Object.assign(CacheStorage.prototype, { match: fail("UnknownError"), open: fail("UnknownError") });
    // As if the browser had just started it: what was read before is not there any more.
    parsed.clear(); // eslint-disable-line no-undef
  }
  if (data?.breaks === "room") Cache.prototype.put = fail("QuotaExceededError");
  if (data?.breaks) ports[0].postMessage(BORN);
});
