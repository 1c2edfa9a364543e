"""``flask triage``: what follows from answers, and the proofs and stories that hold it."""

from __future__ import annotations

import json
import resource
import sys
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from time import perf_counter

import click
from flask.cli import AppGroup

from webapp.commands.earlier import Refused, earlier
from webapp.knowledge import yaml_file
from webapp.knowledge.errors import KnowledgeError
from webapp.triage import cases, effort
from webapp.triage.assessment import assess
from webapp.triage.changes import counting
from webapp.triage.changes.comparison import STEPS, Comparison
from webapp.triage.changes.releases import Side
from webapp.triage.changes.report import Report
from webapp.triage.changes.retelling import retell
from webapp.triage.exchange.fhir import Exporter
from webapp.triage.exchange.golden import Oracle, read, written
from webapp.triage.proofs.verdicts import Verdict
from webapp.web.site import Build

STORIES = Path(__file__).parents[1] / "knowledge" / "stories"
"""Patients' stories as they were published, and our own."""


def group(build: Build) -> AppGroup:
    """Return the commands about what follows from answers."""
    commands = AppGroup("triage", help="What follows from answers.")
    for command in (
        _prove(build),
        _assess(build),
        _cases(build),
        _effort(build),
        _diff(build),
        _export(build),
        _conform(build),
    ):
        commands.add_command(command)
    return commands


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
            {"subject": violation.subject, "answers": violation.answers}
            for violation in verdict.violations
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
        """Judge the stories in FOLDER and below (default: all of ours); exit 1 if one is unsafe."""
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


def _effort(build: Build) -> click.Command:
    @click.command("effort")
    @click.argument("folder", type=click.Path(path_type=Path), default=STORIES)
    @click.option("--json", "as_json", is_flag=True, help="Print a list of what each story costs.")
    def measure_effort(folder: Path, *, as_json: bool) -> None:
        """Count words, taps and screens until the result, for each story in FOLDER and below."""
        page = partial(build.release.page, "en", "check/")
        try:
            stories = cases.load(folder, build.knowledge)
            efforts = effort.measure(build.interview, page, stories)
        except KnowledgeError as fault:
            raise click.ClickException(str(fault)) from fault
        if as_json:
            click.echo(json.dumps(effort.as_data(efforts), indent=2))
        else:
            click.echo("\n".join(effort.report(efforts)))

    return measure_effort


def _diff(build: Build) -> click.Command:
    @click.command("diff")
    @click.argument("old")
    @click.option("--json", "as_json", is_flag=True, help="Print all that was found.")
    @click.option(
        "--steps",
        type=click.IntRange(min=0),
        default=STEPS,
        show_default=True,
        help="How much it may take, in time and memory.",
    )
    def diff(old: str, *, as_json: bool, steps: int) -> None:
        """Say what this release changes for people, against the data of OLD.

        OLD is a folder of data, a checkout, or a revision of git. Exit 0 if it is proved that
        nothing changes, 1 if something does or could not be decided, 2 if OLD cannot be read.
        """
        try:
            before, after = Side(earlier(old)), Side(build.knowledge)
        except KnowledgeError as fault:
            raise Refused(str(fault)) from fault
        comparison = Comparison(before, after, steps)
        compared = tuple(comparison.compared())
        counts = counting.count(before, after, comparison.plain)
        stories = cases.load(STORIES, build.knowledge)
        retold = tuple(retell(before, after, comparison.plain, stories))
        report = Report(comparison, compared, counts, len(stories), retold)
        told = [json.dumps(report.as_data(), indent=2)] if as_json else report.lines()
        click.echo("\n".join(told))
        if not report.is_same:
            sys.exit(1)

    return diff


def _export(build: Build) -> click.Command:
    @click.command("export")
    @click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
    def export(folder: Path) -> None:
        """Write interview, rules and golden answers to FOLDER, for other programs.

        FHIR R4B: questionnaire.json and plan-definition.json, with conditions in FHIRPath.
        """
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as fault:
            raise Refused(f"{folder} cannot be written to: {fault.strerror}") from fault
        release = build.release.id
        exporter = Exporter(build.interview, build.offers, release)
        stories = cases.load(STORIES, build.knowledge)
        golden = tuple(Oracle(build.interview, build.offers).golden(stories))
        files = {
            "questionnaire.json": json.dumps(exporter.questionnaire(), indent=1),
            "plan-definition.json": json.dumps(exporter.plan_definition(), indent=1),
            "golden.json": written(release, golden),
        }
        for name, text in files.items():
            try:
                (folder / name).write_text(text, "utf-8")
            except OSError as fault:
                raise Refused(f"{name} cannot be written: {fault.strerror}") from fault
        click.echo(f"{', '.join(files)} written, {len(golden)} golden answers")

    return export


def _conform(build: Build) -> click.Command:
    @click.command("conform")
    @click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
    def conform(file: Path) -> None:
        """Hold the results of another program in FILE, as golden.json is written, against ours.

        Exit 0 if all are ours, 1 if some differ, 2 if FILE cannot be read. Only what a result says
        is compared; the urgency it must say.
        """
        try:
            told = read(file.read_bytes(), file.name, build.knowledge.options).golden
        except (OSError, ValueError) as fault:
            raise Refused(str(fault)) from fault
        differences = tuple(Oracle(build.interview, build.offers).differences(told))
        for line in differences:
            click.echo(line)
        click.echo(f"{len(told)} sets of answers, {len(differences)} differences")
        if differences:
            sys.exit(1)

    return conform


def _assessed(build: Build, file: Path) -> dict[str, object]:
    try:
        answers = yaml_file.read(file)
        cases.check_answers(file.name, answers, build.knowledge.options)
    except KnowledgeError as fault:
        raise click.ClickException(str(fault)) from fault
    assessment = assess(build.knowledge, answers)
    return {
        "urgency": assessment.urgency,
        "within": assessment.within,
        "reasons": [
            {"rule": rule.id, "evidence": rule.evidence, "sources": rule.sources}
            for rule in assessment.fired
        ],
        "unresolved": [rule.id for rule in assessment.unresolved],
        "advice": build.offers.shown_for(build.interview.decisions, answers),
    }
