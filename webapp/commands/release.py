"""``flask release``: what the phone fetches."""

from __future__ import annotations

import json
from pathlib import Path

import brotli
import click
from flask import current_app
from flask.cli import AppGroup

from webapp.i18n import catalogues
from webapp.release.numbering import Numbered
from webapp.release.parts import Release
from webapp.release.sizes import COMMAND, REQUESTS_TO_BE_READY, Measured, sizes
from webapp.web import site
from webapp.web.export.files import CARD, PUBLIC, NotEmpty, export, exported
from webapp.web.release_layer import ReleaseLayer
from webapp.web.site import Build


def group(build: Build) -> AppGroup:
    """Return the commands about the release."""
    commands = AppGroup("release", help="What the phone fetches.")

    @commands.command("info")
    def info() -> None:
        """Print the release, the number of requests to be ready, and sizes in bytes."""
        click.echo(json.dumps(_facts(build.release, Measured.read()), indent=2))

    @commands.command("raise")
    def raise_number() -> None:
        """Give the release the next number, if its bytes are not those that its number is for."""
        # As anybody serves it: in all languages, and without an operator's name.
        fingerprint = site.build(catalogues.load()).release.fingerprint
        before = Numbered.read()
        after = before.raised(fingerprint)
        after.write()
        did = "is for these bytes already" if after == before else f"follows {before.number}"
        click.echo(f"Number {after.number} {did}.")

    @commands.command("export")
    @click.argument("folder", type=click.Path(path_type=Path))
    def export_site(folder: Path) -> None:
        """Write the site as files into FOLDER, for a server or a network that runs nothing.

        FOLDER is empty, or holds an earlier export.
        """
        app = current_app
        layer: ReleaseLayer = app.wsgi_app  # type: ignore[assignment]
        card = app.test_client().get(CARD).get_data()
        try:
            exported(folder)  # refused before the work, not after it
            layer.finish()
            count = export(layer.representations, card, app.config["LANGUAGES"], folder)
        except (NotEmpty, OSError) as fault:
            raise click.ClickException(str(fault)) from fault
        click.echo(f"{count} files of release {layer.release.id} are in {folder / PUBLIC}.")

    return commands


def _facts(release: Release, measured: Measured) -> dict[str, object]:
    """Return what there is to say: parts of this release, and what a browser fetched of it."""
    is_current = measured.release == release.id
    again = f"of release {measured.release}; to measure this one: {COMMAND}"
    by_brotli = sizes(release, lambda content: len(brotli.compress(content)))
    return {
        "release": release.id,
        "version": release.site.version._asdict(),
        "requests": REQUESTS_TO_BE_READY,
        "raw": sizes(release, len),
        "brotli": {**by_brotli, "ready": measured.scenarios["ready"]["bytes"]},
        "scenarios": measured.scenarios,
        "scenarios_measured": "of this release" if is_current else again,
    }
