// @ts-check

/**
 * Hands a file over: by the share sheet, which is what works in an installed app on an iPhone; where
 * there is none, or it takes no such file, as a download.
 * @param {string} content
 * @param {{name: string, type: string}} about
 * @returns {Promise<"shared" | "closed" | "saved">}
 */
export async function shareFile(content, { name, type }) {
  const file = new File([content], name, { type });
  if (navigator.share && navigator.canShare?.({ files: [file] })) {
    try {
      await navigator.share({ files: [file] });
      return "shared";
    } catch (error) {
      // Whoever closes the sheet wants no download in its place.
      if (/** @type {Error} */ (error).name === "AbortError") return "closed";
    }
  }
  const href = URL.createObjectURL(file);
  Object.assign(document.createElement("a"), { href, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(href), 60_000);
  return "saved";
}
