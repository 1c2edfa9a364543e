// @ts-check
/** The answers: pages, checks, assets, the way to a language. None of these may reject. */

/** @param {FetchEvent} event @param {URL} url */
async function page(event, url) {
  const { request } = event;
  const code = languageOf(url) ?? "";
  const route = routeOf(url);
  try {
    return await inTime(here());
  } catch {
    // Who opens a page in a language has chosen it, and keeps it from now on.
    event.waitUntil(store([code]).catch(() => {}));
    return (await network(request)) ?? inAnotherLanguage(code, route, start).catch(() => emergency(code));
  }

  async function here() {
    const core = await part("core");
    const known = core.routes[route];
    const more = known?.deferred ? await fragmentsOf("deferred", code).catch(() => undefined) : [];
    // Of what every object has, such as a constructor, no status is known.
    if (known?.status && more) return render(core, code, route, start(core), more);
    return (await network(request)) ?? render(core, code, known?.status ? RELEASE.notHereYet : RELEASE.notFound, start(core));
  }
}

/** @param {Request} request @param {URL} url @param {boolean} ours */
async function check(request, url, ours) {
  const code = languageOf(url) ?? "";
  let route = routeOf(url);
  try {
    const body = await request.arrayBuffer();
    const own = ours ? undefined : await inTime(ownKey()).catch(() => "");
    const stateIn = (/** @type {Core} */ core) => {
      const { state, key } = read(core, body);
      if (!ours && key !== own) {
        Object.assign(state, { view: core.answersView, note: "" });
        [route] = RELEASE.answering;
      }
      return state;
    };
    const here = async () => {
      const core = await part("core");
      const state = stateIn(core);
      return render(core, code, route, state);
    };
    // What is missing may still be had; else the same answers go on in a language that is here.
    return await inTime(here())
      .catch(() => store(["core", code], NETWORK_MS).then(here))
      .catch(() => inAnotherLanguage(code, route, stateIn));
  } catch {
    return emergency(code);
  }
}

/**
 * The page in the first language that is on the phone; the page says that it was asked for in another.
 * @param {string} code @param {string} route @param {(core: Core) => State} stateIn
 */
async function inAnotherLanguage(code, route, stateIn) {
  const core = await inTime(part("core"));
  for (const other of RELEASE.languages) {
    const page = other !== code && (await inTime(render(core, other, route, stateIn(core))).catch(() => false));
    if (page instanceof Response) {
      const html = (await page.text()).replace("<html ", "<html data-asked ");
      return new Response(html, { status: page.status, headers: page.headers });
    }
  }
  return emergency(code);
}

/**
 * @template T
 * @param {Promise<T>} work such as to read what is kept: a broken storage may never answer
 * @param {number} patience in milliseconds
 * @returns {Promise<T>}
 */
function inTime(work, patience = STORAGE_MS) {
  return Promise.race([work, new Promise((...ends) => setTimeout(ends[1], patience))]);
}

/** @param {Request} request @param {URL} url */
async function asset(request, url) {
  const { pathname } = url;
  const own = (/** @type {string} */ name) => part(name).then((parts) => assetOf(parts, pathname)).catch(() => {});
  const found = (await own("core")) ?? (await own("deferred")) ?? (await olderAsset(pathname).catch(() => {}));
  if (found) return new Response(found[1], { headers: { ...RELEASE.headers, "Content-Type": found[0] } });
  return fetch(request).catch(() => Response.error());
}

/**
 * A file of a part; a drawing by night is that by day in other colours.
 * @param {{assets?: Record<string, [type: string, text: string]>, night?: [day: string, night: string]}} part
 * @param {string} path @returns {[type: string, text: string] | undefined}
 */
function assetOf({ assets = {}, night = ["", ""] }, path) {
  const day = assets[path.replace("-night.", "-day.")];
  return assets[path] ?? (day && [day[0], day[1].replace(...night)]);
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

/**
 * The last resort: in the language that was asked for where the phone has that, and in English.
 * @param {string} code
 */
async function emergency(code) {
  const own = code !== "en" && (await inTime(recall(`last-resort-${code}`)).catch(() => ""));
  const head = '<!doctype html><meta name="viewport" content="width=device-width"><title>Easeback</title>';
  return new Response(head + (own || "") + RELEASE.lastResort, { headers: RELEASE.headers });
}
