/** What the page of the private backup shows. */

/** @returns {string[]} the words of the code that is shown, or none */
export function words() {
  return [...document.querySelectorAll("[data-backup-words] li")].map((word) => word.innerText);
}

/** @returns {string | undefined} how the last thing that was asked of the backup has ended */
export function said() {
  const shown = [...document.querySelectorAll("[data-backup-say]")].find((one) => !one.hidden);
  return shown?.dataset.backupSay;
}

/** @returns {boolean} whether words, a picture or a tick of a code are on the page, shown or not */
export function hasCode() {
  const parts = "[data-backup-words] li, [data-backup-qr] svg, [data-backup-sure]:checked";
  return document.querySelector(parts) !== null || document.querySelector("[name=code]").value !== "";
}
