"""The heat-or-ice page."""

from webapp.offline.pages import Page

PAGES = (Page("heat-or-ice/", "heat_or_ice/heat_or_ice.html"),)
