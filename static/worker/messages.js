// @ts-check
/** What pages ask of the worker. */

/** @param {ExtendableMessageEvent} event */
async function receive({ data, ports, source }) {
  if (data?.type === "activate") await self_.skipWaiting();
  if (data?.type === "language" && RELEASE.languages.includes(data.code)) {
    await remember("language", data.code).catch(() => {});
  }
  if (data?.type === "recalled") ports[0]?.postMessage(await recalled().catch(() => null));
  if (data?.type === "repair") await getReady().catch(() => {});
  if (data?.type === "repair" || data?.type === "status") {
    const url = source instanceof Object && "url" in source ? source.url : location.href;
    ports[0]?.postMessage(await status(languageOf(new URL(url)) ?? "en"));
    await fillUp().catch(() => {});
  }
}

/** Reads every entry back and hashes it: ready means proved, not hoped. @param {string} language */
async function status(language) {
  const names = await everything().catch(() => []);
  /** @type {string[]} */
  const here = [];
  for (const name of names) {
    if (await isWhole(name).catch(() => false)) here.push(name);
  }
  return {
    ready: ["core", "en", language].every((name) => here.includes(name)),
    complete: names.length > 0 && here.length === names.length,
    release: RELEASE.id,
    languages: RELEASE.languages.filter((name) => here.includes(name)),
  };
}

/** @param {string} name */
async function isWhole(name) {
  const cached = await (await caches.open(CACHE)).match(address(name));
  return cached !== undefined && isRight(name, await cached.arrayBuffer());
}

/** Asks the server which releases no phone may use any more. @returns {Promise<unknown>} their ids */
async function recalled() {
  return (await card()).revoked;
}

/** @returns {Promise<{revoked?: unknown, rollback?: unknown}>} what the server says of its release */
async function card() {
  const init = /** @type {const} */ ({ cache: "no-store", credentials: "omit" });
  const answer = await fetch("/release.json", { ...init, signal: deadline(INSTALL_MS) });
  return answer.ok && !answer.redirected ? answer.json() : {};
}
