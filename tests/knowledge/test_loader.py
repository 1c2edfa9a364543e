from __future__ import annotations

import pytest

from tests.knowledge.data_folder import Change, DataFolder, Place, put, take
from webapp.knowledge import loader


def test_the_data_loads() -> None:
    known = loader.load()
    assert known.screens
    assert known.rules
    assert known.texts


def test_the_data_loads_again_when_it_was_written_anew(data: DataFolder) -> None:
    for file in data.path.glob("*.yaml"):
        data.edit(file.name, lambda content: content)
    assert loader.load(data.path).texts == loader.load().texts


SCREEN, RULE = ("screens", "danger-1"), ("rules", "heart-tight")
SHAPES = {
    "an unknown key in a screen": (
        "questions.yaml",
        put(*SCREEN, "colour", value="red"),
        "danger-1",
        "unknown field `colour`",
    ),
    "an unknown key in a row": (
        "questions.yaml",
        put(*SCREEN, "items", 0, "colour", value="red"),
        "danger-1.items",
        "unknown field `colour`",
    ),
    "an unknown key in a rule": (
        "rules.yaml",
        put(*RULE, "colour", value="red"),
        "heart-tight",
        "unknown field `colour`",
    ),
    "a missing key": ("rules.yaml", take(*RULE, "reason"), "heart-tight", "`reason`"),
    "sources that are missing": ("rules.yaml", take(*RULE, "sources"), "heart-tight", "`sources`"),
    "a list that is missing": ("walking.yaml", take("stages"), "stages", "missing"),
    "a list that is none": ("walking.yaml", put("stages", value="x"), "stages", "not a list"),
    "an entry that is no mapping": (
        "walking.yaml",
        put("stages", value=["x"]),
        "stages[0]",
        "object",
    ),
    "definitions that are none": ("rules.yaml", put("define", value=["x"]), "define", "mapping"),
    "a kind of screen that there is not": (
        "questions.yaml",
        put("screens", "region", "kind", value="slider"),
        "region.kind",
        "slider",
    ),
    "an urgency that there is not": (
        "rules.yaml",
        put(*RULE, "urgency", value="whenever"),
        "heart-tight.urgency",
        "whenever",
    ),
    "a strength that there is not": (
        "rules.yaml",
        put(*RULE, "strength", value="rumour"),
        "heart-tight.strength",
        "rumour",
    ),
    "a number where text belongs": (
        "rules.yaml",
        put(*RULE, "reason", value=7),
        "heart-tight.reason",
        "got `int`",
    ),
    "a day that is text": (
        "rules.yaml",
        put(*RULE, "checked", value="yesterday"),
        "heart-tight.checked",
        "date",
    ),
    "an unknown key in a source": (
        "sources.yaml",
        put("sources", 0, "colour", value="red"),
        "",
        "unknown field `colour`",
    ),
}


@pytest.mark.parametrize(("file", "change", "key", "problem"), SHAPES.values(), ids=SHAPES)
def test_a_wrong_shape_is_refused(
    file: str, change: Change, key: str, problem: str, data: DataFolder
) -> None:
    data.edit(file, change)
    fault = data.refusal()
    assert fault.file == file
    assert key in fault.key
    assert problem in fault.problem
    assert fault.remedy in str(fault)


CONDITIONS = {
    "an id that is no row": ("nowhere", "'nowhere'"),
    "a choice without options": ("region", "'region'"),
    "a question that there is not": ({"nowhere": ["yes"]}, "'nowhere'"),
    "an option that there is not": ({"region": ["elbow"]}, "'elbow'; it has neck"),
    "an option that is not in a list": ({"region": "neck"}, "takes a list"),
    "no options": ({"region": []}, "takes a list"),
    "two operators": ({"any": ["fever-lately"], "all": ["fever-lately"]}, "exactly one key"),
    "nothing": (None, "an id or a mapping"),
    "a number": (1, "an id or a mapping"),
    "an empty list": ({"any": []}, "at least one"),
    "parts that are no list": ({"all": "fever-lately"}, "at least one"),
    "a dangling part deep inside": ({"not": {"all": ["fever-lately", "nowhere"]}}, "'nowhere'"),
    "at least none": ({"at-least": {"count": 0, "of": ["fever-lately"]}}, "from 1 to 1"),
    "at least more than there are": (
        {"at-least": {"count": 2, "of": ["fever-lately"]}},
        "from 1 to 1",
    ),
    "at least some text": ({"at-least": {"count": "two", "of": ["fever-lately"]}}, "from 1 to 1"),
    "at least a half": ({"at-least": {"count": 0.5, "of": ["fever-lately"]}}, "from 1 to 1"),
    "at least without a count": ({"at-least": {"of": ["fever-lately"]}}, "'count' and 'of'"),
    "a gate": ("g-ill", "'g-ill' is a gate"),
    "a gate deep inside": ({"all": ["fever-lately", {"not": "g-ill"}]}, "'g-ill' is a gate"),
    "a gate with its answer": ({"g-ill": ["yes"]}, "'g-ill' is a gate"),
    "what is known of nothing": ({"known": "nowhere"}, "'nowhere'"),
    "what is known of two": ({"known": ["fever-lately", "vomiting"]}, "an id or a mapping"),
    "at least of nothing": ({"at-least": {"count": 1, "of": []}}, "at least one"),
}


