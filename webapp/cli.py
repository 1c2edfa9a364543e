"""The commands of ``flask``: knowledge, triage, release, i18n, database, feedback."""

from __future__ import annotations

import json
import resource
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter

import brotli
import click
from flask import Flask
from flask.cli import AppGroup
from sqlalchemy.engine import make_url

from webapp import config, database
from webapp.extensions import db, session
from webapp.i18n import catalogues, extract
from webapp.i18n.locales import LANGUAGES
from webapp.journal import bench as journal_bench
from webapp.journal import feedback
from webapp.journal.models import HELPED, Feedback
from webapp.knowledge import yaml_file
from webapp.knowledge.errors import KnowledgeError
from webapp.knowledge.model import SeedStatement
from webapp.release.sizes import REQUESTS_TO_BE_READY, sizes
from webapp.triage import bench, cases
from webapp.triage.assessment import assess
from webapp.triage.proofs import Verdict
from webapp.web.places import Places
from webapp.web.site import TEMPLATES, Build
from webapp.web.vault import bench as vault_bench

STORIES = Path(__file__).parents[1] / "tests" / "cases"
"""The stories that the tests judge, where they stand beside the app."""


Create = Callable[[Mapping[str, str], Build], Flask]
"""Makes an app of an environment and a build."""


def init_app(app: Flask, build: Build, create: Create) -> None:
    """Add the command groups to the app. ``create`` makes another app, with another database."""
    known = (_knowledge(build), _triage(build), _release(build), _i18n(build))
    for group in (*known, _database(build, create), _feedback()):
        app.cli.add_command(group)


def _knowledge(build: Build) -> AppGroup:
    group = AppGroup("knowledge", help="What we know: questions, rules, guidance, sources.")

    @group.command("check")
    def check() -> None:
        """Say what was loaded; a broken file stops the start and names the key."""
        known = build.knowledge
        click.echo(
            f"{len(known.questions)} questions on {len(known.screens)} screens,"
            f" {len(known.rules)} rules, {len(known.sourced)} sourced statements,"
            f" {len(known.sources)} sources, {len(known.texts)} texts: all good."
        )

    group.add_command(_coverage(build))
    return group


def _coverage(build: Build) -> click.Command:
    @click.command("coverage")
    def coverage() -> None:
        """List where each statement of the seed texts is said; exit 1 if one is nowhere."""
        places = Places(build.knowledge, build.release)
        count = Counter(found=0, out=0, lost=0)
        for one in build.knowledge.seed_statements:
            kind, where = _whereabouts(one, places)
            count[kind] += 1
            click.echo(f"{one.id} ({one.about}): {where}")
        click.echo(
            f"{count.total()} statements, {count['found']} found, {count['out']} left out,"
            f" {count['lost']} unaccounted"
        )
        if count["lost"]:
            sys.exit(1)

    return coverage


def _whereabouts(statement: SeedStatement, places: Places) -> tuple[str, str]:
    """Return "found", "out" or "lost", and where or why in words."""
    if statement.left_out:
        return "out", f"left out: {statement.left_out}"
    where = dict.fromkeys(map(places.of, statement.found_at))
    words = ", ".join(place or "NOWHERE" for place in where)
    return ("found" if where and None not in where else "lost"), words or "NOWHERE"


def _triage(build: Build) -> AppGroup:
    group = AppGroup("triage", help="What follows from answers.")
    for command in (_prove(build), _assess(build), _cases(build), _bench(build)):
        group.add_command(command)
    return group


def _prove(build: Build) -> click.Command:
    @click.command("prove")
    @click.option("--json", "as_json", is_flag=True, help="Print a list of verdicts.")
    def prove(*, as_json: bool) -> None:
        """Decide the safety properties over every set of answers; exit 1 if one is violated."""
        start = perf_counter()
        verdicts = tuple(build.prover.prove())
        seconds = perf_counter() - start
        if as_json:
            click.echo(json.dumps([_verdict(verdict) for verdict in verdicts], indent=2))
        else:
            for verdict in verdicts:
                click.echo("\n".join(_in_words(verdict)))
            click.echo(f"{build.release.node_count} diagram nodes")
            click.echo(f"{build.prover.answer_sets} answer sets")
            click.echo(f"{seconds:.1f} seconds, {_peak_memory():.0f} MiB of memory at most")
        if not all(verdict.holds for verdict in verdicts):
            sys.exit(1)

    return prove


