/** What ESLint holds the scripts to. Types, and with them undefined names, are the compiler's. */
import js from "@eslint/js";
import globals from "globals";

const MISTAKES = {
  ...js.configs.recommended.rules,
  "array-callback-return": "error",
  "default-case-last": "error",
  eqeqeq: "error",
  "no-constructor-return": "error",
  "no-control-regex": "off", // a file that another program reads must hold no control character
  "no-eval": "error",
  "no-extend-native": "error",
  "no-implied-eval": "error",
  "no-new-func": "error",
  "no-new-wrappers": "error",
  "no-self-compare": "error",
  "no-sequences": "error",
  "no-template-curly-in-string": "error",
  "no-throw-literal": "error",
  "no-unmodified-loop-condition": "error",
  "no-unreachable-loop": "error",
  "no-unused-expressions": ["error", { allowShortCircuit: true }], // `change && act()` is one step
  "no-unused-vars": ["error", { args: "all", argsIgnorePattern: "^_$" }], // _ stands before what is used
  "no-use-before-define": ["error", { functions: false, variables: false }], // callers stand first
  "prefer-promise-reject-errors": "error",
  radix: "error",
};

const HABITS = {
  "no-duplicate-imports": "error",
  "no-else-return": "error",
  "no-lonely-if": "error",
  "no-useless-rename": "error",
  "no-useless-return": "error",
  "no-var": "error",
  "object-shorthand": "error",
  "prefer-arrow-callback": "error",
  "prefer-const": "error",
};

/** Names that every window has: a variable that was forgotten would be one of them in silence. */
const TREACHEROUS = ["event", "length", "name", "parent", "status", "top"];

/** Text becomes markup nowhere; the page's policy would refuse it on a person's phone. */
const MARKUP = ["innerHTML", "outerHTML", "insertAdjacentHTML", "write", "writeln"];

/** What stops a whole script, or is passed over in silence, in browsers of docs/phones.md. */
const NEWER = [
  ["Literal[regex.pattern=/\\(\\?<[=!]/]", "Safari reads no lookbehind before 16.4."],
  ["Literal[value=/:has\\(/]", "Chrome reads no :has before 105, Firefox none before 121."],
  ["NewExpression[callee.name='FormData'][arguments.length=2]", "The button is left out before Chrome 112."],
].map(([selector, message]) => ({ selector, message }));

export default [
  { ignores: ["static/vendor/**", "tests/js/node_modules/**"] },
  { linterOptions: { reportUnusedDisableDirectives: "error" } },
  {
    files: ["static/js/**/*.js"],
    languageOptions: { ecmaVersion: 2021, globals: globals.browser },
    rules: {
      ...MISTAKES,
      ...HABITS,
      "no-restricted-globals": ["error", ...TREACHEROUS],
      "no-restricted-syntax": ["error", ...NEWER],
      "no-restricted-properties": [
        "error",
        ...MARKUP.slice(0, 3).map((property) => ({ property, message: "Markup comes from the server." })),
        ...MARKUP.slice(3).map((property) => ({ object: "document", property })),
      ],
    },
  },
  {
    files: ["static/worker/**/*.js"],
    languageOptions: { ecmaVersion: 2021, sourceType: "script", globals: globals.serviceworker },
    rules: {
      ...MISTAKES,
      ...HABITS,
      "no-restricted-syntax": ["error", ...NEWER],
      "no-undef": "off", // parts share one scope: the compiler sees it whole
      "no-unused-vars": ["error", { args: "all", vars: "local" }], // see tests/check/scripts.py
    },
  },
  {
    files: ["tests/js/**/*.mjs", "tests/scripts/**/*.mjs"],
    languageOptions: { globals: globals.node },
    rules: { ...MISTAKES, ...HABITS },
  },
  {
    files: ["tests/**/*.js"],
    languageOptions: { ecmaVersion: 2022, globals: globals.browser },
    rules: { ...MISTAKES, ...HABITS },
  },
];
