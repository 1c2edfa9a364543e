"""``flask knowledge``: what is known, and where the seed texts are said."""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

import click
from flask.cli import AppGroup

from webapp.knowledge import safety_file, schema
from webapp.knowledge.model import SeedStatement
from webapp.triage.proofs.prover import PROPERTIES
from webapp.web.anchors import Anchors
from webapp.web.site import Build


def group(build: Build) -> AppGroup:
    """Return the commands about what we know."""
    commands = AppGroup("knowledge", help="What we know: questions, rules, guidance, sources.")

    @commands.command("check")
    def check() -> None:
        """Say what was loaded; a broken file stops the start and names the key."""
        known = build.knowledge
        click.echo(
            f"{len(known.questions)} questions on {len(known.screens)} screens,"
            f" {len(known.rules)} rules, {len(known.sourced)} sourced statements,"
            f" {len(known.sources)} sources, {len(known.texts)} texts: all good."
        )

    @commands.command("schema")
    @click.argument("folder", type=click.Path(path_type=Path), default=schema.FOLDER)
    def write_schemas(folder: Path) -> None:
        """Write a schema of each data file to FOLDER (default: beside the data)."""
        click.echo(f"{schema.write(folder)} schemas written")

    @commands.command("safety")
    @click.argument("folder", type=click.Path(path_type=Path), default=safety_file.FOLDER)
    def write_safety_file(folder: Path) -> None:
        """Write the tables of the safety file in FOLDER (default: docs/safety) anew."""
        promises = {number: promise for number, promise, _ in PROPERTIES}
        tables = safety_file.tables(build.knowledge, promises)
        click.echo(f"{safety_file.write(folder, tables)} files changed")

    commands.add_command(_coverage(build))
    return commands


def _coverage(build: Build) -> click.Command:
    @click.command("coverage")
    def coverage() -> None:
        """List where each statement of the seed texts is said; exit 1 if one is nowhere."""
        anchors = Anchors(build.knowledge, build.release)
        count = Counter(found=0, out=0, lost=0)
        for statement in build.knowledge.seed_statements:
            kind, where = _whereabouts(statement, anchors)
            count[kind] += 1
            click.echo(f"{statement.id} ({statement.about}): {where}")
        click.echo(
            f"{count.total()} statements, {count['found']} found, {count['out']} left out,"
            f" {count['lost']} unaccounted"
        )
        if count["lost"]:
            sys.exit(1)

    return coverage


def _whereabouts(statement: SeedStatement, anchors: Anchors) -> tuple[str, str]:
    """Return "found", "out" or "lost", and where or why in words."""
    if statement.left_out:
        return "out", f"left out: {statement.left_out}"
    where = dict.fromkeys(map(anchors.of, statement.found_at))
    words = ", ".join(place or "NOWHERE" for place in where)
    return ("found" if where and None not in where else "lost"), words or "NOWHERE"
