"""``python3 run.py bench``: how fast Easeback is, as ratios within one run."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

import click
from playwright.sync_api import sync_playwright
from sqlalchemy.engine import make_url

from tests.benches import backup, backup_server, fetched, front, journal, triage
from tests.support import heights
from tests.support.site import build
from webapp import config, create_app, database


@click.group()
def bench() -> None:
    """Measure how fast Easeback is, as ratios within one run."""


@bench.command("triage")
def measure_triage() -> None:
    """Compare the speed of the rules and of what is made of them with that of plain ifs."""
    site = build()
    try:
        speeds = triage.measure(site.knowledge, site.interview.urgency, site.prover.compiler)
    except triage.Disagreement as fault:
        raise click.ClickException(str(fault)) from fault
    click.echo(f"{triage.SAMPLES} sets of answers, {triage.ROUNDS} rounds in turns")
    for speed in speeds:
        click.echo(f"{speed.name:<25}{speed.per_second:>9,.0f} a second{_ratios(speed)}")


def _ratios(speed: triage.Speed) -> str:
    if not speed.ratios:
        return ""
    low, middle, high = min(speed.ratios), median(speed.ratios), max(speed.ratios)
    return f", {middle:.2f} times the plain ifs' time ({low:.2f} to {high:.2f})"


@bench.command("front")
def measure_front() -> None:
    """Compare what an answer costs through the front with what others cost."""
    click.echo(f"compiling what answers forms, at the start: {front.compiling():.2f} s")
    with TemporaryDirectory(prefix="easeback-") as folder:
        for cost in front.measure(Path(folder)):
            click.echo(front.report(cost))


@bench.command("bytes")
@click.option("--write", is_flag=True, help="Keep the figures for `flask release info`.")
def measure_bytes(*, write: bool) -> None:
    """Print the bytes that a real browser fetches, by scenario."""
    measured = fetched.measure()
    if write:
        measured.write()
    click.echo(json.dumps(measured.scenarios, indent=2))


@bench.command("effort")
def measure_effort() -> None:
    """Print how tall each screen of questions is, in every language, on a small phone in Roboto."""
    site = build()
    languages = site.release.site.languages
    with sync_playwright() as playwright:
        found = {(one.screen, one.language): one for one in heights.measure(playwright, site)}
    width = max(len(screen.id) for screen in site.knowledge.every_screen)
    for screen in site.knowledge.every_screen:
        row = (found[screen.id, language] for language in languages)
        told = (f"{one.language}{one.pixels:>5}{' ' if one.fits else '!'}" for one in row)
        click.echo(f"{screen.id:<{width}}  {'  '.join(told)}")
    click.echo(f"{sum(not one.fits for one in found.values())} taller than they may be (!)")


@bench.command("journal")
def measure_journal() -> None:
    """Compare the journal's page with many entries to the one with few, in a slowed Chromium."""
    click.echo("\n".join(journal.report()))


def _absolute(_context: click.Context, _option: click.Parameter, urls: Iterable[str]) -> list[str]:
    """Return the addresses; a file's is the same for all who open it. Raise BadParameter."""
    absolute = []
    for text in urls:
        try:
            url = make_url(config.from_environment({"DATABASE_URL": text}).database_url)
        except config.BadSetting as fault:
            raise click.BadParameter(str(fault)) from fault
        if url.get_backend_name() == "sqlite":
            if url.database in (None, "", ":memory:"):
                raise click.BadParameter("A database in memory is not what a server keeps.")
            url = url.set(database=str(Path(url.database).absolute()))
        absolute.append(url.render_as_string(hide_password=False))
    return list(dict.fromkeys(absolute))


@contextmanager
def _address(url: str) -> Iterator[str]:
    """Yield the address of a database: this one, or a file's that is there for so long."""
    if url:
        yield url
    else:
        with TemporaryDirectory(prefix="easeback-") as folder:
            yield f"sqlite:///{Path(folder) / 'bench.sqlite3'}"


@contextmanager
def _explained(name: str) -> Iterator[None]:
    """Turn what is wrong with a database into a line that names it."""
    try:
        yield
    except backup.Occupied as fault:
        raise click.UsageError(f"{name}: {fault}") from fault
    except (database.UnusableDatabase, backup_server.Unanswered) as fault:
        raise click.ClickException(f"{name}: {fault}") from fault
    except database.UNREACHABLE as fault:
        raise click.ClickException(f"{name}: the database does not answer.") from fault


@bench.command("backup")
@click.option(
    "--url",
    "urls",
    multiple=True,
    callback=_absolute,
    help="An empty database, as in DATABASE_URL; may be repeated. Default: a temporary file.",
)
@click.option(
    "--entries",
    type=click.IntRange(1, backup.MOST_ENTRIES),
    default=10_000,
    show_default=True,
)
@click.option("--vaults", type=click.IntRange(min=1), default=1_000, show_default=True)
@click.option("--json", "as_json", is_flag=True, help="Print a mapping of databases.")
def measure_backup(*, urls: Sequence[str], entries: int, vaults: int, as_json: bool) -> None:
    """Compare the speed of the private backup with that of raw inserts and selects.

    It takes an empty database only, and leaves it empty.
    """
    data = {}
    for url in urls or [""]:
        name = make_url(url).render_as_string() if url else "a temporary SQLite file"
        with _explained(name), _address(url) as address, backup.fresh(address) as ground:
            measured = backup.measure(ground, entries, vaults)
            server = create_app({"DATABASE_URL": address}, build())
            measured.speeds.append(backup_server.measure(server, ground, entries))
        data[name] = backup.as_data(measured)
        if not as_json:
            click.echo("\n".join([f"{name}:", *backup.report(measured)]))
    if as_json:
        click.echo(json.dumps(data, indent=2))


if __name__ == "__main__":
    bench(prog_name="python3 run.py bench")
