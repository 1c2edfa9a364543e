// @ts-check
/**
 * Shows the emergency number of the country the person chose, or that the phone suggests.
 * The page is served with 112 and stays right without this script. Nothing is dialled and
 * nothing is sent from here.
 */
import { COUNTRY } from "../lib/storage-keys.js";
import { numbers, unknown, zones } from "./table.js";

const CODE = /^[A-Z]{2}$/;

/**
 * The choice of this page, kept where the phone refuses to save it; null while it is saved.
 * @type {string | null}
 */
let unsaved = null;

/** @returns {string} the chosen country's code, empty when none was chosen */
function choice() {
  let saved = null;
  try {
    saved = localStorage.getItem(COUNTRY);
  } catch {
    // Storage is closed on this phone: only this page knows the choice.
  }
  const code = unsaved ?? saved ?? "";
  return CODE.test(code) ? code : "";
}

/** @returns {string | null} the country of the phone's time zone */
function countryOfTimeZone() {
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone ?? "";
  const slash = zone.lastIndexOf("/");
  const area = Object.entries(zones).find(([name]) => name === zone.slice(0, slash));
  for (const entry of area?.[1].split(" ") ?? []) {
    const [code, ...places] = entry.split("/");
    if (places.includes(zone.slice(slash + 1))) return code;
  }
  return null;
}

/** @returns {string | null} the first region that the phone's languages name */
function countryOfLanguages() {
  for (const tag of navigator.languages ?? []) {
    try {
      const { region } = new Intl.Locale(tag);
      if (region && CODE.test(region)) return region;
    } catch {
      // Some browsers list tags that are none.
    }
  }
  return null;
}

/** @returns {{code: string | null, chosen: boolean}} the country, and whether it was chosen */
export function currentCountry() {
  const chosen = choice();
  if (chosen) return { code: chosen, chosen: true };
  return { code: countryOfTimeZone() ?? countryOfLanguages(), chosen: false };
}

/** @returns {string} the number to call in the current country */
export function emergencyNumber() {
  const { code } = currentCountry();
  for (const [number, countries] of Object.entries(numbers)) {
    if (code && countries.split(" ").includes(code)) return number;
  }
  return unknown;
}

/**
 * Remembers a country; anything that is not a country's code forgets the choice.
 * @param {string | null} code
 */
export function chooseCountry(code) {
  unsaved = code && CODE.test(code) ? code : "";
  try {
    if (unsaved) localStorage.setItem(COUNTRY, unsaved);
    else localStorage.removeItem(COUNTRY);
    unsaved = null;
  } catch {
    // The choice holds for this page.
  }
}

/**
 * Writes the number into every place that asks for it.
 * @param {ParentNode} root
 */
export function showEmergencyNumber(root = document) {
  const number = emergencyNumber();
  for (const link of root.querySelectorAll("a[data-emergency-number]")) {
    link.setAttribute("href", `tel:${number}`);
  }
  const places = "a[data-emergency-number] [data-number], [data-number-text]";
  for (const place of root.querySelectorAll(places)) place.textContent = number;
  const code = currentCountry().code ?? "";
  for (const select of root.querySelectorAll("select[data-country]")) {
    const list = /** @type {HTMLSelectElement} */ (select);
    list.value = [...list.options].some((option) => option.value === code) ? code : "";
  }
}

/** Shows the number, now and whenever the choice may have changed. */
export async function start() {
  document.addEventListener("change", ({ target }) => {
    if (!(target instanceof HTMLSelectElement) || !target.matches("[data-country]")) return;
    chooseCountry(target.value);
    showEmergencyNumber();
  });
  addEventListener("storage", ({ key }) => {
    if (key !== COUNTRY && key !== null) return;
    unsaved = null;
    showEmergencyNumber();
  });
  // A page that comes back from the browser's memory may be older than the choice.
  addEventListener("pageshow", () => showEmergencyNumber());
  showEmergencyNumber();
}