def _verdict(verdict: Verdict) -> dict[str, object]:
    return {
        "property": f"{verdict.number}. {verdict.promise}",
        "holds": verdict.holds,
        "counterexample": [
            {"subject": one.subject, "answers": one.answers} for one in verdict.violations
        ],
    }


def _in_words(verdict: Verdict) -> Iterator[str]:
    yield f"{verdict.number}. {verdict.promise}: {'holds' if verdict.holds else 'VIOLATED'}"
    for violation in verdict.violations:
        yield f"   {violation.subject}"
        yield from (f"     {answer}" for answer in violation.answers)


def _peak_memory() -> float:
    """Return the most memory that this process has held, in MiB, the start of the app included."""
    unit = 1 if sys.platform == "darwin" else 1024  # what a system counts in: bytes, else KiB
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / 2**20


def _assess(build: Build) -> click.Command:
    @click.command("assess")
    @click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
    def assess_file(file: Path) -> None:
        """Print the urgency, the reasons and the advice for the answers in a YAML FILE."""
        click.echo(json.dumps(_assessed(build, file), indent=2))

    return assess_file


def _cases(build: Build) -> click.Command:
    @click.command("cases")
    @click.argument("folder", type=click.Path(path_type=Path), default=STORIES)
    @click.option("--json", "as_json", is_flag=True, help="Print counts and outcomes.")
    def judge_cases(folder: Path, *, as_json: bool) -> None:
        """Judge the stories in FOLDER (default: the tests'); exit 1 if one ends unsafe."""
        try:
            stories = cases.load(folder, build.knowledge)
            results = cases.judge(build.interview, stories)
        except KnowledgeError as fault:
            raise click.ClickException(str(fault)) from fault
        if as_json:
            click.echo(json.dumps(cases.as_data(results), indent=2))
        else:
            click.echo("\n".join(cases.report(results)))
        if not results.is_safe:
            sys.exit(1)

    return judge_cases


def _bench(build: Build) -> click.Command:
    @click.command("bench")
    def measure() -> None:
        """Compare the speed of the rules and the diagram with that of plain ifs."""
        try:
            speeds = bench.measure(build.knowledge, build.interview.urgency, build.prover.compiler)
        except bench.Disagreement as fault:
            raise click.ClickException(str(fault)) from fault
        click.echo(f"{bench.SAMPLES} sets of answers, {bench.ROUNDS} rounds in turns")
        for speed in speeds:
            click.echo(f"{speed.name:<25}{speed.per_second:>9,.0f} a second{_ratios(speed)}")

    return measure


def _ratios(speed: bench.Speed) -> str:
    if not speed.ratios:
        return ""
    low, middle, high = min(speed.ratios), median(speed.ratios), max(speed.ratios)
    return f", {middle:.2f} times the plain ifs' time ({low:.2f} to {high:.2f})"


def _assessed(build: Build, file: Path) -> dict[str, object]:
    known = {question.id: question.options for question in build.knowledge.questions}
    try:
        answers = yaml_file.read(file)
        cases.check_answers(file.name, answers, known)
    except KnowledgeError as fault:
        raise click.ClickException(str(fault)) from fault
    assessment = assess(build.knowledge, answers)
    return {
        "urgency": assessment.urgency,
        "reasons": [
            {"rule": rule.id, "evidence": rule.evidence, "sources": rule.sources}
            for rule in assessment.fired
        ],
        "unresolved": [rule.id for rule in assessment.unresolved],
        "advice": build.offers.shown_for(build.interview.decisions, answers),
    }


def _release(build: Build) -> AppGroup:
    group = AppGroup("release", help="What the phone fetches.")

    @group.command("info")
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

    return group


