from __future__ import annotations

import json
import re
import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path

import msgspec
import pytest
import yaml
from click.testing import Result
from flask import Flask

from tests.support import forms
from tests.support.site import build
from webapp import create_app
from webapp.commands.triage import STORIES
from webapp.i18n import catalogues
from webapp.i18n.locales import LANGUAGES, Language
from webapp.knowledge import loader
from webapp.knowledge.model import Review
from webapp.knowledge.records import convert
from webapp.release.sizes import COMMAND, Measured
from webapp.triage.diagram import Compiler, Diagram
from webapp.triage.interview import Interview
from webapp.triage.offers import Offers
from webapp.triage.proofs.prover import Prover
from webapp.web.site import Build

SITE = build()
HEALTHY = forms.healthy(SITE)


def app_of(site: Build) -> Flask:
    return create_app({"DATABASE_URL": "sqlite://"}, site)


def run(*command: str, site: Build = SITE) -> Result:
    return app_of(site).test_cli_runner().invoke(args=command)


def test_knowledge_check_says_what_was_loaded() -> None:
    done = run("knowledge", "check")
    assert done.exit_code == 0
    assert f"{len(SITE.knowledge.rules)} rules" in done.output
    assert done.output.endswith("all good.\n")


def test_schema_writes_a_schema_for_each_data_file(tmp_path: Path) -> None:
    done = run("knowledge", "schema", str(tmp_path))
    assert done.exit_code == 0
    assert done.output == f"{len(list(tmp_path.iterdir()))} schemas written\n"


