// @ts-check
/** The page of the private backup: a code is made and shown, and nothing is sent before it is noted. */
import { getMeta, openJournal } from "../journal/store.js";
import { guarded } from "../journal/refusal.js";
import { all, find, setText, show } from "../lib/dom.js";
import { write as remember } from "../lib/safe-storage.js";
import { JOURNAL_BEGUN, VAULT } from "../lib/storage-keys.js";

const WORDS = 14;

// Most who open this page only read it.
const codes = () => import("./recovery-code.js");
const backup = () => import("./sync.js");

/** What the picture of a code ends with: no browser sends it, and it is taken away once it was read. */
const IN_ADDRESS = "#code=";
/** What is longer holds more than a code. */
const LONGEST_HASH = 200;

/** The code that is shown and not in use yet. @type {Code | null} */
let made = null;

export async function start() {
  document.addEventListener("click", ({ target }) => {
    const button = /** @type {Element} */ (target).closest("[data-backup-do]");
    if (button instanceof HTMLElement) guarded(async () => actions[button.dataset.backupDo ?? ""]());
  });
  find("[data-backup-sure]").addEventListener("change", () => busy(false));
  // Another tab may have stopped the backup, or deleted everything.
  addEventListener("pageshow", ({ persisted }) => persisted && guarded(draw));
  addEventListener("hashchange", () => guarded(() => readAddress(fromAddress())));
  find("[data-backup-form]").addEventListener("submit", (event) => {
    event.preventDefault();
    guarded(enter);
  });
  await guarded(async () => {
    const given = fromAddress();
    await openJournal();
    await draw();
    find("[data-backup]").hidden = false;
    await readAddress(given);
  });
}

/** @returns {string} the words that the address brought, which it holds no longer */
function fromAddress() {
  if (!location.hash.startsWith(IN_ADDRESS)) return "";
  const words = location.hash.slice(IN_ADDRESS.length, LONGEST_HASH).replace(/[^a-z]+/gi, " ");
  history.replaceState(null, "", location.pathname + location.search);
  return words;
}

/**
 * Puts the words of an address into the form. Only a tap does more: the picture may be a stranger's.
 * @param {string} words
 */
async function readAddress(words) {
  if (!words) return;
  const on = Boolean(await getMeta(VAULT));
  for (const line of all("[data-backup-linked]")) line.hidden = (line.dataset.backupLinked === "on") !== on;
  if (on) return;
  made = null;
  await draw();
  const field = /** @type {HTMLTextAreaElement} */ (find("[name=code]"));
  field.value = words;
  field.scrollIntoView({ block: "center" });
}

async function draw() {
  const on = Boolean(await getMeta(VAULT));
  part("on", on);
  part("off", !on);
  part("code", made !== null);
  part("have", !on && made === null);
  for (const name of ["new", "renew"]) button(name).hidden = made !== null;
  button("on").hidden = on;
  button("move").hidden = !on;
  find("[data-backup-certain]").hidden = true;
  if (made) return;
  find("[data-backup-words]").replaceChildren();
  find("[data-backup-qr]").replaceChildren();
  /** @type {HTMLInputElement} */ (find("[data-backup-sure]")).checked = false;
  busy(false);
}

/** @type {Record<string, () => unknown>} */
const actions = {
  new: async () => showCode((await codes()).newCode()),
  renew: async () => showCode((await codes()).newCode()),
  on: () => made && enable(made.bytes, true),
  move: () => {
    const { bytes } = /** @type {Code} */ (made);
    return work(async () => (await backup()).rotate(bytes), "moved");
  },
  sync: () => work(async () => (await backup()).sync(true), "done"),
  off: () => work(async () => (await backup()).disable(), "stopped"),
  ask: () => (find("[data-backup-certain]").hidden = false),
  spare: () => {
    find("[data-backup-certain]").hidden = true;
    button("ask").focus();
  },
  delete: () => work(async () => (await backup()).deleteRemote(), "deleted"),
};

/**
 * @param {Uint8Array<ArrayBuffer>} code
 * @param {boolean} fresh
 */
function enable(code, fresh) {
  return work(async () => (await backup()).enable(code, fresh), "done");
}

