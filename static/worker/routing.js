// @ts-check
/** What is ours to answer; all else is left to the browser. */

/** @param {FetchEvent} event @param {URL} url */
function answerGet(event, url) {
  if (url.pathname.startsWith("/assets/") || RELEASE.fixed.includes(url.pathname)) {
    event.respondWith(asset(event.request, url));
  } else if (event.request.mode === "navigate" && url.pathname === "/") {
    event.respondWith(home(event.request));
  } else if (languageOf(url)) {
    // Not only for a person who goes there: scripts read our pages, too.
    event.respondWith(page(event, url));
  }
}

/**
 * Answers a check that one of our own pages posts. A form of a foreign page is left to the browser,
 * so that the server sees where it comes from; one that hides its origin is shown its answers first.
 * @param {FetchEvent} event @param {URL} url
 */
function answerPost(event, url) {
  if (!languageOf(url) || !RELEASE.answering.includes(routeOf(url))) return;
  const referrer = event.request.referrer;
  if (referrer && new URL(referrer).origin !== location.origin) return;
  event.respondWith(check(event.request, url, Boolean(referrer)));
}

/** @param {URL} url */
function languageOf(url) {
  return RELEASE.languages.find((code) => url.pathname.startsWith(`/${code}/`));
}

/** @param {URL} url */
function routeOf(url) {
  return url.pathname.slice(url.pathname.indexOf("/", 1) + 1);
}
