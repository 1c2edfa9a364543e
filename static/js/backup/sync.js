// @ts-check
/**
 * Keeps a private backup of the journal. It adds to the journal what was sealed by this backup's key,
 * and to the backup what nobody has put in that place before; what is deleted goes from both.
 */
import { VAULT, VAULT_OUTBOX } from "../lib/storage-keys.js";
import { derive } from "./recovery-code.js";
import { makeHeader, openHeader, WrongCode } from "./sealing.js";
import { exclusively } from "./lock.js";
import { outcome, outcomeOf, SyncSession } from "./session.js";
import { vaultClient } from "./transport.js";

const LONGEST_REST_MS = 3_600_000;

/** @type {Promise<ReturnType<typeof syncWith>> | undefined} */
let own;

/**
 * @param {boolean} [whole] whether all of the backup is read, and what it lacks sent again
 * @returns {Promise<Outcome>} "off" where this phone has no backup
 */
export const sync = async (whole) => (await ours()).sync(whole);

/**
 * Makes a backup with a new code; the old one is deleted when the new one is whole.
 * @param {Uint8Array<ArrayBuffer>} code
 * @returns {Promise<Outcome>}
 */
export const rotate = async (code) => (await ours()).rotate(code);

/**
 * @param {Uint8Array<ArrayBuffer>} code
 * @param {boolean} fresh whether the code was made just now, so that there is no backup of it yet
 * @returns {Promise<Outcome>}
 */
export const enable = async (code, fresh) => (await ours()).enable(code, fresh);

/** This phone forgets its backup, which stays where it is. */
export const disable = async () => (await ours()).disable();

/** @returns {Promise<Outcome>} "done" where the server has no backup of this code any more */
export const deleteRemote = async () => (await ours()).deleteRemote();

/** @returns {Promise<boolean>} @public for tests */
export const isEnabled = async () => (await ours()).isEnabled();

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
  return syncWith({ store, isEntry, transport: { fetch: (...request) => fetch(...request), wait } });
}

/** @param {Parts} parts @public for tests */
export function syncWith(parts) {
  const { store } = parts;
  const inTurn = (/** @type {() => Promise<Outcome>} */ work) => exclusively(store, work, () => later(store));

  return {
    /** @param {boolean} [whole] */
    sync: (whole) => inTurn(() => syncOnce(parts, whole)),

    /** @param {Uint8Array<ArrayBuffer>} code */
    rotate: (code) => inTurn(() => rotateTo(parts, code)),

    /**
     * @param {Uint8Array<ArrayBuffer>} code
     * @param {boolean} fresh
     */
    enable: (code, fresh) => inTurn(() => enableWith(parts, code, fresh)),

    disable: () => inTurn(() => forgetVault(store, true)),

    deleteRemote: () => inTurn(() => deleteVault(parts)),

    isEnabled: async () => Boolean(await store.getMeta(VAULT)),

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
async function enableWith(parts, code, fresh) {
  const { store, transport } = parts;
  const { id, token, wrapping, names } = await derive(code);
  /** @type {Vault | null} */
  const before = await store.getMeta(VAULT);
  if (before?.id === id) return syncOnce(parts, true);
  try {
    const { header, key } = fresh
      ? await makeHeader(id, wrapping)
      : await fetchHeader(vaultClient({ id, token }, transport), id, wrapping);
    await begun(store, { id, token, key, names, header, made: !fresh, sequence: 0, cursor: "" });
  } catch (error) {
    return outcomeOf(error);
  }
  return syncOnce(parts);
}

/**
 * @param {Parts} parts
 * @param {Uint8Array<ArrayBuffer>} code
 */
async function rotateTo(parts, code) {
  // What only the old one holds is brought here first.
  const last = await syncOnce(parts, true);
  if (last.why !== "done") return last;
  const { id, token, wrapping, names } = await derive(code);
  const { header, key } = await makeHeader(id, wrapping);
  /** @type {Vault} */
  const before = await parts.store.getMeta(VAULT);
  const old = { id: before.id, token: before.token };
  await begun(parts.store, { id, token, key, names, header, made: false, sequence: 0, cursor: "", old });
  return syncOnce(parts);
}

/**
 * @param {Store} store
 * @param {Vault} vault of which nothing is known yet
 */
async function begun(store, vault) {
  await store.markPending();
  await store.setMeta(VAULT_OUTBOX, null);
  await store.setMeta(VAULT, vault);
}

/**
 * @param {ReturnType<typeof vaultClient>} client
 * @param {string} id
 * @param {CryptoKey} wrapping
 */
async function fetchHeader(client, id, wrapping) {
  const header = await client.getHeader();
  if (!header) throw new WrongCode();
  return { header, key: await openHeader(id, wrapping, header) };
}

/**
 * @param {Parts} parts
 * @param {boolean} [whole]
 */
async function syncOnce(parts, whole) {
  const vault = await parts.store.getMeta(VAULT);
  if (!vault) return outcome("off");
  const rests = vault.until > Date.now() && vault.until < Date.now() + LONGEST_REST_MS;
  if (rests) return later(parts.store);
  return new SyncSession(parts, vault, whole).run();
}

/**
 * @param {Store} store
 * @returns {Promise<Outcome>}
 */
async function later(store) {
  return { ...outcome("later"), left: (await store.removals()).length };
}

/**
 * @param {Store} store
 * @param {boolean} isThere whether the server still has it, which is remembered as false
 */
async function forgetVault(store, isThere) {
  await store.setMeta(VAULT_OUTBOX, null);
  await store.setMeta(VAULT, isThere ? false : null);
  return outcome("done");
}

/** @param {Parts} parts */
async function deleteVault({ store, transport }) {
  const vault = await store.getMeta(VAULT);
  if (!vault) return outcome("off");
  try {
    if (vault.old) await vaultClient(vault.old, transport).deleteAll();
    await vaultClient(vault, transport).deleteAll();
  } catch (error) {
    return outcomeOf(error);
  }
  return forgetVault(store, false);
}

/**
 * @typedef {import("./session.js").Outcome} Outcome
 * @typedef {import("./session.js").Parts} Parts
 * @typedef {import("./session.js").Store} Store
 * @typedef {import("./session.js").Vault} Vault
 */
