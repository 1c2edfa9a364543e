/** What stands on a page to be read and pressed. */

/** @returns {{choices: string[], gates: string[], rows: string[]}} what a screen asks */
export function offered() {
  const values = (css, name) => [...document.querySelectorAll(css)].map((one) => one[name]);
  return {
    choices: values("button.choice", "value"),
    gates: values(".gate input", "name"),
    rows: values(".ask input[value=no]", "name"),
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
