// @ts-check
/** The shapes of what the server puts into the worker and into the parts (webapp/release/parts.py). */

/**
 * A screen of the check: `first` is the index of the first variable that must be answered; `rows` how
 * many rows it has, 0 where one option is chosen.
 * @typedef {[id: string, first: number, rows: number]} Screen
 *
 * What keeps a question open: bit n of the mask is set where value n of the variable does.
 * @typedef {[variable: number, mask: number]} Opener
 *
 * What closes a question: none of its openers is possible, or one of its limits is not. Unanswered it
 * then has the value. `gate` is the one to open where the row is true after all, else -1.
 * @typedef {[variable: number, value: number, openers: Opener[], limits: Opener[], gate: number]} Closing
 *
 * What a form said. `values` has a number for each variable: 0 not asked, else 1 more than the index
 * of the option.
 * @typedef {{values: number[], view: string, note: string}} State
 *
 * A page. `answers` and `deferred` are 0 or 1. `program` is flat: a node and a step, a node and a
 * step. A step of 0 appends the release's id, a positive one that fragment; a negative one skips so
 * many entries where the node does not hold. With `like` it is what differs from the program of that
 * route: a place and its number, a place and its number.
 * @typedef {{status: number, answers: number, deferred: number, program: number[], like?: string}} Route
 *
 * A column of numbers is a text in it, a letter a number.
 * @typedef {object} Core
 * @property {[name: string, options: string[], asked: number][]} variables in the order of the
 *   diagram; `asked` is 1 where a form may answer it
 * @property {string[]} steering fields of a form that are no answers
 * @property {[variable: number, cases: number[], fallback: number][]} decisions in the order in which
 *   they are made; `cases` is flat: a node and the value where it holds
 * @property {Screen[]} screens
 * @property {Closing[]} closing in the order of the variables: what closes one stands before it
 * @property {string[]} actions what the buttons below rows may say
 * @property {string} answersView the view that lists the answers
 * @property {string} contradiction the page that asks about rows that nothing opens
 * @property {number} longestBody of a posted form, in bytes
 * @property {string} deciding the variable of each node, from the third on: 0 is false, 1 is true
 * @property {string[]} patterns of a node's children, a sign for each value of its variable: - is false,
 *   + is true, . is the next node, anything else one of the further children, counted as they come
 * @property {string} shapes the pattern of each node
 * @property {string} children how far behind its node each further child stands
 * @property {Record<string, Route>} routes below `/<language>/`
 * @property {string[]} templates markup with holes: \x7f for a string, twice for the language's code
 * @property {string} fragments flat: a template, then a string for each hole; 0 is the next new one,
 *   else 1 more than its number
 * @property {Record<string, [type: string, text: string]>} assets by address
 * @property {[day: string, night: string]} night what of a drawing by day is otherwise by night
 *
 * What the worker knows before it has read anything.
 * @typedef {object} Release
 * @property {string} id
 * @property {[number: number, edition: number]} version by which the newer of two releases is told
 * @property {Record<string, string>} parts the beginning of each part's SHA-256, in hex, by name
 * @property {string[]} languages codes
 * @property {string[]} answering routes that a check may be posted to
 * @property {string} notFound the route of the page for an unknown address
 * @property {string} notHereYet the route of the page for what has not reached the phone
 * @property {string[]} fixed addresses of assets that never change
 * @property {Record<string, string>} headers of every page
 * @property {string} lastResort what is shown where nothing else is there, in English
 */