@pytest.mark.parametrize(("condition", "problem"), CONDITIONS.values(), ids=CONDITIONS)
def test_a_bad_condition_is_refused(condition: object, problem: str, data: DataFolder) -> None:
    data.edit("rules.yaml", put(*RULE, "when", value=condition))
    fault = data.refusal()
    assert (fault.file, fault.key) == ("rules.yaml", "heart-tight.when")
    assert problem in fault.problem
    assert fault.remedy in str(fault)


@pytest.mark.parametrize(
    ("file", "place", "key"),
    [
        ("rules.yaml", ("define", "injured"), "define.injured"),
        ("questions.yaml", ("screens", "hurt-when", "ask-when"), "hurt-when.ask-when"),
        ("positions.yaml", ("positions", "ease-back-pillows", "never"), "ease-back-pillows.never"),
        ("thermal.yaml", ("recommendations", "neither", "when"), "neither.when"),
        ("exercises.yaml", ("reasons", 0, "when"), "leave-age.when"),
        ("advice.yaml", ("sections", 0, "statements", 0, "when"), "advice-emergency.statements"),
    ],
)
@pytest.mark.parametrize("condition", ["nowhere", {"nowhere": ["yes"]}, {"region": ["nowhere"]}])
def test_a_condition_names_what_there_is_wherever_it_stands(
    condition: object, file: str, place: Place, key: str, data: DataFolder
) -> None:
    data.edit(file, put(*place, value=condition))
    fault = data.refusal()
    assert fault.file == file
    assert key in fault.key
    assert "'nowhere'" in fault.problem
    assert fault.remedy in str(fault)


OPENERS = {
    "no list": ("g-ill", "array"),
    "an empty list": ([], "length >= 1"),
    "an id that is no row": (["nowhere"], "'nowhere'"),
    "a definition": (["injured"], "no gate or row called 'injured'"),
    "a choice without options": (["region"], "no gate or row called 'region'"),
    "a question that there is not": ([{"nowhere": ["yes"]}], "'nowhere'"),
    "an option that there is not": ([{"age": ["age-99"]}], "no option 'age-99'"),
    "no options": ([{"age": []}], "takes a list"),
    "a condition": ([{"any": ["g-ill", "g-limb"]}], "no question called 'any'"),
    "two questions at once": ([{"age": ["age-50"], "g-ill": ["yes"]}], "a mapping of one question"),
    "nothing": ([None], "an id or a mapping"),
}


@pytest.mark.parametrize("key", ["opened-by", "only-for", "possible-for"])
@pytest.mark.parametrize(("openers", "problem"), OPENERS.values(), ids=OPENERS)
def test_what_opens_a_row_is_gates_rows_and_answers(
    openers: object, problem: str, key: str, data: DataFolder
) -> None:
    data.edit("questions.yaml", put(*SCREEN, "items", 0, key, value=openers))
    fault = data.refusal()
    assert fault.file == "questions.yaml"
    assert fault.key.startswith("danger-1.items[0]")
    assert problem in fault.problem
    assert fault.remedy


def test_gates_rows_and_answers_may_open_a_row_together(data: DataFolder) -> None:
    openers = ["g-ill", "g-sudden", {"age": ["age-50", "age-60"]}]
    data.edit("questions.yaml", put(*SCREEN, "items", 1, "opened-by", value=openers))
    later = ("screens", "danger-2", "items", "clap", "opened-by")
    data.edit("questions.yaml", put(*later, value=["saddle-changed"]))
    known = loader.load(data.path)
    opened = {c.question: [(o.question, o.options) for o in c.opened] for c in known.closing}
    assert opened["urine-start"] == [
        ("g-ill", ("yes",)),
        ("g-sudden", ("yes",)),
        ("age", ("age-50", "age-60")),
    ]
    assert opened["clap"] == [("saddle-changed", ("yes", "unsure"))]


def test_a_definition_uses_names_above_it_only(data: DataFolder) -> None:
    data.edit("rules.yaml", lambda rules: rules.update(define={"a": "b", "b": "fever-lately"}))
    fault = data.refusal()
    assert (fault.file, fault.key) == ("rules.yaml", "define.a")
    assert "above" in fault.remedy


FILES = sorted(path.name for path in loader.DATA.glob("*.yaml"))


@pytest.mark.parametrize("file", FILES)
def test_an_unknown_key_at_the_top_of_a_file_is_refused(file: str, data: DataFolder) -> None:
    data.edit(file, put("colour", value="red"))
    fault = data.refusal()
    assert fault.file == file
    assert "colour" in str(fault)
    assert fault.remedy


@pytest.mark.parametrize("file", FILES)
def test_a_file_that_is_not_yaml_is_named(file: str, data: DataFolder) -> None:
    with (data.path / file).open("ab") as content:
        content.write(b"\nagain: [")
    fault = data.refusal()
    assert (fault.file, fault.key[:5]) == (file, "line ")


@pytest.mark.parametrize("file", FILES)
def test_a_missing_file_is_named(file: str, data: DataFolder) -> None:
    (data.path / file).unlink()
    fault = data.refusal()
    assert (fault.file, fault.key) == (file, "file")
    assert "Put the file back" in fault.remedy
