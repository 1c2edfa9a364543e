/** A journal that lives as long as its page or process, for tests that are not about the real one. */

export class EntryConflict extends Error {
  name = "EntryConflict";
}

export class MemoryJournal {
  rows = new Map();
  unsent = new Set();
  meta = new Map();

  async append(entries) {
    for (const entry of entries) {
      const before = this.rows.get(entry.id);
      if (before && before !== JSON.stringify(entry)) throw new EntryConflict();
    }
    for (const entry of entries) {
      if (this.rows.has(entry.id)) continue;
      this.rows.set(entry.id, JSON.stringify(entry));
      this.unsent.add(entry.id);
    }
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

  async markAllPending() {
    for (const id of this.rows.keys()) this.unsent.add(id);
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
