// @ts-check
/** Lets one tab at a time work at the backup. */
import { SYNC_LOCK, VAULT_LEASE } from "../lib/storage-keys.js";

const PATIENCE_MS = 60_000;

/** Where the browser has no locks: so long nobody else may work. */
const LEASE_MS = 120_000;
const SETTLING_MS = 100;

/**
 * @template Result
 * @param {Leases} store
 * @param {() => Promise<Result>} work
 * @param {() => Result | Promise<Result>} busy what comes of it where another tab works all the while
 * @returns {Promise<Result>}
 */
export async function exclusively(store, work, busy) {
  if (!navigator.locks) return leased(store, work, busy);
  const late = new AbortController();
  const timer = setTimeout(() => late.abort(), PATIENCE_MS);
  let begun = false;
  const inTurn = () => {
    clearTimeout(timer);
    begun = true;
    return work();
  };
  try {
    return await navigator.locks.request(SYNC_LOCK, { signal: late.signal }, inTurn);
  } catch (error) {
    if (begun) throw error;
    return busy();
  }
}

/**
 * @template Result
 * @param {Leases} store
 * @param {() => Promise<Result>} work
 * @param {() => Result | Promise<Result>} busy
 */
async function leased(store, work, busy) {
  const left = ((await store.getMeta(VAULT_LEASE))?.until ?? 0) - Date.now();
  // A lease from far ahead is one from before the clock was changed.
  if (left > 0 && left <= LEASE_MS) return busy();
  const owner = crypto.getRandomValues(new Uint32Array(4)).join();
  await store.setMeta(VAULT_LEASE, { owner, until: Date.now() + LEASE_MS });
  await new Promise((done) => setTimeout(done, SETTLING_MS));
  if ((await store.getMeta(VAULT_LEASE))?.owner !== owner) return busy();
  try {
    return await work();
  } finally {
    await store.setMeta(VAULT_LEASE, null);
  }
}

/** @typedef {Pick<import("./session.js").Store, "getMeta" | "setMeta">} Leases */
