// @ts-check
/** One time of bringing a phone and its backup together: first what is there, then what is new. */
import { VAULT, VAULT_OUTBOX } from "../lib/storage-keys.js";
import { nameOf, seal, Unreadable, unseal, WrongCode } from "./sealing.js";
import { SyncError, vaultClient } from "./transport.js";

const CHUNK = 48;
const AT_ONCE = 4;
const LONGEST_BODY = 8192;
const MOST_PAGES = 1000;

export class SyncSession {
  /**
   * @param {Parts} parts
   * @param {Vault} vault
   */
  constructor({ store, isEntry, transport }, vault) {
    this.store = store;
    this.isEntry = isEntry;
    this.vault = vault;
    this.client = vaultClient(vault, transport);
    this.pushed = 0;
    this.pulled = 0;

    /** @type {Set<string>} what is not what was once written there, or not for this app to read */
    this.unreadable = new Set();

    /** @type {Set<string>} what the server has under the same id with other bytes */
    this.taken = new Set();

    /** @type {Set<string>} what is longer than a backup takes */
    this.long = new Set();

    /** @type {Set<string> | undefined} */
    this.known = undefined;
  }

  /** @returns {Promise<Outcome>} */
  async run() {
    try {
      await this.make();
      await this.pull();
      // With a key that may be the wrong one nothing is added.
      if (!this.unreadable.size) await this.push();
      if (this.taken.size) await this.compare();
      return this.end(outcome(this.unreadable.size ? "unreadable" : "done"));
    } catch (error) {
      const { why } = outcomeOf(error);
      const until = error instanceof SyncError ? error.until : 0;
      if (await this.isStillOn()) await this.keep({ gone: why === "gone", until });
      return this.end(outcome(why));
    }
  }

  /** @param {Outcome} whole */
  end(whole) {
    const { pushed, pulled } = this;
    return { ...whole, pushed, pulled, unreadable: this.unreadable.size, long: this.long.size };
  }

  async make() {
    if (this.vault.made) return;
    if (!(await this.client.putHeader(this.vault.header))) throw new WrongCode();
    await this.keep({ made: true });
  }

  async pull() {
    let { cursor } = this.vault;
    for (let turn = 0; turn < MOST_PAGES; turn += 1) {
      // A server that was restored from a copy does not know the cursor any more.
      const page = (await this.client.getEntries(cursor)) ?? (await this.client.getEntries(""));
      if (!page) break;
      await this.take(page.entries);
      cursor = page.cursor;
      // What could not be read is asked for again: a newer app may know how.
      if (!this.unreadable.size) await this.keep({ cursor });
      if (!page.more) return;
    }
    throw new SyncError("later");
  }

  /** @param {import("./transport.js").Carried[]} carried */
  async take(carried) {
    if (!carried.length) return;
    this.known ??= new Set((await this.store.readAll()).map(({ id }) => id));
    const opened = await Promise.all(carried.map((sealed) => this.opened(sealed)));
    await this.stayOn();
    const entries = await this.append(opened.filter((entry) => entry !== null));
    const held = new Set(entries.map(({ id }) => id));
    opened.forEach((entry, index) => {
      if (!entry || !held.has(entry.id)) this.unreadable.add(carried[index].id);
    });
    await this.store.markSent([...held]);
    for (const id of held) {
      if (!this.known.has(id)) this.pulled += 1;
      this.known.add(id);
      this.taken.delete(id);
    }
  }

  /** @param {import("./transport.js").Carried} carried */
  async opened({ id: name, sequence, body }) {
    const { id: vault, key, names } = this.vault;
    try {
      const entry = await unseal({ vault, key, name, sequence }, body);
      if ((await nameOf(names, entry.id)) !== name) return null;
      this.vault.sequence = Math.max(this.vault.sequence, sequence);
      return this.isEntry(entry) ? entry : null;
    } catch (error) {
      if (error instanceof Unreadable) return null;
      throw error;
    }
  }

  /**
   * @param {Sealable[]} entries
   * @returns {Promise<Sealable[]>} those that the journal holds now: all that it has not otherwise
   */
  async append(entries) {
    try {
      await this.store.append(entries);
      return entries;
    } catch (error) {
      if (/** @type {Error} */ (error).name !== "EntryConflict") throw error;
      if (entries.length === 1) return [];
    }
    const parts = [];
    for (const entry of entries) parts.push(...(await this.append([entry])));
    return parts;
  }

  async push() {
    for (;;) {
      const outbox = (await this.store.getMeta(VAULT_OUTBOX)) ?? (await this.fill());
      if (!outbox.size) return;
      await this.send([...outbox]);
      await this.store.setMeta(VAULT_OUTBOX, null);
    }
  }

