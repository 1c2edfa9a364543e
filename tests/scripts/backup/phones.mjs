/**
 * Phones by their names, each with a journal of its own and the same backup. They run in Node and in
 * pages alike, and are given and give what JSON can say.
 */
import { derive, newCode } from "../../../static/js/backup/recovery-code.js";
import { nameOf, seal } from "../../../static/js/backup/sealing.js";
import { syncWith } from "../../../static/js/backup/sync.js";
import { isEntry } from "../../../static/js/journal/entry.js";
import { gone, MemoryJournal } from "./memory-journal.mjs";

const PATIENCE_MS = 2500;
const WRITES = ["append", "markSent", "markPending", "markRemoved", "setMeta"];
const now = Date.now;

let site = "";
let code = newCode().bytes;
let waits = [];
let journals = {};

/** Handles the next request in the server's stead, where it is set. */
let interceptor = null;

/** Begins anew: no phones, a new code, the right time, and a network that reaches the server. */
export function begin(address) {
  site = address;
  journals = {};
  waits = [];
  interceptor = null;
  Date.now = now;
  changeCode();
}

export function changeCode() {
  code = newCode().bytes;
}

export const codeBytes = () => [...code];

export function setCode(bytes) {
  code = Uint8Array.from(bytes);
}

// --- what a phone does ---------------------------------------------------------------------------

export const enable = (name, fresh) => phone(name).enable(code, fresh);

export const sync = (name, whole = false) => phone(name).sync(whole);

/** Gives a phone a new code, which others with the old one do not have. */
export const rotate = (name) => phone(name).rotate(newCode().bytes);

/** Deletes a note, as its page does. */
export const remove = (name, id) => journal(name).append([gone("note", [id])]);

/** Returns what a phone keeps of an entry, also where it is sealed. */
export const traces = (name, id) => {
  const { rows, unsent, meta } = journal(name);
  return [rows.get(id) ?? "", unsent.has(id), meta.get("vault.outbox")?.has(id) ?? false];
};

/** Returns the removals that no server has acknowledged. */
export const removals = (name) => journal(name).removals();

/** Returns how a sync ended, or what the phone died of. */
export const tryToSync = (name) => sync(name).then(({ why }) => why, ({ message }) => message);

/** Lets so many tabs of a phone sync at once. */
export async function syncInTabs(name, count) {
  const outcomes = await Promise.all(Array.from({ length: count }, () => sync(name)));
  return outcomes.map(({ why }) => why).sort();
}

export const disable = (name) => phone(name).disable();

export const deleteRemote = (name) => phone(name).deleteRemote();

export const isEnabled = (name) => phone(name).isEnabled();

export const append = (name, entry) => journal(name).append([entry]);

export const readAll = (name) => journal(name).readAll();

export const unsent = (name) => [...journal(name).unsent];

/** Tells whether a phone remembers anything of a backup. */
export const remembers = (name) => [...journal(name).meta.values()].some(Boolean);

/** Returns under which names the server sees entries. */
export async function namesOf(ids) {
  const { names } = await derive(code);
  return Promise.all(ids.map((id) => nameOf(names, id)));
}

/** Returns how many milliseconds were waited each time since this was last asked. */
export const waited = () => waits.splice(0);

function phone(name) {
  return syncWith({ store: journal(name), isEntry, transport: { fetch: ask, wait, patience: PATIENCE_MS } });
}

function journal(name) {
  return (journals[name] ??= new MemoryJournal());
}

async function wait(ms) {
  waits.push(ms);
}

function ask(path, request) {
  return interceptor?.(path) ?? fetch(new URL(path, site), request);
}

// --- what happens to it --------------------------------------------------------------------------

/** Lets a phone end when it is about to write for so many more times. */
export function dieAt(name, writes) {
  const kept = journal(name);
  let left = writes;
  for (const write of WRITES) {
    kept[write] = (...values) => {
      if (left-- <= 0) throw new Error("dead");
      return MemoryJournal.prototype[write].apply(kept, values);
    };
  }
}

export function startAnew(name) {
  for (const write of WRITES) delete journal(name)[write];
}

export function letTimePass(ms) {
  const then = Date.now() + ms;
  Date.now = () => then;
}

/** Erases the journal of a phone at its next request for such a path. */
export function eraseAt(name, part) {
  interceptor = (path) => {
    if (!path.includes(part)) return null;
    interceptor = null;
    journal(name).eraseAll();
    return null;
  };
}

/** Lets the next list of entries be one that was read before there were any. */
export function listNothingOnce() {
  interceptor = (path) => {
    if (!path.includes("limit")) return null;
    interceptor = null;
    return Promise.resolve(new Response('{"entries": [], "cursor": "", "more": false}'));
  };
}

export const forgetCursor = (name) => changeMeta(name, "vault", { cursor: "of another time" });

/** Lets a tab have been killed while it worked; the clock was set back a year since. */
export const leaveLease = (name) => changeMeta(name, "vault.lease", { owner: "", until: Date.now() + 3e10 });

async function changeMeta(name, key, changes) {
  const kept = journal(name);
  await kept.setMeta(key, { ...(await kept.getMeta(key)), ...changes });
}

/** Lets a browser have no locks, until it gets them back. */
export function withoutLocks() {
  Object.defineProperty(navigator, "locks", { value: undefined, configurable: true });
}

export function withLocks() {
  delete navigator.locks;
}

/** Sends an entry sealed for the place of another, as a phone that is broken might. */
export async function sendFor(phoneName, id, name) {
  const { id: vault, token, key } = await journal(phoneName).getMeta("vault");
  const entry = (await readAll(phoneName)).find((kept) => kept.id === id);
  const body = await seal({ vault, key, name, sequence: 7 }, entry);
  const headers = {
    authorization: `Bearer ${token}`,
    "content-type": "application/octet-stream",
    "x-sequence": "7",
  };
  const { status } = await ask(`/vault/${vault}/entries/${name}`, { method: "PUT", headers, body });
  return status;
}
