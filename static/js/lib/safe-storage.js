// @ts-check
/**
 * Small texts by key, kept on the phone. Where storage is closed, as in some private windows, they
 * live in the name of this window: that lasts through our own pages, and ends with the window. A
 * browser takes the name away before it shows anybody else's page.
 */

import { PROBE } from "./storage-keys.js";

/** As long as what is kept at a time: a full storage may still have room for a letter. */
const SOME = 2048;

/** @returns {boolean} whether what is written now is still there after the window was closed */
export function isKept() {
  return keeps(PROBE, "-".repeat(SOME)) && keeps(PROBE, null);
}

/**
 * @param {string} key
 * @returns {boolean} whether what was written there last ends with the window
 */
export function endsWithWindow(key) {
  return key in inWindow();
}

/**
 * Writes a text where it outlives the window, or leaves all as it was.
 * @param {string} key
 * @param {string | null} text null takes it away
 * @returns {boolean} whether it did
 */
export function keeps(key, text) {
  try {
    if (text === null) localStorage.removeItem(key);
    else localStorage.setItem(key, text);
    return true;
  } catch {
    return false;
  }
}

/**
 * @param {string} key
 * @returns {string | null}
 */
export function read(key) {
  const own = inWindow()[key];
  if (typeof own === "string") return own;
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

/**
 * @param {string} key
 * @returns {any} what a text of JSON there says; null where there is none
 */
export function parsed(key) {
  try {
    return JSON.parse(read(key) ?? "null");
  } catch {
    return null;
  }
}

/**
 * @param {string} key
 * @returns {any[]} the list that is kept there as JSON, or an empty one
 */
export function list(key) {
  const kept = parsed(key);
  return Array.isArray(kept) ? kept : [];
}

/**
 * Writes a text; null takes it away.
 * @param {string} key
 * @param {string | null} text
 */
export function write(key, text) {
  const texts = inWindow();
  delete texts[key];
  if (!keeps(key, text) && text !== null) texts[key] = text;
  const some = Object.keys(texts).length > 0;
  if (some || window.name.startsWith("{")) window.name = some ? JSON.stringify(texts) : "";
}

/** @returns {Record<string, unknown>} */
function inWindow() {
  try {
    const texts = JSON.parse(window.name);
    return texts && typeof texts === "object" ? texts : {};
  } catch {
    return {};
  }
}
