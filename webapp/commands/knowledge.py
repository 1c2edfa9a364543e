"""``flask knowledge``: what is known, and where the seed texts are said."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import click
from flask.cli import AppGroup

from webapp.knowledge import safety_file, schema
from webapp.knowledge.loader import RULES
from webapp.knowledge.model import SeedStatement
from webapp.knowledge.reviews import (
    ENGLISH,
    Reviews,
    Subject,
    content_hash,
    texts_of,
    words_hash,
)
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
    commands.add_command(_reviews(build))
    return commands


def _reviews(build: Build) -> click.Command:
    @click.command("reviews")
    @click.argument("identity", metavar="[ID]", default="")
    @click.option("--open", "list_open", is_flag=True, help="List what nobody has reviewed.")
    def reviews(identity: str, *, list_open: bool) -> None:
        """Say what clinicians have reviewed, what of it is void by now, and what is open.

        With an ID: print its words in every language, and the entry for reviews.yaml that a
        reviewer of all of them would make.
        """
        made = Reviews(build.knowledge)
        if not identity:
            click.echo("\n".join(_reviewed(build, made, list_open=list_open)))
        elif identity in made.subjects:
            click.echo("\n".join(_entry(build, identity, made.subjects[identity])))
        else:
            raise click.ClickException(f"'{identity}' is the id of nothing that can be reviewed")

    return reviews


def _reviewed(build: Build, reviews: Reviews, *, list_open: bool) -> Iterator[str]:
    """Yield a line for each review, then counts for each language."""
    says = {words.language.code: words.say for words in build.words}
    void: Counter[str] = Counter()
    for review in build.knowledge.reviews:
        told = {ENGLISH, *review.translations} & says.keys()
        valid = {code for code in told if reviews.is_valid_in(review, code, says[code])}
        void.update(told - valid)
        states = [*_in("reviewed", valid), *_in("VOID", told - valid)]
        who = f"{review.role}, {review.registration}, {review.date}"
        yield f"{review.of}: {', '.join(states)} ({who})"
    for code, say in says.items():
        covered = reviews.covered(code, say)
        waiting = [name for name in reviews.subjects if name not in covered]
        if list_open:
            yield from (f"{code}: open: {name}" for name in waiting)
        yield (
            f"{code}: {len(covered)} reviewed, {void[code]} reviews void, {len(waiting)} open;"
            f" of this the app says: {reviews.standing(code, say)}"
        )


def _in(state: str, codes: set[str]) -> Iterator[str]:
    if codes:
        yield f"{state} in {' '.join(sorted(codes))}"


def _entry(build: Build, identity: str, subject: Subject) -> Iterator[str]:
    """Yield the words that a reviewer reads, as comments, and the entry to sign."""
    yield f"# {identity}, in {build.knowledge.file_of.get(identity, RULES)}"
    for text in texts_of(subject):
        yield from (f"# {text.id} ({w.language.code}): {w.say(text)}" for w in build.words)
    yield f"- of: {identity}"
    yield "  role:"
    yield "  registration:"
    yield "  date:"
    yield f'  content: "{content_hash(subject)}"'
    others = [words for words in build.words if words.language.code != ENGLISH]
    if others:
        yield "  translations:"
        for words in others:
            yield f'    {words.language.code}: "{words_hash(subject, words.say)}"'


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