/** @param {Code} code */
async function showCode(code) {
  made = code;
  const items = code.words.map((text) => Object.assign(document.createElement("li"), { textContent: text }));
  find("[data-backup-words]").replaceChildren(...items);
  await draw();
  find("#backup-code").focus();
  const frame = find("[data-backup-qr]");
  const { drawQr } = await import("./qr.js");
  const address = location.origin + location.pathname + IN_ADDRESS + code.words.join("-");
  if (made === code) frame.replaceChildren(drawQr(address, frame.dataset.label ?? ""));
}

/** Takes a code that was made earlier. */
async function enter() {
  const form = /** @type {HTMLFormElement} */ (find("[data-backup-form]"));
  const { parseCode, unknownWords } = await codes();
  const text = String(new FormData(form).get("code"));
  const bytes = parseCode(text);
  const odd = unknownWords(text);
  const given = text.match(/\p{L}+/gu)?.length ?? 0;
  const fault = bytes ? "" : odd.length ? "words" : given === WORDS ? "order" : "count";
  for (const line of all("[data-backup-fault]")) line.hidden = line.dataset.backupFault !== fault;
  setText("[data-backup-strangers]", odd.join(", "));
  setText("[data-backup-given]", given);
  if (!bytes) return;
  await enable(bytes, false);
  if (await getMeta(VAULT)) form.reset();
}

/**
 * Does what may take a while, and says what came of it.
 * @param {() => Promise<Outcome>} act
 * @param {string} well what is said when it went well
 */
async function work(act, well) {
  for (const line of all("[data-backup-say], [data-backup-count]")) line.hidden = true;
  const pressed = document.activeElement;
  busy(true);
  try {
    const before = await vaultId();
    const { why, ...counts } = await act();
    const after = await vaultId();
    // A code is shown until it is in use, and not once more.
    if (after !== before) made = null;
    // Else the journal would miss it.
    if (why === "done" && !after) remember(JOURNAL_BEGUN, "1");
    await draw();
    say(why !== "done" ? why : counts.long ? "long" : counts.left ? "left" : well, counts);
  } finally {
    busy(false);
    goOnFrom(pressed);
  }
}

/**
 * Gives the focus back, which no button keeps while it cannot be pressed.
 * @param {Element | null} pressed
 */
function goOnFrom(pressed) {
  const isThere = pressed instanceof HTMLElement && pressed !== document.body && pressed.getClientRects().length > 0;
  const headings = ["#backup-code", "#backup-on", "#backup-new"].map((heading) => find(heading));
  const place = isThere ? pressed : headings.find((heading) => heading.getClientRects().length > 0);
  place?.focus({ preventScroll: true });
}

/** @returns {Promise<string>} which backup this phone has, empty for none */
async function vaultId() {
  return (await getMeta(VAULT))?.id ?? "";
}

/** @param {boolean} is */
function busy(is) {
  find("[data-backup-busy]").hidden = !is;
  const unsure = made && sure() ? [] : [button("on"), button("move")];
  const buttons = /** @type {HTMLButtonElement[]} */ (all("[data-backup] button"));
  for (const each of buttons) each.disabled = is || unsure.includes(each);
}

/**
 * @param {string} what
 * @param {{pulled: number, long: number, left: number}} counts
 */
function say(what, counts) {
  const line = all("[data-backup-say]").find(({ dataset }) => dataset.backupSay === what);
  if (!line) return;
  line.hidden = false;
  for (const [name, count] of Object.entries(counts)) {
    for (const line of all(`[data-backup-count="${name}"]`)) {
      line.hidden = !count;
      setText(`[data-backup-count="${name}"] bdi`, count);
    }
  }
  line.scrollIntoView({ block: "center" });
}

function sure() {
  return /** @type {HTMLInputElement} */ (find("[data-backup-sure]")).checked;
}

/** @param {string} name */
function button(name) {
  return /** @type {HTMLButtonElement} */ (find(`[data-backup-do="${name}"]`));
}

/**
 * @param {string} name
 * @param {boolean} visible
 */
function part(name, visible) {
  show(`[data-backup-part="${name}"]`, visible);
}

/**
 * @typedef {ReturnType<typeof import("./recovery-code.js").newCode>} Code
 * @typedef {import("./sync.js").Outcome} Outcome
 */
