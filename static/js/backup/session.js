// @ts-check
/** One time of bringing a phone and its backup together: first what is there, then what is new. */
import { VAULT, VAULT_OUTBOX } from "../lib/storage-keys.js";
import { isTombstone } from "../journal/merge.js";
import { nameOf, seal, Unreadable, unseal, WrongCode } from "./sealing.js";
import { SyncError, vaultClient } from "./transport.js";

const CHUNK = 48;
const AT_ONCE = 4;
const LONGEST_BODY = 8192;
const MOST_PAGES = 1000;

/** So long nobody has to look whether a server that takes everything also keeps it. */
const CHECKED_FOR_MS = 6 * 864e5;

export class SyncSession {
  /**
   * @param {Parts} parts
   * @param {Vault} vault
   * @param {boolean} [whole] whether all of the backup is to be looked at, as it is from time to time
   */
  constructor({ store, isEntry, transport }, vault, whole = false) {
    this.store = store;
    this.isEntry = isEntry;
    this.vault = vault;
    this.transport = transport;
    this.client = vaultClient(vault, transport);
    this.cursor = vault.cursor;
    this.isDue = whole || isOver(vault.checked);
    this.pushed = 0;
    this.pulled = 0;

    /** @type {Set<string>} what is not what was once written there, or not for this app to read */
    this.unreadable = new Set();

    /** @type {Set<string>} what the server has under the same id with other bytes */
    this.taken = new Set();

    /** @type {Set<string>} what the server has taken, and not given back yet */
    this.unproven = new Set();

    /** @type {Set<string>} what is longer than a backup takes */
    this.long = new Set();

    /** @type {Set<string> | undefined} */
    this.known = undefined;

    /** @type {Set<string>} what was seen in the backup since it is read from its beginning */
    this.seen = new Set();
  }

  /** @returns {Promise<Outcome>} */
  async run() {
    try {
      await this.make();
      await (this.isDue ? this.check() : this.pull());
      // With a key that may be the wrong one nothing is added.
      const full = this.isOurs() ? await this.push() : false;
      if (this.taken.size || this.unproven.size) await this.check();
      const withheld = await this.withheld();
      if (this.isOurs() && !full && !withheld.length) await this.remove();
      const why = full ? "full" : this.unreadable.size ? "unreadable" : withheld.length ? "withheld" : "done";
      if (why === "done") await this.retire();
      return await this.end(outcome(why));
    } catch (error) {
      const { why } = outcomeOf(error);
      const until = error instanceof SyncError ? error.until : 0;
      if (await this.isStillOn()) await this.keep({ until });
      return this.end(outcome(why));
    }
  }

  /** @param {Outcome} whole */
  async end(whole) {
    const { pushed, pulled } = this;
    const left = (await this.store.removals()).length;
    return { ...whole, pushed, pulled, left, unreadable: this.unreadable.size, long: this.long.size };
  }

  async make() {
    if (this.vault.made) return;
    if (!(await this.client.putHeader(this.vault.header))) throw new WrongCode();
    // Nobody else has the key of a backup that begins here.
    await this.keep({ made: true, opened: true });
  }

  /** @returns {boolean} whether anything was ever read with this key, so that it is the right one */
  isOurs() {
    return Boolean(this.vault.opened) || !this.unreadable.size;
  }

  /** Reads what follows, or all where the server does not know how far this phone had read. */
  async pull() {
    for (let turn = 0; turn < MOST_PAGES; turn += 1) {
      const page = await this.client.getEntries(this.cursor);
      // Restored from an older copy: what it has lost is sent once more.
      if (!page && this.cursor) return this.check();
      if (!page) break;
      await this.take(page.entries);
      this.cursor = page.cursor;
      // What could not be read is asked for again: a newer app may know how.
      if (!this.unreadable.size) await this.keep({ cursor: this.cursor });
      if (!page.more) return;
    }
    throw new SyncError("later");
  }

  /** Reads all of the backup; what is not there is pending again. */
  async check() {
    this.isDue = false;
    this.seen.clear();
    let cursor = "";
    for (let turn = 0; turn < MOST_PAGES; turn += 1) {
      const page = await this.client.getEntries(cursor);
      if (!page) break;
      await this.take(page.entries);
      cursor = page.cursor;
      if (!page.more) return this.compare(cursor);
    }
    throw new SyncError("later");
  }

  /** @param {string} cursor */
  async compare(cursor) {
    const kept = await this.store.readAll();
    const lost = kept.filter((entry) => isTombstone(entry) === this.seen.has(entry.id));
    const names = await Promise.all(lost.map(({ id }) => nameOf(this.vault.names, id)));
    await this.stayOn();
    // What is damaged has its place, and nothing can be put over it.
    const open = lost.filter((_, index) => !this.unreadable.has(names[index]));
    await this.store.markPending(open.map(({ id }) => id));
    this.cursor = cursor;
    await this.keep({ checked: Date.now(), ...(this.unreadable.size ? {} : { cursor }) });
  }

  /** @returns {Promise<string[]>} what the server has taken, and does not give back */
  async withheld() {
    const out = new Set([...this.unproven, ...this.taken]);
    if (!out.size) return [];
    const kept = (await this.store.readAll()).filter((entry) => out.has(entry.id) && !isTombstone(entry));
    const names = await Promise.all(kept.map(({ id }) => nameOf(this.vault.names, id)));
    return names.filter((name) => !this.unreadable.has(name));
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
    if (held.size && !this.vault.opened) await this.keep({ opened: true });
    for (const id of held) {
      if (!this.known.has(id)) this.pulled += 1;
      this.known.add(id);
      this.seen.add(id);
      this.taken.delete(id);
      this.unproven.delete(id);
    }
  }

