// @ts-check
/**
 * Starts what each page asks for. The pages are whole without any of it, and every part is fetched
 * and started by itself, so that one that fails is reported and takes nothing else with it.
 */

/**
 * What a page has to hold, and what is then started.
 * @type {Record<string, () => Promise<void>>}
 */
const parts = {
  "[data-emergency-number], [data-number-text], [data-country]": async () =>
    (await import("./emergency/number.js")).showEmergencyNumber(),
  ":root": async () => (await import("./pwa/registration.js")).startWorker(),
  "[data-offline-sign], [data-offline-status]": async () =>
    (await import("./pwa/offline-sign.js")).startOfflineSign(),
  "[data-update]": async () => (await import("./pwa/update-offer.js")).startUpdateOffer(),
  "[data-install], [data-install-ios]": async () =>
    (await import("./pwa/install-help.js")).startInstallHelp(),
  "[data-timer-bar]": async () => (await import("./timer/bar.js")).startTimerBar(),
  "[data-timer-start]": async () => (await import("./timer/start.js")).startStarters(),
  "[data-timer-view]": async () => (await import("./timer/page.js")).startTimerPage(),
  "form[method=post]:not([data-feedback])": async () => (await import("./pwa/own-forms.js")).startOwnForms(),
  "[data-feedback]": async () => (await import("./feedback/page.js")).startFeedback(),
  "[data-route='']": async () => {
    if ((await import("./lib/safe-storage.js")).read("easeback.feedback")) (await import("./feedback/page.js")).sendKept();
  },
  "[data-print]": async () => (await import("./exercises/print-set.js")).startPrintSet(),
  "[data-mover]": async () => (await import("./exercises/moving-drawing.js")).startMovingDrawing(),
  "[data-route^='check/']": async () => (await import("./check/draft.js")).startCheckDraft(),
  "[data-help-card]": async () => (await import("./help-card/page.js")).startHelpCard(),
  "[data-search]": async () => (await import("./search/page.js")).startSearch(),
  "[data-floor]": async () => (await import("./floor/page.js")).startFloorSteps(),
  "[data-walks]": async () => (await import("./walking/log.js")).startWalkingLog(),
  "[data-journal-list]": async () => (await import("./journal-pages/journal.js")).startJournal(),
  "[data-hand-over]": async () => (await import("./journal-pages/hand-over.js")).startHandOver(),
  "[data-backup]": async () => (await import("./backup/page.js")).startBackup(),
  "[data-keep-result]": async () => (await import("./journal-pages/keep-result.js")).startKeepResult(),
  "[data-calendar]": async () => (await import("./walking/calendar.js")).startWalkingCalendar(),
};

for (const [hook, start] of Object.entries(parts)) {
  if (!document.querySelector(hook)) continue;
  start().catch((error) => console.warn(`Not started: ${hook}`, error));
}
