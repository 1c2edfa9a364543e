"""``flask i18n``: translations."""

from __future__ import annotations

import sys

import click
from flask.cli import AppGroup

from webapp.i18n import catalogues, extract
from webapp.i18n.locales import LANGUAGES
from webapp.web.site import TEMPLATES, Build


def group(build: Build) -> AppGroup:
    """Return the commands about translations."""
    commands = AppGroup("i18n", help="Translations.")

    @commands.command("update")
    def update() -> None:
        """Write the templates anew and bring every language's files up to date."""
        found = {
            "interface": extract.interface(TEMPLATES),
            "clinical": extract.clinical(build.knowledge.texts),
        }
        extract.update(found, LANGUAGES)
        click.echo(", ".join(f"{name}: {len(found[name])} messages" for name in found))

    @commands.command("check")
    def check() -> None:
        """List what keeps a language from being whole; exit 1 if there is anything."""
        gaps = [
            f"{language.code}: {gap}" for language in LANGUAGES for gap in catalogues.gaps(language)
        ]
        gaps += [
            f"{language.code}: search-words.yaml: '{entry.to}' has no words"
            for language in LANGUAGES
            for entry in build.knowledge.synonyms
            if language.code not in entry.words
        ]
        click.echo("\n".join(gaps) or f"{len(LANGUAGES)} languages, all whole.")
        if gaps:
            sys.exit(1)

    return commands
