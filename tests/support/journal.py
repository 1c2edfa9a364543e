"""A journal as tests fill and read it, through the app's own modules, on a page of the app."""

from __future__ import annotations

from tests.support.person import Person

STORE = """
    const app = document.querySelector("script[type=module]").src;
    const store = await import(app.replace("app.js", "journal/store.js"));
"""
RECORDS = f"{STORE} return store.readAll();"

WEEK = """
    const day = 864e5;
    const past = (kind, data, ago) => store.newEntry(kind, data, { at: Date.now() - ago * day });
    const days = [6.5, 5.5, 4.5, 3.5, 2.5, 1.5, 0.5];
    await store.append([
      past("begin", { region: "low-back" }, 7),
      ...days.map((ago, n) => past("feel", { pain: 8 - n, can: { walk: n < 4 ? 1 : 0 } }, ago)),
      ...days.map((ago) => past("measure", { what: "ice", minutes: 9, before: 6, after: 5 }, ago)),
      past("note", { text: "I lifted a box." }, 6),
    ]);
"""
ENABLE_BACKUP = """
    const { enable } = await import(app.replace("app.js", "backup/sync.js"));
    const { newCode } = await import(app.replace("app.js", "backup/recovery-code.js"));
    await enable(newCode().bytes, true);
"""

EPISODES = """
    const day = 864e5;
    const made = (kind, data, ago) => store.newEntry(kind, data, { at: Date.now() - ago * day });
    await store.append([
      made("begin", { region: "neck" }, 40),
      made("feel", { pain: 9, can: {} }, 39),
      made("recovered", {}, 30),
      made("note", { text: "In between." }, 20),
      made("begin", { region: "low-back" }, 5),
      made("feel", { pain: 8, can: { walk: 2 } }, 4.8),
      made("feel", { pain: 6, can: { walk: 1 } }, 3),
      made("measure", { what: "heat", minutes: 15, before: 7, after: 5 }, 2),
      made("check", { urgency: "soon", reasons: ["It has lasted long."], release: "x" }, 2),
      made("medicine", { text: "Two of the white ones" }, 1),
      made("note", { text: "I lifted a box." }, 1),
    ]);
"""


def fill(person: Person) -> None:
    """Put an episode that is over and one that goes on into the journal of this phone."""
    person.visits("journal/")
    person.waits_for("[data-journal]")
    person.browser.run(STORE + EPISODES)
