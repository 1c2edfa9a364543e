// @ts-check
/**
 * Shows the emergency number of the country the person chose, or that the phone suggests.
 * The page is served with 112 and stays right without this script. Nothing is dialled and
 * nothing is sent from here.
 */
import { all, setText } from "../lib/dom.js";
import { read, write } from "../lib/safe-storage.js";
import { COUNTRY } from "../lib/storage-keys.js";
import { numbers, unknown, zones } from "./table.js";

const CODE = /^[A-Z]{2}$/;

/** @returns {string | undefined} the country of the phone's time zone */
function countryOfTimeZone() {
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone ?? "";
  const slash = zone.lastIndexOf("/");
  // What a name such as constructor would find is no area.
  const places = Object.entries(zones).find(([area]) => area === zone.slice(0, Math.max(0, slash)));
  const countries = places?.[1].split(" ").map((entry) => entry.split("/")) ?? [];
  const city = zone.slice(slash + 1);
  return countries.find(([, ...cities]) => !cities.length || cities.includes(city))?.[0];
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

/** @returns {string} the code of the chosen country, else of the one that the phone suggests */
function country() {
  const choice = read(COUNTRY) ?? "";
  return CODE.test(choice) ? choice : countryOfTimeZone() || countryOfLanguages() || "";
}

/** @returns {string} the number to call in that country */
function emergencyNumber() {
  const code = country();
  return Object.keys(numbers).find((number) => numbers[number].split(" ").includes(code)) ?? unknown;
}

/** Writes the number into every place that asks for it. */
function showEmergencyNumber() {
  const number = emergencyNumber();
  for (const link of all("a[data-emergency-number]")) link.setAttribute("href", `tel:${number}`);
  setText("a[data-emergency-number] [data-number], [data-number-text]", number);
  for (const select of all("select[data-country]")) {
    const list = /** @type {HTMLSelectElement} */ (select);
    list.value = country();
    if (list.selectedIndex < 0) list.value = "";
  }
}

/** Shows the number, now and whenever the choice may have changed. */
export async function start() {
  document.addEventListener("change", ({ target }) => {
    if (!(target instanceof HTMLSelectElement) || !target.matches("[data-country]")) return;
    // Anything that is not a country's code forgets the choice.
    write(COUNTRY, CODE.test(target.value) ? target.value : null);
    showEmergencyNumber();
  });
  addEventListener("storage", ({ key }) => {
    if (key === COUNTRY || key === null) showEmergencyNumber();
  });
  // A page that comes back from the browser's memory may be older than the choice.
  addEventListener("pageshow", showEmergencyNumber);
  showEmergencyNumber();
}
