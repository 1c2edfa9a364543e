// @ts-check
/** Reads another page of ours, from the phone where the worker answers. */

const PATIENCE_MS = 8000;

/**
 * Trusted Types leave a script no way to turn text into a page, and for good reason: what is parsed
 * could be anybody's. A request for a document is parsed by the browser itself, runs nothing, and
 * our policy lets it go to our own address only.
 * @param {string} address
 * @returns {Promise<Document | null>} the page, or null where there is none
 */
export function readPage(address) {
  return new Promise((resolve) => {
    const request = new XMLHttpRequest();
    request.open("GET", address);
    request.responseType = "document";
    request.timeout = PATIENCE_MS;
    request.onloadend = () => resolve(request.status === 200 ? request.responseXML : null);
    request.send();
  });
}
