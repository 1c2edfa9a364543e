// @ts-check
/** The answers: pages, checks, assets, the way to a language. None of these may reject. */

/** @param {Request} request @param {URL} url */
async function page(request, url) {
  try {
    const core = await part("core");
    const code = languageOf(url) ?? "";
    const route = routeOf(url);
    const known = core.routes[route];
    const more = known?.deferred ? await fragmentsOf("deferred", code).catch(() => undefined) : [];
    if (known && more) return await render(core, code, route, start(core), more);
    return (await network(request)) ?? (await render(core, code, known ? RELEASE.notHereYet : RELEASE.notFound, start(core)));
  } catch {
    return (await network(request)) ?? emergency();
  }
}

/** @param {Request} request @param {URL} url @param {boolean} ours */
async function check(request, url, ours) {
  try {
    const body = await request.arrayBuffer();
    const core = await part("core");
    const { state, key } = read(core, body);
    if (!ours && key !== (await ownKey())) {
      state.view = core.answersView;
      state.note = "";
    }
    return await render(core, languageOf(url) ?? "", routeOf(url), state);
  } catch {
    return emergency();
  }
}

/** @param {Request} request @param {URL} url */
async function asset(request, url) {
  try {
    const { pathname } = url;
    const kept = (/** @type {string} */ name) => part(name).then(({ assets }) => assets[pathname]);
    const found = (await kept("core")) ?? (await kept("deferred").catch(() => {})) ?? (await olderAsset(pathname));
    if (found) return new Response(found[1], { headers: { ...RELEASE.headers, "Content-Type": found[0] } });
  } catch {
    // The part is gone: the network may have the file.
  }
  return fetch(request).catch(() => Response.error());
}

/** @param {Request} request */
async function home(request) {
  const code = await recall("language").catch(() => undefined);
  if (code && RELEASE.languages.includes(code)) return Response.redirect(`/${code}/`, 302);
  return (await network(request)) ?? Response.redirect("/en/", 302);
}

/** @param {Request} request @returns {Promise<Response | undefined>} */
async function network(request) {
  return fetch(request, { signal: deadline(NETWORK_MS) }).catch(() => undefined);
}

/** @param {number} ms @returns {AbortSignal} */
function deadline(ms) {
  const late = new AbortController();
  setTimeout(() => late.abort(), ms);
  return late.signal;
}

function emergency() {
  return new Response(RELEASE.emergencyPage, {
    headers: { ...RELEASE.headers, "Content-Type": "text/html; charset=utf-8" },
  });
}
