// @ts-check
/** The shapes of what the server puts into the worker and into the core. */

/**
 * @typedef {[id: string, first: number, rows: number]} Screen
 * @typedef {{values: number[], view: string, note: string}} State
 * @typedef {{status: number, answers: number, deferred: number, program: number[]}} Route
 * @typedef {{
 *   variables: [name: string, options: string[], asked: number][], steering: string[],
 *   decisions: [variable: number, cases: number[], fallback: number][], screens: Screen[],
 *   actions: string[], answersView: string, longestBody: number, deciding: number[],
 *   children: number[],
 *   routes: Record<string, Route>, templates: string[], fragments: number[], release: string,
 *   files: Record<string, [url: string, sha256: string]>, headers: Record<string, string>,
 *   assets: Record<string, [type: string, text: string]>,
 * }} Core
 * @typedef {{
 *   id: string, core: [url: string, sha256: string], languages: string[],
 *   answering: string[], notFound: string, notHereYet: string, fixed: string[], headers: Record<string, string>,
 *   emergencyPage: string,
 * }} Release
 */
