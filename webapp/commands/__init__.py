"""The commands of ``flask``: a module a group."""

from __future__ import annotations

from flask import Flask

from webapp.commands import database, feedback, i18n, knowledge, release, triage
from webapp.web.site import Build


def init_app(app: Flask, build: Build) -> None:
    """Add the command groups to the app."""
    for module in (knowledge, triage, release, i18n, database, feedback):
        app.cli.add_command(module.group(build))
