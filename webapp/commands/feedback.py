"""``flask feedback``: what people said of the pages."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict

import click
from flask.cli import AppGroup

from webapp.database import UNREACHABLE, UnusableDatabase, reason
from webapp.extensions import session
from webapp.feedback import store
from webapp.feedback.models import HELPED, Feedback
from webapp.web.site import Build


def group(_build: Build) -> AppGroup:
    """Return the commands about feedback."""
    commands = AppGroup("feedback", help="What people said.")

    @commands.command("report")
    @click.option("--words", is_flag=True, help="List what people wrote, too.")
    @click.option("--json", "as_json", is_flag=True, help="Print counts as a mapping.")
    def report(*, words: bool, as_json: bool) -> None:
        """Count what people said by month, page, language and release."""
        try:
            counts = store.counts(session())
            written = [_written(row) for row in store.with_words(session())] if words else []
        except (UnusableDatabase, *UNREACHABLE) as fault:
            raise click.ClickException(reason(fault)) from fault
        if as_json:
            data = {"counts": [asdict(count) for count in counts]}
            click.echo(json.dumps({**data, "words": written} if words else data, indent=2))
        else:
            lines = [*_said(counts), *map(_written_line, written)]
            click.echo("\n".join(lines) or "Nobody has said anything yet.")

    return commands


def _said(counts: Iterable[store.Count]) -> Iterator[str]:
    """Yield a line for each month, page, language and release, and one for all of them."""
    total: Counter[str] = Counter()
    rows: dict[str, Counter[str]] = {}
    for count in counts:
        about = (
            count.month,
            count.page or "no page",
            count.language,
            count.release or "no release",
        )
        rows.setdefault("  ".join(about), Counter())[count.helped] += count.count
        total[count.helped] += count.count
    for line, helped in rows.items():
        yield f"{line}  {_numbers(helped)}"
    if rows:
        yield f"{total.total()} in all: {_numbers(total)}"


def _numbers(helped: Counter[str]) -> str:
    return ", ".join(f"{helped[answer]} {answer}" for answer in HELPED)


def _written(row: Feedback) -> dict[str, str]:
    """Return what somebody wrote, with all that is known of it but its id."""
    names = ("page", "language", "release", "helped", "words")
    return {"day": row.day.isoformat(), **{name: getattr(row, name) for name in names}}


def _written_line(row: Mapping[str, str]) -> str:
    words = row["words"].replace("\n", " / ")
    return f"{row['day']}  {row['page'] or 'no page'}  {row['language']}  {row['helped']}: {words}"
