/** The journal of a phone, through the app's own store. */

/** @param {string} text */
export async function write(text) {
  const store = await journal();
  await store.append([store.newEntry("note", { text })]);
}

/** @returns {Promise<[string, string | number][]>} each entry: its kind, and what it says */
export async function kept() {
  const entries = await (await journal()).readAll();
  return entries.map(({ kind, data }) => [
    kind,
    data.text ?? data.pain ?? data.urgency ?? data.region ?? "",
  ]);
}

async function journal() {
  const app = document.querySelector("script[type=module]").src;
  return import(app.replace("app.js", "journal/store.js"));
}
