/** The code as it is drawn, and the squares that it has to be. */

/** @returns {Promise<Object>} a drawn code: its text, frame, path and label, and rows of 0 and 1 */
export async function draw() {
  const { drawQr } = await import("/static/js/backup/qr.js");
  const { newCode } = await import("/static/js/backup/recovery-code.js");
  const { encode } = await import("/static/vendor/uqr/uqr.js");
  const text = newCode().words.join(" ").toUpperCase();
  document.body.append(drawQr(text, "The code"));
  const svg = document.querySelector("svg");
  const { data } = encode(text, { ecc: "M", border: 0 });
  return {
    text,
    frame: svg.getAttribute("viewBox"),
    path: svg.querySelector("path").getAttribute("d"),
    label: svg.getAttribute("aria-label"),
    rows: data.map((row) => row.map(Number).join("")),
  };
}
