/** What stands on a page to be read and pressed. */

/** @returns {{choices: string[], rows: string[], actions: string[]}} what a screen offers */
export function offered() {
  const values = (css, name) => [...document.querySelectorAll(css)].map((one) => one[name]);
  return {
    choices: values("button.choice", "value"),
    rows: values("label.row input[type=checkbox]", "name"),
    actions: values("button[name=go]", "value"),
  };
}

/** @returns {{headings: number, language: string, route: string | undefined}} */
export function answer() {
  const { dataset, lang } = document.documentElement;
  return {
    headings: document.querySelectorAll("h1").length,
    language: lang,
    route: dataset.route,
  };
}
