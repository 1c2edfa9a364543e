/** The form that asks whether this helped, and what waits on the phone to be sent. */

/** @returns {Object[]} what waits */
export function waiting() {
  return JSON.parse(localStorage.getItem("easeback.feedback") ?? "[]");
}

/** @param {string} code the language that the first is now of */
export function changeLanguage(code) {
  const [first, ...others] = waiting();
  const changed = [{ ...first, language: code }, ...others];
  localStorage.setItem("easeback.feedback", JSON.stringify(changed));
}

/** @param {string} words what a person types in place of what is there */
export function write(words) {
  const field = document.querySelector("textarea");
  field.value = words;
  field.dispatchEvent(new Event("input", { bubbles: true }));
}

/** @param {string} css @returns {string} what a field holds */
export function value(css) {
  return document.querySelector(css).value;
}
