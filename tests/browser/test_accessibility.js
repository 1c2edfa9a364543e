/** What makes a page show all it has, or lack what a screen reader needs. */

/** Unfolds everything. */
export function unfold() {
  for (const details of document.querySelectorAll("details")) details.open = true;
}

/** @param {string} action @param {Object<string, string>} answers what a form posts to it */
export function post(action, answers) {
  const form = Object.assign(document.createElement("form"), { method: "post", action });
  for (const [name, value] of Object.entries(answers)) {
    form.append(Object.assign(document.createElement("input"), { name, value }));
  }
  document.body.append(form);
  form.submit();
}

/** Takes the page's language away, and what sets its heading off from the ground. */
export function spoil() {
  document.documentElement.removeAttribute("lang");
  document.querySelector("h1").style.color = getComputedStyle(document.body).backgroundColor;
}
