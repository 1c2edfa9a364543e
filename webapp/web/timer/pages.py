"""The page of the timer that runs; which one it is, only the phone knows."""

from webapp.release.pages import Page

PAGES = (Page("timer/", "timer/timer.html"),)
