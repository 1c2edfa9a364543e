/** What befalls a page of the check: impatient taps, a translator, markup, narrow screens. */
import { ownModule } from "../../support/own_module.js";

/** Presses a button, and again 20 milliseconds later if it is still there. @param {string} css */
export function pressTwice(css) {
  const button = document.querySelector(css);
  button.click();
  setTimeout(() => button.click(), 20);
}

/** Puts other words into elements of its own in place of every text, as a browser that translates. */
export function translate() {
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const texts = [];
  while (walker.nextNode()) texts.push(walker.currentNode);
  for (const text of texts) {
    if (!text.data.trim() || text.parentElement.closest("script, style")) continue;
    const [outer, inner] = [document.createElement("font"), document.createElement("font")];
    inner.textContent = [...text.data].reverse().join("");
    outer.append(inner);
    text.replaceWith(outer);
  }
}

/** @param {number} root the size of letters in pixels @returns {string[]} how much wider than the screen the page is */
export function tooWide(root) {
  document.documentElement.style.fontSize = `${root}px`;
  for (const details of document.querySelectorAll("details")) details.open = true;
  const { scrollWidth, clientWidth } = document.documentElement;
  return scrollWidth > clientWidth ? [`${scrollWidth} of ${clientWidth}`] : [];
}

/** @param {string} path @param {string[]} accepted @returns {Promise<string[]>} the hash of the page for each */
export async function digests(path, accepted) {
  return Promise.all(
    accepted.map(async (languages) => {
      const response = await fetch(path, { headers: { "Accept-Language": languages } });
      const digest = await crypto.subtle.digest("SHA-256", await response.arrayBuffer());
      return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, "0")).join("");
    }),
  );
}

/** Keeps a note and a medicine with these words. @param {string} text */
export async function noteAll(text) {
  const store = await ownModule("journal/store.js");
  await store.append([
    store.newEntry("begin", { region: "neck" }),
    store.newEntry("feel", { pain: 4, can: {} }),
    store.newEntry("note", { text }),
    store.newEntry("medicine", { text }),
  ]);
}

/** Writes into a field. @param {string} css @param {string} words */
export function type(css, words) {
  const field = document.querySelector(css);
  field.focus();
  field.value = words;
  field.dispatchEvent(new Event("input"));
}

/** @returns {number} how many elements came of markup that somebody typed */
export function marks() {
  return document.querySelectorAll("img[src=x], script:not([src]), [onerror]").length;
}

/** Posts a form that says this. @param {string} path @param {string} body */
export function open(path, body) {
  const form = document.createElement("form");
  form.method = "post";
  form.action = path;
  for (const pair of body.split("&")) {
    const field = document.createElement("input");
    [field.name, field.value] = pair.split("=");
    form.append(field);
  }
  document.body.append(form);
  form.submit();
}
