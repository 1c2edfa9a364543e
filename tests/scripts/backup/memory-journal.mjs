/** A journal that lives as long as its page or process, for tests that are not about the real one. */
import { isTombstone, settled } from "../../../static/js/journal/merge.js";

const [OUTBOX, REMOVALS] = ["vault.outbox", "vault.removals"];
let made = 0;

export class MemoryJournal {
  rows = new Map();
  unsent = new Set();
  meta = new Map();

  async append(entries) {
    const { fresh, graves, dead, unnamed } = settled(await this.readAll(), entries);
    if (unnamed.length) fresh.push(gone(unnamed[0].kind, unnamed.map(({ id }) => id)));
    for (const entry of fresh) {
      this.rows.set(entry.id, JSON.stringify(entry));
      this.unsent.add(entry.id);
    }
    for (const grave of graves) {
      this.rows.set(grave.id, JSON.stringify(grave));
      this.unsent.delete(grave.id);
    }
    for (const id of dead) {
      this.meta.get(OUTBOX)?.delete(id);
      this.bury(id);
    }
  }

  bury(id) {
    this.meta.set(REMOVALS, [...new Set([...(this.meta.get(REMOVALS) ?? []), id])]);
  }

  async readAll() {
    return [...this.rows.keys()].sort().map((id) => JSON.parse(this.rows.get(id)));
  }

  async pending(limit) {
    const ids = [...this.unsent].sort().slice(0, limit);
    return ids.map((id) => JSON.parse(this.rows.get(id)));
  }

  async markSent(ids) {
    for (const id of ids) this.unsent.delete(id);
  }

  async markPending(ids = [...this.rows.keys()]) {
    for (const id of ids) {
      if (!this.rows.has(id)) continue;
      if (isTombstone(JSON.parse(this.rows.get(id)))) this.bury(id);
      else this.unsent.add(id);
    }
  }

  async removals() {
    return this.meta.get(REMOVALS) ?? [];
  }

  async markRemoved(ids) {
    const left = (await this.removals()).filter((id) => !ids.includes(id));
    this.meta.set(REMOVALS, left);
  }

  async getMeta(key) {
    return structuredClone(this.meta.get(key));
  }

  async setMeta(key, value) {
    this.meta.set(key, structuredClone(value));
  }

  async eraseAll() {
    for (const kept of [this.rows, this.unsent, this.meta]) kept.clear();
  }
}

/** Returns an entry that takes others away. */
export function gone(kind, supersedes) {
  made += 1;
  const id = `00000001-0000-7000-8000-${String(made).padStart(12, "0")}`;
  return { id, at: 1, zone: 0, kind, data: {}, supersedes, gone: true };
}
