// @ts-check
/** What a person does on the page of the journal, and where they then go on. */
import { guarded } from "../journal/refusal.js";
import { find } from "../lib/dom.js";
import { drawForms, redraw } from "./drawing.js";
import { clearFaults } from "./forms.js";
import { keepSheet, look, takeAway } from "./keeping.js";
import { lines, showMore } from "./lines.js";
import { firstPlace, firstSeen, goTo, isLost, say, sayText, showSaid } from "./saying.js";
import { begin, end, isTouched, sheetOf } from "./sheets.js";
import { current, entryOf, placeOf, setAnswered } from "./state.js";

// Not needed to write the first thing down.
const upkeep = () => import("./upkeep.js");
const deleting = () => import("./deleting.js");

/** So long nobody is told whether what they deleted is gone. */
const LATE_MS = 5000;

/** Says where what was deleted is gone from, as far as it is known. */
async function sayDeleted() {
  say(`deleted-${await (await deleting()).deletedFrom()}`);
}

/** Minds the backup, and draws what it has brought. */
async function mindBackup() {
  if (await (await upkeep()).mindBackup()) await redraw();
}

/**
 * Does what may be refused; then says why where the person is, and not only at the head of the page.
 * @param {() => unknown} act
 */
async function attempt(act) {
  await guarded(async () => await act());
  const why = firstSeen("[data-journal-why]:not([data-journal-why=unreadable], [data-journal-why=broken])");
  if (!why) return;
  sayText(why.textContent ?? "", "note");
  showSaid();
}

/** @param {HTMLElement} button */
export function press(button) {
  const { journalDo, line } = button.dataset;
  const id = /** @type {HTMLElement | null} */ (button.closest("[data-id]"))?.dataset.id;
  attempt(() => actions[journalDo ?? line ?? ""]?.(button, entryOf(id)));
}

/** @type {Record<string, (button: HTMLElement, entry?: Entry) => unknown>} */
const actions = {
  clear: async () => {
    setAnswered(true);
    await redraw();
    goTo(find("#journal-feel"), "start");
  },
  more: () => goTo(showMore()),
  ask: () => {
    find("[data-journal-sure]").hidden = false;
    goTo(find("[data-journal-sure] p"));
  },
  spare: () => {
    find("[data-journal-sure]").hidden = true;
    goTo(find('[data-journal-do="ask"]'));
  },
  erase: async () => {
    const done = await (await deleting()).eraseEverything();
    find("[data-journal-sure]").hidden = true;
    await redraw();
    goTo(firstPlace());
    say(done);
    showSaid();
  },
  take: (button) => {
    const { kind, end: at, minutes } = offer(button).dataset;
    open("measure", { at: Number(at), data: { what: kind, minutes } });
  },
  leave: async (button) => {
    const { leaveTimer } = await import("./timer-offers.js");
    await leaveTimer(Number(offer(button).dataset.end));
    await redraw();
    goTo(firstSeen("[data-line=leave], #journal-add"));
  },
  delete: async (_, entry) => {
    if (!entry) return;
    const place = lines().findIndex(({ dataset }) => dataset.id === entry.id);
    await takeAway(entry);
    await redraw();
    goTo(lines()[place] ?? lines()[place - 1] ?? firstPlace());
    // A server that is slow is not waited for without a word.
    const late = setTimeout(sayDeleted, LATE_MS);
    await mindBackup();
    clearTimeout(late);
    await sayDeleted();
  },
  edit: (_, entry) => entry && open(entry.kind, { at: placeOf(entry), supersedes: [entry.id], data: entry.data }),
  cancel: (button) => {
    const form = /** @type {HTMLFormElement} */ (button.closest("form"));
    const kind = form.dataset.journalForm ?? "";
    const [id] = sheetOf(kind).start?.supersedes ?? [];
    end(kind);
    closed(form);
    say("unchanged");
    goTo(firstSeen(`[data-id="${id}"] [data-line=edit]`) ?? firstPlace());
  },
  calendar: async ({ dataset }) => {
    const { next } = current();
    if (!next) return;
    const { CALENDAR, reminder } = await import("../lib/icalendar.js");
    const { shareFile } = await import("../lib/share-file.js");
    const way = await shareFile(reminder(new Date(next.due), dataset.title ?? "", new Date()), CALENDAR);
    if (way === "saved") say("saved");
  },
};

/** @param {HTMLElement} button of a timer that is offered */
function offer(button) {
  return /** @type {HTMLElement} */ (button.closest("li"));
}

/**
 * Opens a form with what is known already, and says so.
 * @param {string} kind
 * @param {import("./sheets.js").Start} start
 */
function open(kind, start) {
  begin(kind, start);
  const { form } = sheetOf(kind);
  clearFaults(form);
  drawForms();
  sayText(find("[data-journal-start] p", form).textContent ?? "", "panel");
  goTo(find("h2, h3", /** @type {HTMLElement} */ (form.closest("details, section"))), "start");
}

/**
 * Shows a form as it is once what it began from has ended.
 * @param {HTMLFormElement} form
 */
function closed(form) {
  clearFaults(form);
  if (!isTouched(sheetOf(form.dataset.journalForm ?? ""))) form.closest("details")?.removeAttribute("open");
  drawForms();
}

/** @param {HTMLDetailsElement} fold that was opened or closed */
export function folded(fold) {
  const kind = fold.dataset.journalFold ?? "";
  if (fold.open || !sheetOf(kind).start) return;
  end(kind, true);
  fold.open = false;
  drawForms();
  say("unchanged");
}

/**
 * @param {HTMLFormElement} form
 * @param {Sent} sent what it held when it was sent
 */
export function submit(form, sent) {
  const kind = form.dataset.journalForm ?? "";
  const found = look(kind, sent);
  if (found === "again") return;
  if (found === "empty") form.reportValidity();
  else if (found === "ready") attempt(() => keep(form, sent));
  else goTo(found, "center");
}

/**
 * @param {HTMLFormElement} form
 * @param {Sent} sent
 */
async function keep(form, sent) {
  const kind = form.dataset.journalForm ?? "";
  const isNew = kind === "begin" && !sheetOf(kind).start;
  if (await keepSheet(kind, sent)) {
    closed(form);
    if (isLost()) goTo(firstSeen(`[data-journal-fold="${kind}"] > summary`));
  }
  // With what has just begun, the signs are asked about again.
  if (isNew) setAnswered(false);
  await redraw();
  if (isNew) {
    // Some browsers ask the person, who may never answer: nothing waits for it.
    (await upkeep()).askToPersist().catch(console.warn);
  }
  await mindBackup();
}

/**
 * @typedef {import("../journal/entry.js").Entry} Entry
 * @typedef {import("./sheets.js").Sent} Sent
 */