def _i18n(build: Build) -> AppGroup:
    group = AppGroup("i18n", help="Translations.")

    @group.command("update")
    def update() -> None:
        """Write the templates anew and bring every language's files up to date."""
        found = {
            "interface": extract.interface(TEMPLATES),
            "clinical": extract.clinical(build.knowledge.texts),
        }
        extract.update(found, LANGUAGES)
        click.echo(", ".join(f"{name}: {len(found[name])} messages" for name in found))

    @group.command("check")
    def check() -> None:
        """List what keeps a language from being whole; exit 1 if there is anything."""
        gaps = [
            f"{language.code}: {gap}" for language in LANGUAGES for gap in catalogues.gaps(language)
        ]
        gaps += [
            f"{language.code}: search-words.yaml: '{lead.to}' has no words"
            for language in LANGUAGES
            for lead in build.knowledge.leads
            if language.code not in lead.words
        ]
        click.echo("\n".join(gaps) or f"{len(LANGUAGES)} languages, all whole.")
        if gaps:
            sys.exit(1)

    return group


def _database(build: Build, create: Create) -> AppGroup:
    group = AppGroup("database", help="What the server keeps.")

    @group.command("upgrade")
    def upgrade() -> None:
        """Bring the tables up to date, as each start does; say which revision they are at."""
        click.echo(f"The database is at revision {database.upgrade(db.engine)}.")

    group.add_command(_bench_of_backups(build, create))
    return group


def _bench_of_backups(build: Build, create: Create) -> click.Command:
    @click.command("bench")
    @click.option(
        "--url",
        "urls",
        multiple=True,
        callback=_absolute,
        help="An empty database, as in DATABASE_URL; may be repeated. Default: a temporary file.",
    )
    @click.option(
        "--entries",
        type=click.IntRange(1, journal_bench.MOST_ENTRIES),
        default=10_000,
        show_default=True,
    )
    @click.option("--vaults", type=click.IntRange(min=1), default=1_000, show_default=True)
    @click.option("--json", "as_json", is_flag=True, help="Print a mapping of databases.")
    def measure(*, urls: Sequence[str], entries: int, vaults: int, as_json: bool) -> None:
        """Compare the speed of the private backup with that of raw inserts and selects.

        It takes an empty database only, and leaves it empty.
        """
        data = {}
        for url in urls or [""]:
            name = make_url(url).render_as_string() if url else "a temporary SQLite file"
            with _explained(name), _address(url) as address, journal_bench.fresh(address) as ground:
                measured = journal_bench.measure(ground, entries, vaults)
                server = create({"DATABASE_URL": address}, build)
                measured.speeds.append(vault_bench.measure(server, ground, entries))
            data[name] = journal_bench.as_data(measured)
            if not as_json:
                click.echo("\n".join([f"{name}:", *journal_bench.report(measured)]))
        if as_json:
            click.echo(json.dumps(data, indent=2))

    return measure


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
    except journal_bench.Occupied as fault:
        raise click.UsageError(f"{name}: {fault}") from fault
    except (database.UnusableDatabase, vault_bench.Unanswered) as fault:
        raise click.ClickException(f"{name}: {fault}") from fault
    except database.UNREACHABLE as fault:
        raise click.ClickException(f"{name}: the database does not answer.") from fault


def _feedback() -> AppGroup:
    group = AppGroup("feedback", help="What people said.")

    @group.command("report")
    @click.option("--words", is_flag=True, help="List what people wrote, too.")
    @click.option("--json", "as_json", is_flag=True, help="Print counts as a mapping.")
    def report(*, words: bool, as_json: bool) -> None:
        """Count what people said by month, page, language and release."""
        counts = feedback.counts(session())
        written = [_written(row) for row in feedback.with_words(session())] if words else []
        if as_json:
            data = {"counts": [asdict(one) for one in counts]}
            click.echo(json.dumps({**data, "words": written} if words else data, indent=2))
        else:
            lines = [*_said(counts), *map(_written_line, written)]
            click.echo("\n".join(lines) or "Nobody has said anything yet.")

    return group


def _said(counts: Iterable[feedback.Count]) -> Iterator[str]:
    """Yield a line for each month, page, language and release, and one for all of them."""
    total: Counter[str] = Counter()
    rows: dict[str, Counter[str]] = {}
    for one in counts:
        about = (one.month, one.page or "no page", one.language, one.release or "no release")
        rows.setdefault("  ".join(about), Counter())[one.helped] += one.count
        total[one.helped] += one.count
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