  /**
   * @param {import("./transport.js").Carried} carried
   * @returns {Promise<Sealable | null>}
   */
  async opened({ id: name, sequence, body }) {
    const { id: vault, key, names } = this.vault;
    try {
      const entry = await unseal({ vault, key, name, sequence }, body);
      if ((await nameOf(names, entry.id)) !== name) return null;
      this.vault.sequence = Math.max(this.vault.sequence, sequence);
      return this.isEntry(entry) ? /** @type {Sealable} */ (entry) : null;
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

  /**
   * Sends what is pending. It is sent when it was read back, and not before.
   * @returns {Promise<boolean>} whether the backup is full
   */
  async push() {
    for (;;) {
      /** @type {Outbox | undefined} */
      const kept = await this.store.getMeta(VAULT_OUTBOX);
      // All that it held may be deleted meanwhile.
      const outbox = kept?.size ? kept : await this.fill();
      if (!outbox.size) return false;
      const full = await this.send([...outbox]);
      if (this.unproven.size) await this.pull();
      // Not before it was read back: until then it may be in the backup, or not.
      if (!full) await this.store.setMeta(VAULT_OUTBOX, null);
      if (full) return true;
    }
  }

  /**
   * Seals what is next, and keeps it before any of it is sent.
   * @returns {Promise<Outbox>}
   */
  async fill() {
    const aside = new Set([...this.taken, ...this.unproven, ...this.long]);
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

  /**
   * @param {[string, Sent][]} left
   * @returns {Promise<boolean>} whether the backup is full
   */
  async send(left) {
    const failed = await this.each(left, async ([id, sealed]) => {
      if (!(await this.client.putEntry(sealed))) return this.taken.add(id);
      this.pushed += 1;
      return this.unproven.add(id);
    });
    if (failed.some((fault) => !(fault instanceof SyncError && fault.why === "full"))) throw failed[0];
    return failed.length > 0;
  }

  /** Takes out of the backup what is deleted on this phone, which the backup has been told already. */
  async remove() {
    const ids = await this.store.removals();
    /** @type {string[]} */
    const done = [];
    const failed = await this.each([...ids], async (id) => {
      if (await this.client.removeEntry(await nameOf(this.vault.names, id))) done.push(id);
    });
    await this.stayOn();
    if (done.length) await this.store.markRemoved(done);
    if (failed.length) throw failed[0];
  }

  /** Deletes the backup that this one was made in place of. */
  async retire() {
    const { old } = this.vault;
    if (!old) return;
    await vaultClient(old, this.transport).deleteAll();
    await this.keep({ old: undefined });
  }

  /**
   * @template Item
   * @param {Item[]} left
   * @param {(item: Item) => Promise<unknown>} act
   * @returns {Promise<unknown[]>} the faults that ended it
   */
  async each(left, act) {
    const worker = async () => {
      for (let next = left.shift(); next !== undefined; next = left.shift()) await act(next);
    };
    const workers = await Promise.allSettled(Array.from({ length: AT_ONCE }, worker));
    return workers.flatMap((end) => (end.status === "rejected" ? [end.reason] : []));
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
  return { why, pushed: 0, pulled: 0, unreadable: 0, long: 0, left: 0 };
}

/** @param {number} [checked] @returns {boolean} whether that is long ago, or ahead */
function isOver(checked = 0) {
  const age = Date.now() - checked;
  return age < 0 || age > CHECKED_FOR_MS;
}

/**
 * @typedef {Pick<import("../journal/entry.js").Entry, "id" | "at" | "gone">} Sealable
 * @typedef {{name: string, sequence: number, body: Uint8Array<ArrayBuffer>}} Sent
 * @typedef {Map<string, Sent>} Outbox
 * @typedef {{
 *   why: "done" | "later" | "wrong-code" | "unreadable" | "withheld" | "full" | "gone" | "off",
 *   pushed: number, pulled: number, unreadable: number, long: number, left: number,
 * }} Outcome "long" counts what is too long for a backup and stays on this phone alone, "left" what is
 *   deleted on this phone and perhaps still in the backup
 * @typedef {{
 *   id: string, token: string, key: CryptoKey, names: CryptoKey, header: Uint8Array<ArrayBuffer>,
 *   made: boolean,
 *   sequence: number, cursor: string, until?: number,
 *   opened?: boolean, checked?: number, old?: {id: string, token: string},
 * }} Vault opened: whether its key has read anything. checked: when all of it was read. old: a backup
 *   that is deleted once this one is whole
 * @typedef {{
 *   append(entries: any[]): Promise<void>,
 *   readAll(): Promise<Sealable[]>,
 *   pending(limit: number): Promise<Sealable[]>,
 *   markSent(ids: string[]): Promise<void>,
 *   markPending(ids?: string[]): Promise<void>,
 *   removals(): Promise<string[]>,
 *   markRemoved(ids: string[]): Promise<void>,
 *   getMeta(key: string): Promise<any>,
 *   setMeta(key: string, value: unknown): Promise<void>,
 *   eraseAll(): Promise<void>,
 * }} Store
 * @typedef {{
 *   store: Store, isEntry: (one: any) => boolean, transport: import("./transport.js").Transport,
 * }} Parts
 */
