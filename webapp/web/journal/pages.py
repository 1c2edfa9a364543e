"""The journal: all that is in it, only the phone knows."""

from webapp.release.pages import Page

PAGES = (
    Page("journal/", "journal/journal.html", deferred=True),
    Page("journal/hand-over/", "journal/hand_over.html", deferred=True),
    Page("journal/backup/", "journal/backup.html", deferred=True),
)
