/** The journal of a phone, through the app's own store. */

/** @param {string} text */
export async function note(text) {
  const store = await journal();
  await store.append([store.newEntry("note", { text })]);
}

/** @returns {Promise<string[]>} the texts of all notes, the oldest first */
export async function notes() {
  return (await (await journal()).readAll()).map(({ data }) => data.text);
}

async function journal() {
  const app = document.querySelector("script[type=module]").src;
  return import(app.replace("app.js", "journal/store.js"));
}
