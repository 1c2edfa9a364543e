/** What a person types where a test has no keyboard. */

/** @param {string} words what is typed into the field of the search */
export function seek(words) {
  const field = document.querySelector("[data-search-field]");
  field.focus();
  field.value = words;
  field.dispatchEvent(new Event("input"));
}
