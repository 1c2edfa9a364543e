"""``flask release``: what the phone fetches."""

from __future__ import annotations

import json

import brotli
import click
from flask.cli import AppGroup

from webapp.release.sizes import REQUESTS_TO_BE_READY, sizes
from webapp.web.site import Build


def group(build: Build) -> AppGroup:
    """Return the commands about the release."""
    commands = AppGroup("release", help="What the phone fetches.")

    @commands.command("info")
    def info() -> None:
        """Print the release, the number of requests to be ready, and sizes in bytes."""
        release = build.release
        facts = {
            "release": release.id,
            "requests": REQUESTS_TO_BE_READY,
            "raw": sizes(release, len),
            "brotli": sizes(release, lambda content: len(brotli.compress(content))),
        }
        click.echo(json.dumps(facts, indent=2))

    return commands