  /**
   * Seals what is next, and keeps it before any of it is sent.
   * @returns {Promise<Outbox>}
   */
  async fill() {
    const aside = new Set([...this.taken, ...this.long]);
    const pending = await this.store.pending(CHUNK + aside.size);
    const next = pending.filter(({ id }) => !aside.has(id)).slice(0, CHUNK);
    const sealed = await Promise.all(next.map((entry) => this.sealed(entry)));
    for (const [id, { body }] of sealed) if (body.length > LONGEST_BODY) this.long.add(id);
    /** @type {Outbox} */
    const outbox = new Map(sealed.filter(([id]) => !this.long.has(id)));
    await this.keep({});
    if (outbox.size) await this.store.setMeta(VAULT_OUTBOX, outbox);
    return outbox.size || !next.length ? outbox : this.fill();
  }

  /**
   * @param {Sealable} entry
   * @returns {Promise<[string, Sent]>}
   */
  async sealed(entry) {
    const { id: vault, key, names } = this.vault;
    const sequence = (this.vault.sequence += 1);
    const name = await nameOf(names, entry.id);
    return [entry.id, { name, sequence, body: await seal({ vault, key, name, sequence }, entry) }];
  }

  /** @param {[string, Sent][]} left */
  async send(left) {
    /** @type {string[]} */
    const sent = [];
    const worker = async () => {
      for (let next = left.shift(); next; next = left.shift()) {
        const [id, sealed] = next;
        if (await this.client.putEntry(sealed)) sent.push(id);
        else this.taken.add(id);
      }
    };
    const workers = await Promise.allSettled(Array.from({ length: AT_ONCE }, worker));
    await this.store.markSent(sent);
    this.pushed += sent.length;
    for (const end of workers) if (end.status === "rejected") throw end.reason;
  }

  /** Another phone may have sent the same entries: reads everything again to find them. */
  async compare() {
    await this.keep({ cursor: "" });
    await this.pull();
    for (const id of this.taken) this.unreadable.add(id);
  }

  /** Where all was deleted meanwhile, nothing of it is brought back. */
  async stayOn() {
    if (!(await this.isStillOn())) throw new SyncError("off");
  }

  async isStillOn() {
    return (await this.store.getMeta(VAULT))?.id === this.vault.id;
  }

  /** @param {Partial<Vault>} changes */
  async keep(changes) {
    await this.stayOn();
    Object.assign(this.vault, changes);
    await this.store.setMeta(VAULT, this.vault);
  }
}

/**
 * @param {unknown} error
 * @returns {Outcome} throws what is no answer to the person, such as a journal that is closed
 */
export function outcomeOf(error) {
  if (error instanceof SyncError) return outcome(error.why);
  if (error instanceof WrongCode) return outcome("wrong-code");
  if (error instanceof Unreadable) return outcome("unreadable");
  throw error;
}

/**
 * @param {Outcome["why"]} why
 * @returns {Outcome}
 */
export function outcome(why) {
  return { why, pushed: 0, pulled: 0, unreadable: 0, long: 0 };
}

/**
 * @typedef {{id: string}} Sealable an entry, as far as a backup looks at it
 * @typedef {{name: string, sequence: number, body: Uint8Array<ArrayBuffer>}} Sent
 * @typedef {Map<string, Sent>} Outbox
 * @typedef {{
 *   why: "done" | "later" | "wrong-code" | "unreadable" | "full" | "gone" | "off",
 *   pushed: number, pulled: number, unreadable: number, long: number,
 * }} Outcome "long" counts what is too long for a backup and stays on this phone alone
 * @typedef {{
 *   id: string, token: string, key: CryptoKey, names: CryptoKey, header: Uint8Array<ArrayBuffer>,
 *   made: boolean,
 *   sequence: number, cursor: string, gone?: boolean, until?: number,
 * }} Vault
 * @typedef {{
 *   append(entries: any[]): Promise<void>,
 *   readAll(): Promise<Sealable[]>,
 *   pending(limit: number): Promise<Sealable[]>,
 *   markSent(ids: string[]): Promise<void>,
 *   markAllPending(): Promise<void>,
 *   getMeta(key: string): Promise<any>,
 *   setMeta(key: string, value: unknown): Promise<void>,
 *   eraseAll(): Promise<void>,
 * }} Store
 * @typedef {{
 *   store: Store, isEntry: (one: any) => boolean, transport: import("./transport.js").Transport,
 * }} Parts
 */