def test_nothing_is_exported_into_a_folder_of_something_else(tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").touch()
    done = run("release", "export", str(tmp_path))
    assert done.exit_code == 1
    assert done.output == f"Error: {tmp_path} is not empty, and holds no export.\n"
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.txt"]


def test_safety_fills_the_tables_of_a_folder(tmp_path: Path) -> None:
    (tmp_path / "case.md").write_text("<!-- table: properties -->\n<!-- end -->\n")
    done = run("knowledge", "safety", str(tmp_path))
    assert done.exit_code == 0
    assert done.output == "1 files changed\n"
    assert "| property-1 | Every answer set gets exactly one urgency |" in (
        (tmp_path / "case.md").read_text()
    )


def test_coverage_lists_the_place_of_every_seed_statement() -> None:
    done = run("knowledge", "coverage")
    assert done.exit_code == 0
    *listed, counts = done.output.splitlines()
    assert [line.split(" (")[0] for line in listed] == [
        statement.id for statement in SITE.knowledge.seed_statements
    ]
    assert all(re.search(r"\): (left out: \S|[\w/-]+/#[\w-]+)", line) for line in listed)
    out = sum("): left out: " in line for line in listed)
    found = len(listed) - out
    assert counts == f"{len(listed)} statements, {found} found, {out} left out, 0 unaccounted"


@pytest.mark.parametrize("ids", [(), ("not-built-for",), ("who-today", "not-built-for")])
def test_coverage_fails_when_a_statement_is_on_no_page(ids: tuple[str, ...]) -> None:
    first, *others = SITE.knowledge.seed_statements
    lost = msgspec.structs.replace(first, found_at=ids)
    knowledge = replace(SITE.knowledge, seed_statements=(lost, *others))
    done = run("knowledge", "coverage", site=replace(SITE, knowledge=knowledge))
    assert done.exit_code == 1
    assert done.output.splitlines()[0].endswith("NOWHERE")
    assert done.output.endswith(" 1 unaccounted\n")


def test_reviews_says_that_nothing_is_reviewed_today() -> None:
    done = run("knowledge", "reviews")
    assert done.exit_code == 0
    assert [line.split(",")[0] for line in done.output.splitlines()] == [
        f"{language.code}: 0 reviewed" for language in LANGUAGES
    ]
    assert done.output.count("the app says: none\n") == len(LANGUAGES)


def signed(identity: str, site: Build = SITE) -> Review:
    """Return the review that a reviewer makes of the entry that the command prints."""
    printed = run("knowledge", "reviews", identity, site=site)
    assert printed.exit_code == 0
    entry = yaml.safe_load(printed.output)[0] | {"role": "Surgeon", "registration": "GMC 1"}
    return convert(entry | {"date": date(2026, 12, 1)}, Review, "reviews.yaml")


def with_reviews(*reviews: Review, site: Build = SITE) -> Build:
    return replace(site, knowledge=replace(site.knowledge, reviews=reviews))


def test_reviews_prints_an_entry_that_counts_once_it_is_signed() -> None:
    section = SITE.knowledge.sections["advice-urgent"]
    done = run("knowledge", "reviews", site=with_reviews(signed(section.id)))
    first, *counts = done.output.splitlines()
    codes = " ".join(sorted(language.code for language in LANGUAGES))
    assert first == f"{section.id}: reviewed in {codes} (Surgeon, GMC 1, 2026-12-01)"
    assert all(f": {len(section.statements) + 1} reviewed, 0 reviews void" in c for c in counts)
    assert all(count.endswith("the app says: some") for count in counts)


def test_reviews_names_what_is_void_and_lists_what_is_open() -> None:
    review = signed("saddle")
    stale = msgspec.structs.replace(review, translations={"es": "0" * 32})
    done = run("knowledge", "reviews", "--open", site=with_reviews(stale))
    lines = done.output.splitlines()
    assert lines[0].startswith("saddle: reviewed in en, VOID in es (")
    assert "es: open: saddle" in lines
    assert "en: open: saddle" not in lines


def test_reviews_refuses_an_id_of_nothing_with_one_line() -> None:
    done = run("knowledge", "reviews", "sadle")
    assert done.exit_code == 1
    (line,) = done.output.splitlines()
    assert "'sadle' is the id of nothing that can be reviewed" in line


def test_prove_names_every_property_and_the_size_of_the_proof() -> None:
    done = run("triage", "prove")
    assert done.exit_code == 0
    lines = done.output.splitlines()
    *verdicts, nodes, sets, costs = lines
    numbers = [line.split(".")[0] for line in verdicts]
    assert len(set(numbers)) == len(numbers)
    assert set("12348") <= set(numbers)
    assert all(line.endswith(": holds") for line in verdicts)
    assert nodes == f"{SITE.release.node_count} diagram nodes"
    assert sets == f"{SITE.prover.answer_sets} answer sets"
    cost = re.fullmatch(r"(\d+\.\d) seconds, (\d+) MiB of memory at most", costs)
    assert cost
    assert 10 < int(cost[2]) < 100_000
    assert SITE.prover.answer_sets > 10**30


def test_prove_prints_a_list_of_verdicts_as_json() -> None:
    done = run("triage", "prove", "--json")
    assert done.exit_code == 0
    verdicts = json.loads(done.output)
    assert {tuple(verdict) for verdict in verdicts} == {("property", "holds", "counterexample")}
    assert all(verdict["holds"] is True for verdict in verdicts)
    assert all(verdict["counterexample"] == [] for verdict in verdicts)


def test_prove_prints_a_counterexample_in_words_and_fails() -> None:
    damaged = replace(SITE, prover=_prover_without_the_first_rule())
    done = run("triage", "prove", site=damaged)
    assert done.exit_code == 1
    assert "VIOLATED" in done.output
    assert re.search(r"^ {3}\S.*\n {5}\S", done.output, re.MULTILINE)


def _prover_without_the_first_rule() -> Prover:
    """Return a prover of a judgement that forgets the first rule of the emergencies."""
    interview = Interview(SITE.knowledge)
    whole = interview.urgency
    interview.urgency = replace(whole, cases=whole.cases[1:])
    offers = Offers(interview)
    return Prover(interview, Compiler(Diagram(interview.variables)), offers)


def assess(folder: Path, answers: str) -> Result:
    path = folder / "answers.yaml"
    path.write_text(answers, "utf-8")
    return run("triage", "assess", str(path))


def test_assess_prints_urgency_reasons_and_advice(tmp_path: Path) -> None:
    done = assess(tmp_path, 'chest-tight: "yes"\n')
    assert done.exit_code == 0
    told = json.loads(done.output)
    assert set(told) == {"urgency", "within", "reasons", "unresolved", "advice"}
    assert (told["urgency"], told["within"]) == ("emergency", None)
    (reason,) = told["reasons"]
    rule = next(rule for rule in SITE.knowledge.rules if rule.id == "heart-tight")
    assert rule.evidence
    assert reason == {
        "rule": "heart-tight",
        "evidence": [*rule.evidence],
        "sources": [*rule.sources],
    }


def test_assess_says_within_what_time(tmp_path: Path) -> None:
    answers = HEALTHY | {"returns": "yes"}
    done = assess(tmp_path, "".join(f'{name}: "{value}"\n' for name, value in answers.items()))
    told = json.loads(done.output)
    assert (told["urgency"], told["within"]) == ("soon", "two-weeks")


def test_assess_counts_what_nothing_opens_as_no(tmp_path: Path) -> None:
    kept = {name: value for name, value in HEALTHY.items() if name != "saddle-changed"}
    done = assess(tmp_path, "".join(f'{name}: "{value}"\n' for name, value in kept.items()))
    told = json.loads(done.output)
    assert (told["urgency"], told["unresolved"]) == ("self-care", [])


def test_assess_offers_something_to_a_person_with_nothing_but_a_spasm(tmp_path: Path) -> None:
    done = assess(tmp_path, "".join(f'{name}: "{value}"\n' for name, value in HEALTHY.items()))
    told = json.loads(done.output)
    assert (told["urgency"], told["reasons"], told["unresolved"]) == ("self-care", [], [])
    assert "warmth-first" in told["advice"]


def test_assess_of_no_answers_leaves_every_rule_open(tmp_path: Path) -> None:
    told = json.loads(assess(tmp_path, "{}\n").output)
    assert told["urgency"] == "urgent"
    assert told["reasons"] == []
    assert set(told["unresolved"]) <= {rule.id for rule in SITE.knowledge.rules}


WRONG = {
    "an unknown question": ("colour: red\n", "colour"),
    "an unknown answer": ("age: old\n", "age"),
    "an answer that is a number": ("age: 50\n", "age"),
    "an answer that is a list": ("age: [age-50]\n", "age"),
    "a bare yes": ("chest-tight: yes\n", "in quotes"),
    "an answer twice": ("age: age-60\nage: age-50\n", "twice"),
    "no mapping": ("- age\n", "mapping"),
    "nothing": ("", "mapping"),
    "no YAML": ("age: [\n", "not YAML"),
    "a control character": ("age: \x07\n", "answers.yaml"),
    "a day that there is not": ("age: 2026-02-30\n", "answers.yaml"),
}


@pytest.mark.parametrize(("answers", "reason"), WRONG.values(), ids=WRONG)
def test_assess_refuses_a_wrong_file_with_one_line(
    answers: str, reason: str, tmp_path: Path
) -> None:
    done = assess(tmp_path, answers)
    assert done.exit_code not in (0, None)
    assert isinstance(done.exception, SystemExit)
    (line,) = done.output.splitlines()
    assert "answers.yaml" in line
    assert reason in line


def test_assess_of_a_file_that_is_not_there_says_so(tmp_path: Path) -> None:
    done = run("triage", "assess", str(tmp_path / "none.yaml"))
    assert done.exit_code == 2
    assert "none.yaml" in done.output


def story(folder: Path, gold: str = "self-care", **changed: str) -> Path:
    """Write the story of a person with nothing but a spasm, some answers changed."""
    lines = [f"id: {folder.name}", "source: made up", f"gold: {gold}", f"max-ok: {gold}"]
    lines += ["answers:", *(f'  {name}: "{value}"' for name, value in (HEALTHY | changed).items())]
    (folder / "story.yaml").write_text("\n".join(lines), "utf-8")
    return folder


def test_cases_counts_the_stories_of_a_folder(tmp_path: Path) -> None:
    done = run("triage", "cases", str(story(tmp_path)))
    assert done.exit_code == 0
    lines = done.output.splitlines()
    assert [line.split() for line in lines[:5]] == [
        ["gold", "right", "under", "over"],
        ["emergency", "0", "0", "0"],
        ["urgent", "0", "0", "0"],
        ["soon", "0", "0", "0"],
        ["self-care", "1", "0", "0"],
    ]
    assert lines[-1].startswith("1 stories: 1 right, 0 under, 0 over")


def test_cases_without_a_folder_judges_every_story_that_there_is() -> None:
    done = run("triage", "cases")
    assert done.exit_code == 0
    there = len(list(STORIES.rglob("*.yaml")))
    assert done.output.splitlines()[-1].startswith(f"{there} stories: ")


def test_cases_prints_the_counts_as_json(tmp_path: Path) -> None:
    told = json.loads(run("triage", "cases", "--json", str(story(tmp_path))).output)
    (case,) = told.pop("cases")
    assert told == {
        "total": 1,
        "right": 1,
        "safe": 1,
        "under": 0,
        "over": 0,
        "self_care_over": 0,
    }
    assert (case["urgency"], case["verdict"], case["fired"]) == ("self-care", "right", [])


def test_cases_fails_when_an_emergency_is_missed(tmp_path: Path) -> None:
    done = run("triage", "cases", str(story(tmp_path, gold="emergency")))
    assert done.exit_code == 1
    assert f"under, UNSAFE: {tmp_path.name}: self-care, not emergency" in done.output


def test_cases_names_a_folder_without_stories_in_one_line(tmp_path: Path) -> None:
    done = run("triage", "cases", str(tmp_path / "none"))
    assert done.exit_code == 1
    (line,) = done.output.splitlines()
    assert "none: *.yaml: there is no story here" in line


def test_effort_says_medians_and_maxima_by_urgency(tmp_path: Path) -> None:
    done = run("triage", "effort", str(story(tmp_path)))
    assert done.exit_code == 0
    first, second, line = done.output.splitlines()
    assert first.split("  ")[-1].strip() == "plan: taps"
    assert second.split() == ["median", "most"] * 5
    assert line.split()[:2] == ["self-care", "1"]


def test_effort_prints_what_each_story_costs_as_json(tmp_path: Path) -> None:
    (told,) = json.loads(run("triage", "effort", "--json", str(story(tmp_path))).output)
    assert (told["id"], told["urgency"]) == (tmp_path.name, "self-care")
    assert told["words"] > told["taps"] >= told["screens"] > 1
    plan = {"plan_words", "plan_taps"}
    assert set(told) == {"id", "urgency", "words", "taps", "screens", *plan}


def test_effort_names_a_folder_without_stories_in_one_line(tmp_path: Path) -> None:
    done = run("triage", "effort", str(tmp_path / "none"))
    assert done.exit_code == 1
    (line,) = done.output.splitlines()
    assert "none: *.yaml: there is no story here" in line


@pytest.fixture(scope="module")
def one_story(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Stories that are told twice take long; what each command says of one is enough here."""
    return story(tmp_path_factory.mktemp("spasm"))


def diff(old: str, stories: Path, *options: str) -> Result:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("webapp.commands.triage.STORIES", stories)
        return run("triage", "diff", old, *options)


def other_release(folder: Path) -> Path:
    """Write the data of a release before reviews, in which "saddle" is only urgent.

    What a hazard is had another form then, on which nothing depends that is compared.
    """
    data = Path(shutil.copytree(loader.DATA, folder / "data"))
    (data / "reviews.yaml").unlink(missing_ok=True)
    hazards = (data / "hazards.yaml").read_text("utf-8")
    hazards = hazards.replace("    uncontrolled: ", "    before: ")
    (data / "hazards.yaml").write_text(hazards, "utf-8")
    rules = (data / "rules.yaml").read_text("utf-8")
    found = re.sub(r"(- id: saddle\n(?: .*\n)*?    urgency: )emergency", r"\1urgent", rules)
    assert found != rules
    (data / "rules.yaml").write_text(found, "utf-8")
    return data


def test_diff_of_the_same_data_is_proved_to_be_none(one_story: Path) -> None:
    done = diff(str(loader.DATA), one_story)
    assert done.exit_code == 0
    rules, sets = len(SITE.knowledge.rules), "proved unchanged over every set of answers"
    assert f"Rules: {rules}, {rules} {sets}\n" in done.output
    assert done.output.endswith("Stories: 1, 0 end otherwise\nNothing differs.\n")


def test_diff_says_for_whom_another_release_differs(tmp_path: Path, one_story: Path) -> None:
    done = diff(str(other_release(tmp_path)), one_story)
    assert done.exit_code == 1
    assert "  saddle: leads to emergency; did to urgent\n" in done.output
    words = SITE.knowledge.items["saddle-changed"].text.english
    assert f"  urgent to emergency: some people change, with 1 tick:\n    {words} yes\n" in (
        done.output
    )


def test_diff_prints_all_that_was_found_as_json(tmp_path: Path, one_story: Path) -> None:
    told = json.loads(diff(str(other_release(tmp_path)), one_story, "--json").output)
    assert told["same"] is False
    (saddle,) = (f for f in told["compared"] if (f["kind"], f["subject"]) == ("rule", "saddle"))
    assert saddle["differences"][0]["what"] == "leads to emergency; did to urgent"
    assert sum(f["unchanged"] for f in told["compared"]) > 500
    assert {each["to"] for each in told["counts"]["changed"]} >= {"emergency"}


def test_diff_says_what_its_steps_leave_open(tmp_path: Path, one_story: Path) -> None:
    done = diff(str(other_release(tmp_path)), one_story, "--steps", "2000", "--json")
    assert done.exit_code == 1
    told = json.loads(done.output)
    assert told["steps"] == 2000
    assert 0 < told["undecided"] < len(told["compared"])


def test_diff_takes_a_checkout_and_a_revision_of_git(one_story: Path) -> None:
    root = Path(__file__).parents[1]
    assert diff(str(root), one_story).exit_code == 0
    if not (root / ".git").exists():
        pytest.skip("this is no checkout of git")
    assert diff("HEAD", one_story).exit_code in (0, 1)


@pytest.mark.parametrize("old", ["no-such-release", "--", "-x", "", "HEAD:webapp", "/dev/null"])
def test_diff_refuses_what_is_no_release_with_one_line(old: str, one_story: Path) -> None:
    done = diff(old, one_story)
    assert done.exit_code == 2
    assert "no revision of git" in done.output or "Error" in done.output
    assert "Traceback" not in done.output


def test_diff_names_the_key_of_another_form(tmp_path: Path, one_story: Path) -> None:
    data = other_release(tmp_path)
    (data / "questions.yaml").write_text("screens: []\nasks: []\n", "utf-8")
    done = diff(str(data), one_story)
    assert done.exit_code == 2
    (line,) = done.output.splitlines()
    assert "questions.yaml" in line or "rules.yaml" in line


def test_release_info_prints_sizes_by_part() -> None:
    done = run("release", "info")
    assert done.exit_code == 0
    facts = json.loads(done.output)
    assert set(facts) == {
        *("release", "version", "requests", "raw", "brotli", "scenarios", "scenarios_measured")
    }
    assert facts["release"] == SITE.release.id
    assert facts["requests"] == 3
    parts = {"first_page", "worker", "core", "languages", "deferred"}
    assert set(facts["raw"]) == parts
    assert set(facts["brotli"]) == {*parts, "ready"}
    for measured in (facts["raw"], facts["brotli"]):
        assert set(measured["languages"]) == {language.code for language in LANGUAGES}
        assert all(size > 0 for size in measured["languages"].values())
    assert facts["brotli"]["ready"] == facts["scenarios"]["ready"]["bytes"]


def test_release_info_says_how_to_measure_what_has_changed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    older = replace(Measured.read(), release="older")
    monkeypatch.setattr(Measured, "read", lambda: older)
    facts = json.loads(run("release", "info").output)
    assert facts["scenarios_measured"] == f"of release older; to measure this one: {COMMAND}"


def test_i18n_check_finds_every_language_whole() -> None:
    done = run("i18n", "check")
    assert (done.exit_code, done.output) == (0, f"{len(LANGUAGES)} languages, all whole.\n")


def test_i18n_check_lists_what_is_missing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(catalogues.gaps, "__defaults__", (tmp_path,))
    done = run("i18n", "check")
    assert done.exit_code == 1
    assert "es: interface.po is missing\nes: clinical.po is missing" in done.output


def test_i18n_check_names_a_language_without_words_for_the_search(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(
        "webapp.commands.i18n.LANGUAGES", (*LANGUAGES, Language("fr", "Français", "ltr"))
    )
    done = run("i18n", "check")
    assert done.exit_code == 1
    assert "fr: search-words.yaml: 'learn/medicines/' has no words" in done.output


def test_export_writes_what_conform_finds_to_be_ours(tmp_path: Path, one_story: Path) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("webapp.commands.triage.STORIES", one_story)
        done = run("triage", "export", str(tmp_path / "out"))
    assert done.exit_code == 0
    names = {"questionnaire.json", "plan-definition.json", "golden.json"}
    assert {path.name for path in (tmp_path / "out").iterdir()} == names
    golden = tmp_path / "out" / "golden.json"
    told = json.loads(golden.read_text("utf-8"))
    assert done.output.endswith(f"{len(told['golden'])} golden answers\n")
    assert told["release"] == SITE.release.id
    assert f"story.{one_story.name}" in {each["id"] for each in told["golden"]}
    ours = run("triage", "conform", str(golden))
    assert ours.exit_code == 0
    assert ours.output == f"{len(told['golden'])} sets of answers, 0 differences\n"


def conform(folder: Path, content: str) -> Result:
    path = folder / "theirs.json"
    path.write_text(content, "utf-8")
    return run("triage", "conform", str(path))


def test_conform_says_which_results_differ(tmp_path: Path) -> None:
    right = {"id": "a", "answers": {"chest-tight": "yes"}, "urgency": "emergency"}
    wrong = {**right, "id": "b", "urgency": "soon", "within": "week", "reasons": []}
    done = conform(tmp_path, json.dumps({"golden": [right, wrong]}))
    assert done.exit_code == 1
    assert done.output.splitlines() == [
        "b: urgency: soon, here emergency",
        "b: within: week, here None",
        "b: reasons: none, here heart-tight",
        "2 sets of answers, 3 differences",
    ]


NOT_GOLDEN = {
    "no JSON": "golden",
    "a list": "[]",
    "an unknown key": '{"golden": [], "extra": 1}',
    "no urgency": '{"golden": [{"id": "a", "answers": {}}]}',
    "an unknown question": '{"golden": [{"id": "a", "answers": {"x": "y"}, "urgency": "soon"}]}',
    "an unknown answer": '{"golden": [{"id": "a", "answers": {"age": "1"}, "urgency": "soon"}]}',
    "no text": "\ud800",
    "nothing": "",
}


@pytest.mark.parametrize("content", NOT_GOLDEN.values(), ids=NOT_GOLDEN)
def test_conform_refuses_a_wrong_file_with_one_line(content: str, tmp_path: Path) -> None:
    path = tmp_path / "theirs.json"
    path.write_bytes(content.encode("utf-8", "surrogatepass"))
    done = run("triage", "conform", str(path))
    assert done.exit_code == 2
    (line,) = done.output.splitlines()
    assert "theirs.json" in line


def test_export_refuses_a_folder_that_cannot_be_with_one_line(
    tmp_path: Path, one_story: Path
) -> None:
    (tmp_path / "file").write_text("", "utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("webapp.commands.triage.STORIES", one_story)
        done = run("triage", "export", str(tmp_path / "file" / "below"))
    assert done.exit_code == 2
    assert "cannot be written to" in done.output
