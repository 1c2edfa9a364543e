// @ts-check
/**
 * Every name under which something is kept on the phone. A phone holds what older releases have
 * written: no name ever changes, or comes to mean something else.
 */

// localStorage: a small text each.
export const ALERTS = "easeback.cues";
export const COUNTRY = "easeback.country";
export const FEEDBACK = "easeback.feedback";
/** What is being written in the journal and not kept yet. */
export const JOURNAL_DRAFT = "easeback.journal-draft";
/** Stands outside the journal's database, and so tells when that was cleared. */
export const JOURNAL_BEGUN = "easeback.journal-begun";
export const PROBE = "easeback.probe";
/** Releases that no phone may use, and when the server was last asked for them. */
export const RECALLED = "easeback.recalled";
export const RECALL_ASKED = "easeback.recall-asked";
export const SECOND_LANGUAGE = "easeback.second-language";
export const TIMER = "easeback.timer";
export const TIMER_LOG = "easeback.timer-log";
export const TIMER_SEEN = "easeback.timer-seen";
export const WALKS = "easeback.walks";

// sessionStorage: gone with the tab.
export const CHECK = "easeback.check";

// IndexedDB, and the channel on which its tabs speak; below it, the keys of its table "meta".
export const JOURNAL = "easeback.journal";
/** The one backup of this phone: its key, and how far it has been read. */
export const VAULT = "vault";
/** What is sealed and perhaps sent: until it is acknowledged the same bytes are sent again. */
export const VAULT_OUTBOX = "vault.outbox";
export const VAULT_LEASE = "vault.lease";
export const TIMERS_LEFT = "timers.left";

// Cache Storage: the worker's own caches begin with "easeback-" (static/worker/main.js).
export const JOURNAL_MIRROR = "journal-spare";
export const WORKER_MEMORY = "easeback-memory";

// Web Locks.
export const SYNC_LOCK = "easeback.sync";
