// @ts-check
/**
 * Keeps a private backup of the journal. It only ever adds: to the journal what was sealed by this
 * backup's key, to the backup what nobody has put in that place before.
 */
import { VAULT, VAULT_OUTBOX } from "../lib/storage-keys.js";
import { derive } from "./recovery-code.js";
import { makeHeader, openHeader, WrongCode } from "./sealing.js";
import { exclusively } from "./lock.js";
import { outcome, Round, whyOf } from "./session.js";
import { wireTo } from "./transport.js";

const LONGEST_REST_MS = 3_600_000;

/** @type {Promise<ReturnType<typeof syncWith>> | undefined} */
let own;

/** @returns {Promise<Outcome>} "off" where this phone has no backup */
export const sync = async () => (await ours()).sync();

/**
 * @param {Uint8Array<ArrayBuffer>} code
 * @param {boolean} fresh whether the code was made just now, so that there is no backup of it yet
 * @returns {Promise<Outcome>}
 */
export const turnOn = async (code, fresh) => (await ours()).turnOn(code, fresh);

/** This phone forgets its backup, which stays where it is. */
export const turnOff = async () => (await ours()).turnOff();

/** @returns {Promise<Outcome>} "done" where the server has no backup of this code any more */
export const deleteVault = async () => (await ours()).deleteVault();

/** @returns {Promise<boolean>} @public for tests */
export const isOn = async () => (await ours()).isOn();

/**
 * Deletes the journal of this phone while no backup runs, which would bring some of it back.
 * @returns {Promise<boolean>} false where a backup runs all the while, so that nothing was deleted
 */
export const eraseJournal = async () => (await ours()).eraseJournal();

function ours() {
  own ??= begin();
  own.catch(() => (own = undefined));
  return own;
}

async function begin() {
  const [store, { isEntry }] = await Promise.all([import("../journal/store.js"), import("../journal/entry.js")]);
  await store.openJournal();
  const wait = (/** @type {number} */ ms) => new Promise((done) => setTimeout(done, ms));
  return syncWith({ store, isEntry, line: { fetch: (...request) => fetch(...request), wait } });
}

/** @param {Parts} parts @public for tests */
export function syncWith(parts) {
  const { store } = parts;
  const inTurn = (/** @type {() => Promise<Outcome>} */ work) => exclusively(store, work, later);

  return {
    sync: () => inTurn(() => kept(parts)),

    /**
     * @param {Uint8Array<ArrayBuffer>} code
     * @param {boolean} fresh
     */
    turnOn: (code, fresh) => inTurn(() => turnedOn(parts, code, fresh)),

    turnOff: () => inTurn(() => forgotten(store)),

    deleteVault: () => inTurn(() => deleted(parts)),

    isOn: async () => Boolean(await store.getMeta(VAULT)),

    eraseJournal: () =>
      exclusively(
        store,
        async () => {
          await store.eraseAll();
          return true;
        },
        () => false,
      ),
  };
}

/**
 * @param {Parts} parts
 * @param {Uint8Array<ArrayBuffer>} code
 * @param {boolean} fresh
 */
async function turnedOn(parts, code, fresh) {
  const { store, line } = parts;
  const { id, token, wrapping, names } = await derive(code);
  /** @type {Vault | null} */
  const before = await store.getMeta(VAULT);
  if (before?.id === id && !before.gone) return kept(parts);
  try {
    const { header, key } = fresh
      ? await makeHeader(id, wrapping)
      : await found(wireTo({ id, token }, line), id, wrapping);
    await store.markAllPending();
    await store.setMeta(VAULT_OUTBOX, null);
    await store.setMeta(VAULT, { id, token, key, names, header, made: !fresh, sequence: 0, cursor: "" });
  } catch (error) {
    return whyOf(error);
  }
  return kept(parts);
}

/**
 * @param {ReturnType<typeof wireTo>} wire
 * @param {string} id
 * @param {CryptoKey} wrapping
 */
async function found(wire, id, wrapping) {
  const header = await wire.getHeader();
  if (!header) throw new WrongCode();
  return { header, key: await openHeader(id, wrapping, header) };
}

/** @param {Parts} parts */
async function kept(parts) {
  const vault = await parts.store.getMeta(VAULT);
  if (!vault) return outcome("off");
  if (vault.gone) return outcome("gone");
  if (vault.until > Date.now() && vault.until < Date.now() + LONGEST_REST_MS) return later();
  return new Round(parts, vault).run();
}

/** @param {Store} store */
async function forgotten(store) {
  await store.setMeta(VAULT_OUTBOX, null);
  await store.setMeta(VAULT, null);
  return outcome("done");
}

/** @param {Parts} parts */
async function deleted({ store, line }) {
  const vault = await store.getMeta(VAULT);
  if (!vault) return outcome("off");
  try {
    await wireTo(vault, line).deleteAll();
  } catch (error) {
    return whyOf(error);
  }
  return forgotten(store);
}

function later() {
  return outcome("later");
}

/**
 * @typedef {import("./session.js").Outcome} Outcome
 * @typedef {import("./session.js").Parts} Parts
 * @typedef {import("./session.js").Store} Store
 * @typedef {import("./session.js").Vault} Vault
 */
