/** What a phone would put on its home screen. */

/** @param {string} address @returns {Promise<string>} the size of a picture as this engine shows it */
async function sizeOf(address) {
  const picture = new Image();
  picture.src = address;
  await picture.decode();
  return `${picture.naturalWidth}x${picture.naturalHeight}`;
}

/** @returns {Promise<Object>} what the manifest says: its id, its first page, its icons with their real sizes */
export async function manifest() {
  const link = document.querySelector("link[rel=manifest]");
  const told = await (await fetch(link.href)).json();
  const icons = await Promise.all(told.icons.map(async ({ src, sizes }) => [sizes, await sizeOf(src)]));
  return { id: told.id, start: told.start_url, icons };
}
