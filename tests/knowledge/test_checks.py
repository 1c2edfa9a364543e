from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from tests.knowledge.data_folder import Change, DataFolder, add, put, repeat, take
from webapp.knowledge.checks import rules
from webapp.knowledge.model import Knowledge

IDS = {
    "a rule twice": ("rules.yaml", repeat("rules"), "heart-tight", "used twice"),
    "a screen twice": ("questions.yaml", repeat("screens"), "age", "used twice"),
    "a row twice": (
        "questions.yaml",
        repeat("screens", "danger-1", "items"),
        "saddle-changed",
        "twice",
    ),
    "an option twice": ("questions.yaml", repeat("screens", "region", "options"), "neck", "twice"),
    "a source twice": ("sources.yaml", repeat("sources"), "SEED0", "twice"),
    "a section twice": ("about.yaml", repeat("sections"), "about-what", "twice"),
    "a statement twice": (
        "about.yaml",
        repeat("sections", "about-what", "statements"),
        "about-what-for",
        "twice",
    ),
    "a position twice": ("positions.yaml", repeat("positions"), "ease-back-pillows", "twice"),
    "a step up from the floor twice": ("now.yaml", repeat("floor"), "floor-breathe", "twice"),
    "an exercise twice": ("exercises.yaml", repeat("exercises"), "rest-90-90", "twice"),
    "a phrase twice": (
        "help-card.yaml",
        repeat("listeners", "card-helper", "phrases"),
        "card-locked",
        "twice",
    ),
    "a listener twice": ("help-card.yaml", repeat("listeners"), "card-signs", "twice"),
    "a hazard twice": ("hazards.yaml", repeat("hazards"), "hazard-missed-emergency", "twice"),
    "a row of the table twice": ("coverage.yaml", repeat("coverage"), "guide-explain", "twice"),
    "one id in two files": (
        "walking.yaml",
        put("stages", 0, "id", value="heart-tight"),
        "heart-tight",
        "twice",
    ),
    "a definition that is a row": (
        "rules.yaml",
        put("define", "fever-lately", value="diabetes"),
        "fever-lately",
        "twice",
    ),
    "capitals and spaces": (
        "rules.yaml",
        put("rules", 0, "id", value="Heart Signs"),
        "Heart Signs",
        "usable",
    ),
    "an option that a form cannot send": (
        "questions.yaml",
        put("screens", "weeks", "options", "unsure", "id", value="x & y"),
        "x & y",
        "usable",
    ),
}


@pytest.mark.parametrize(("file", "change", "key", "problem"), IDS.values(), ids=IDS)
def test_an_id_is_usable_and_used_once(
    file: str, change: Change, key: str, problem: str, data: DataFolder
) -> None:
    data.edit(file, change)
    fault = data.refusal()
    assert key in str(fault)
    assert problem in fault.problem
    assert (data.path / fault.file).is_file(), f"no file is called {fault.file}"


STEERING = ("at", "go", "show", "yes", "k", "view", "note")
DECISIONS = ("urgency", "limit", "doubt", "screen")
CHOICE = {
    "kind": "choice",
    "title": "A title",
    "ask": "A question?",
    "why": "A reason.",
    "options": [{"id": "yes", "text": "Yes"}, {"id": "no", "text": "No"}],
    "sources": ["NHS-BP"],
}
ROW = {"text": "A row", "sign": "a row", "sources": ["NHS-BP"]}


@pytest.mark.parametrize("name", [*STEERING, *DECISIONS, "answers", "contradiction", "result"])
def test_a_screen_has_no_name_that_the_check_uses_itself(name: str, data: DataFolder) -> None:
    data.edit("questions.yaml", add({"id": name, **CHOICE}, "screens"))
    fault = data.refusal()
    assert (fault.file, fault.key) == ("questions.yaml", name)
    assert "usable" in fault.problem


@pytest.mark.parametrize("name", [*STEERING, *DECISIONS])
def test_a_row_has_no_name_that_the_check_uses_itself(name: str, data: DataFolder) -> None:
    data.edit("questions.yaml", add({"id": name, **ROW}, "screens", "danger-1", "items"))
    fault = data.refusal()
    assert (fault.file, fault.key) == ("questions.yaml", name)
    assert "usable" in fault.problem


SOURCED = {
    "a rule": ("rules.yaml", ("rules", "heart-tight")),
    "a row": ("questions.yaml", ("screens", "danger-1", "items", "chest-tight")),
    "a choice": ("questions.yaml", ("screens", "region")),
    "a statement": ("about.yaml", ("sections", "about-what", "statements", 0)),
    "a position": ("positions.yaml", ("positions", "ease-back-pillows")),
    "a recommendation": ("thermal.yaml", ("recommendations", "warmth-first")),
    "a stage": ("walking.yaml", ("stages", 0)),
    "a step up from the floor": ("now.yaml", ("floor", "floor-roll")),
    "an exercise": ("exercises.yaml", ("exercises", "rest-90-90")),
    "a recommendation of guidelines": ("coverage.yaml", ("coverage", "guide-active")),
    "a phrase": ("help-card.yaml", ("listeners", "card-helper", "phrases", "card-roll")),
}


@pytest.mark.parametrize(("file", "place"), SOURCED.values(), ids=SOURCED)
def test_a_source_that_there_is_not_is_refused(
    file: str, place: tuple[str | int, ...], data: DataFolder
) -> None:
    data.edit(file, put(*place, "sources", value=["NHS-NOWHERE"]))
    fault = data.refusal()
    assert "NHS-NOWHERE" in fault.problem
    assert "Add the source" in fault.remedy
    assert fault.file == file


@pytest.mark.parametrize(("file", "place"), SOURCED.values(), ids=SOURCED)
def test_a_thing_without_a_source_is_refused(
    file: str, place: tuple[str | int, ...], data: DataFolder
) -> None:
    data.edit(file, put(*place, "sources", value=[]))
    data.edit(file, put(*place, "strength", value="review"))
    fault = data.refusal()
    assert "no source" in fault.problem
    assert "by-design" in fault.remedy
    assert fault.file == file


ITEM = {"id": "new", **ROW}
CHOICE_BESIDE = {
    "ask": "For whom?",
    "options": [{"id": "a", "text": "A"}, {"id": "b", "text": "B"}],
}
GATES = {
    "kind": "gates",
    "title": "More",
    "ask": "Any?",
    "why": "A reason.",
    "items": [{**ITEM, "picture": "hurt"}],
}
FIRST_ROW = ("screens", "danger-1", "items", "saddle-changed")
SOON = ("rules", "under-18")
SCREENS = {
    "rows on a choice": (
        put("screens", "region", "items", value=[ITEM]),
        "region",
        "is of kind 'choice' with 'items'",
    ),
    "a choice without options": (
        add({"id": "new", **CHOICE, "options": []}, "screens"),
        "new",
        "is of kind 'choice' without 'options'",
    ),
    "a choice that asks nothing": (
        take("screens", "region", "ask"),
        "region",
        "is of kind 'choice' without 'ask'",
    ),
    "gates that ask nothing": (
        take("screens", "gates", "ask"),
        "gates",
        "is of kind 'gates' without 'ask'",
    ),
    "rows without rows": (
        add({"id": "new", "kind": "rows", "title": "A title", "why": "A reason."}, "screens"),
        "new",
        "is of kind 'rows' without 'items'",
    ),
    "options on rows": (
        put("screens", "danger-1", "options", value=[{"id": "x", "text": "X"}]),
        "danger-1",
        "is of kind 'rows' with 'options'",
    ),
    "options on gates": (
        put("screens", "gates", "options", value=[{"id": "x", "text": "X"}]),
        "gates",
        "is of kind 'gates' with 'options'",
    ),
    "an order of rows": (
        put("screens", "danger-1", "worse", value=["severe"]),
        "danger-1",
        "is of kind 'rows' with 'worse'",
    ),
    "rows that are closed together": (
        put("screens", "danger-1", "opened-by", value=["g-limb"]),
        "danger-1",
        "is of kind 'rows' with 'opened-by'",
    ),
    "gates for some": (
        put("screens", "gates", "only-for", value=[{"age": ["age-50"]}]),
        "gates",
        "is of kind 'gates' with 'only-for'",
    ),
    "rows that close as something": (
        put("screens", "danger-1", "closed-as", value="no"),
        "danger-1",
        "is of kind 'rows' with 'closed-as'",
    ),
    "a small question beside rows": (
        put("screens", "danger-1", "beside", value={**CHOICE_BESIDE, "id": "new"}),
        "danger-1",
        "is of kind 'rows' with 'beside'",
    ),
    "a second screen of gates": (
        add({**GATES, "id": "more-gates"}, "screens"),
        "more-gates",
        "is a second screen of gates",
    ),
    "a gate without a drawing": (
        take("screens", "gates", "items", "g-hurt", "picture"),
        "g-hurt",
        "is a gate without 'picture'",
    ),
    "a gate that can be closed": (
        put("screens", "gates", "items", "g-hurt", "opened-by", value=[{"age": ["age-50"]}]),
        "g-hurt",
        "is a gate that can be closed",
    ),
    "a gate for some": (
        put("screens", "gates", "items", "g-hurt", "only-for", value=[{"age": ["age-50"]}]),
        "g-hurt",
        "is a gate that can be closed",
    ),
    "a gate that only some can have": (
        put("screens", "gates", "items", "g-hurt", "possible-for", value=[{"age": ["age-50"]}]),
        "g-hurt",
        "is a gate that can be closed",
    ),
    "a row with a drawing": (
        put("screens", "danger-1", "items", 0, "picture", value="hurt"),
        "saddle-changed",
        "is a row with 'picture'",
    ),
    "a choice that is closed as nothing": (
        take("screens", "began", "closed-as"),
        "began",
        "can be closed, or says as what, but not both",
    ),
    "a choice that is never closed, as something": (
        put("screens", "region", "closed-as", value="neck"),
        "region",
        "can be closed, or says as what, but not both",
    ),
    "a choice that is closed as what it has not": (
        put("screens", "began", "closed-as", value="in-years"),
        "began",
        "closes as 'in-years', which it has not",
    ),
    "a small question of three options": (
        add({"id": "dog", "text": "My dog"}, "screens", "age", "beside", "options"),
        "for",
        "has not two options",
    ),
    "a small question with an option twice": (
        repeat("screens", "age", "beside", "options"),
        "for",
        "has the option 'me' twice",
    ),
    "a small option that a form cannot send": (
        put("screens", "age", "beside", "options", "me", "id", value="x & y"),
        "for",
        "has 'x & y', which is not a usable id",
    ),
    "an order of options that are not there": (
        put("screens", "age", "worse", value=["age-18-39", "age-99"]),
        "age",
        "orders 'age-99'",
    ),
    "an option ordered twice": (
        put("screens", "age", "worse", value=["age-18-39", "age-50", "age-18-39"]),
        "age",
        "orders 'age-18-39'",
    ),
    "waiting for a later screen": (
        put("screens", "hurt-when", "ask-when", value="cancer-ever"),
        "hurt-when",
        "waits for 'cancer-ever', which is asked later",
    ),
    "waiting for itself": (
        put("screens", "region", "ask-when", value={"region": ["neck"]}),
        "region",
        "waits for 'region'",
    ),
    "waiting deep inside": (
        put(
            "screens",
            "hurt-when",
            "ask-when",
            value={"at-least": {"count": 1, "of": ["leg-weak", {"not": "cancer-ever"}]}},
        ),
        "hurt-when",
        "waits for 'cancer-ever'",
    ),
    "a plan that begins with what can be closed": (
        put(*("screens", "with-care", "items", "move-care", "opened-by"), value=["g-limb"]),
        "with-care",
        "begins the plan and can be closed",
    ),
    "asked for the plan before something that is not": (
        put("screens", "region", "purpose", value="plan"),
        "upper",
        "comes after a screen for the plan",
    ),
    "opened by a later row": (
        put(*FIRST_ROW, "opened-by", value=["g-limb", "cancer-ever"]),
        "saddle-changed",
        "is opened by 'cancer-ever', which is asked later",
    ),
    "opened by itself": (
        put(*FIRST_ROW, "opened-by", value=["saddle-changed"]),
        "saddle-changed",
        "is opened by 'saddle-changed', which is asked later",
    ),
    "opened by a row of its own screen": (
        put("screens", "danger-1", "items", "urine-start", "opened-by", value=["saddle-changed"]),
        "urine-start",
        "is opened by 'saddle-changed' of its own screen",
    ),
    "for those only whom its own screen tells": (
        put(
            *("screens", "danger-1", "items", "urine-start", "only-for"),
            value=[{"saddle-changed": ["yes"]}],
        ),
        "urine-start",
        "is opened by 'saddle-changed' of its own screen",
    ),
    "for those only whom a later answer tells": (
        put(*FIRST_ROW, "only-for", value=[{"region": ["neck"]}]),
        "saddle-changed",
        "is opened by 'region', which is asked later",
    ),
    "possible for those only whom a later answer tells": (
        put(*FIRST_ROW, "possible-for", value=[{"sex": ["female"]}]),
        "saddle-changed",
        "is opened by 'sex', which is asked later",
    ),
    "a choice that a later row opens": (
        put("screens", "began", "opened-by", value=["cancer-ever"]),
        "began",
        "is opened by 'cancer-ever', which is asked later",
    ),
}


@pytest.mark.parametrize(("change", "key", "problem"), SCREENS.values(), ids=SCREENS)
def test_a_screen_of_the_wrong_kind_or_order_is_refused(
    change: Change, key: str, problem: str, data: DataFolder
) -> None:
    data.edit("questions.yaml", change)
    fault = data.refusal()
    assert fault.remedy
    assert (fault.file, fault.key) == ("questions.yaml", key)
    assert problem in fault.problem


def test_something_is_asked_for_the_plan(data: DataFolder) -> None:
    def change(content: Any) -> None:
        for screen in content["screens"]:
            screen.pop("purpose", None)

    data.edit("questions.yaml", change)
    fault = data.refusal()
    assert (fault.file, fault.key) == ("questions.yaml", "floor")
    assert "comes last and is not for the plan" in fault.problem


def test_no_rule_uses_what_is_asked_after_the_result(data: DataFolder) -> None:
    data.edit("rules.yaml", put("rules", "heart-tight", "when", value="skin-care"))
    fault = data.refusal()
    assert (fault.file, fault.key) == ("rules.yaml", "heart-tight")
    assert "uses 'skin-care', which is asked after the result" in fault.problem


TIMES = {
    "soon without a time": (take(*SOON, "within"), "'soon' without 'within'"),
    "today with a time": (put("rules", 0, "within", value="week"), "'emergency' with 'within'"),
}


@pytest.mark.parametrize(("change", "problem"), TIMES.values(), ids=TIMES)
def test_a_time_stands_just_at_the_rules_for_soon(
    change: Change, problem: str, data: DataFolder
) -> None:
    data.edit("rules.yaml", change)
    fault = data.refusal()
    assert fault.file == "rules.yaml"
    assert problem in fault.problem
    assert "'within'" in fault.remedy


READ = {
    "a row that there is not": ({"row": "nowhere", "gates": []}, "nowhere", "no row of the check"),
    "a gate that is read": ({"row": "g-hurt", "gates": []}, "g-hurt", "no row of the check"),
    "a gate that there is not": (
        {"row": "severe", "gates": ["fever-lately"]},
        "severe",
        "'fever-lately', which is no gate",
    ),
    "a gate twice": ({"row": "severe", "gates": ["g-ill", "g-ill"]}, "severe", "'g-ill' twice"),
    "an unknown key": ({"row": "severe", "gates": [], "by": "me"}, "severe", "field `by`"),
}


@pytest.mark.parametrize(("reading", "key", "problem"), READ.values(), ids=READ)
def test_what_a_reader_ticked_is_gates_of_rows(
    reading: dict[str, object], key: str, problem: str, data: DataFolder
) -> None:
    data.edit("gates.yaml", put("read", value=[reading]))
    fault = data.refusal()
    assert (fault.file, fault.key) == ("gates.yaml", key)
    assert problem in fault.problem
    assert fault.remedy


def test_a_row_is_read_once(data: DataFolder) -> None:
    data.edit("gates.yaml", put("read", value=[{"row": "severe", "gates": ["g-sudden"]}] * 2))
    fault = data.refusal()
    assert (fault.file, fault.key, fault.problem) == ("gates.yaml", "severe", "was read twice")


OTHERS = {
    "a pattern": (
        "exercises.yaml",
        put("exercises", "prone-lying", "patterns", value=["worse-swimming"]),
        "prone-lying",
        "'worse-swimming', which is no answer to 'pattern'",
    ),
    "a region": (
        "exercises.yaml",
        put("exercises", "prone-lying", "regions", value=["elbow"]),
        "prone-lying",
        "'elbow', which is no answer to 'region'",
    ),
    "a pattern of a starter": (
        "exercises.yaml",
        put("starters", "starter-neck", "patterns", value=["worse-swimming"]),
        "starter-neck",
        "'worse-swimming', which is no answer to 'pattern'",
    ),
    "a reason": (
        "exercises.yaml",
        add("leave-nowhere", "exercises", "prone-lying", "not-for"),
        "prone-lying.not-for",
        "'leave-nowhere', which is not under 'reasons'",
    ),
    "an easier card": (
        "exercises.yaml",
        put("exercises", "bird-dog", "easier-card", value="nowhere"),
        "bird-dog.easier-card",
        "'nowhere', which is no other exercise",
    ),
    "a harder card": (
        "exercises.yaml",
        put("exercises", "bird-dog", "harder-card", value="nowhere"),
        "bird-dog.harder-card",
        "'nowhere', which is no other exercise",
    ),
    "a card harder than itself": (
        "exercises.yaml",
        put("exercises", "bird-dog", "harder-card", value="bird-dog"),
        "bird-dog.harder-card",
        "'bird-dog', which is no other exercise",
    ),
    "a card to begin with": (
        "exercises.yaml",
        put("starters", "starter-neck", "choices", value=[["nowhere"]]),
        "starter-neck",
        "'nowhere', which is no exercise",
    ),
    "a drawing of an exercise": (
        "exercises.yaml",
        put("exercises", "prone-lying", "steps", 0, "pose", value="nowhere"),
        "prone-lying",
        "nowhere",
    ),
    "a drawing of a position": (
        "positions.yaml",
        put("positions", "ease-back-pillows", "pose", value="nowhere"),
        "ease-back-pillows",
        "nowhere",
    ),
    "a drawing on the way up": (
        "now.yaml",
        put("floor", "floor-roll", "pose", value="nowhere"),
        "floor-roll",
        "nowhere",
    ),
    "a place that there is not": (
        "coverage.yaml",
        put("coverage", "guide-active", "said-at", value="nowhere"),
        "guide-active",
        "'nowhere', which is on no page",
    ),
    "a place that only some results show": (
        "coverage.yaml",
        put("coverage", "guide-active", "said-at", value="self-care-active"),
        "guide-active",
        "'self-care-active', which is on no page",
    ),
    "a place that is no sentence": (
        "coverage.yaml",
        put("coverage", "guide-active", "said-at", value="heart-tight"),
        "guide-active",
        "'heart-tight', which is on no page",
    ),
}


@pytest.mark.parametrize(("file", "change", "key", "problem"), OTHERS.values(), ids=OTHERS)
def test_a_name_that_leads_nowhere_is_refused(
    file: str, change: Change, key: str, problem: str, data: DataFolder
) -> None:
    data.edit(file, change)
    fault = data.refusal()
    assert (fault.file, fault.key) == (file, key)
    assert problem in fault.problem


CARDS = {
    "a card that is for everybody": (
        put("exercises", "prone-lying", "not-for", value=[]),
        "prone-lying.not-for",
        "names nobody",
    ),
    "a card for no stage": (
        put("exercises", "prone-lying", "stages", value=[]),
        "prone-lying.stages",
        "is empty",
    ),
    "no stop signs": (
        lambda cards: cards.update(
            sections=[card for card in cards["sections"] if card["id"] != "exercise-stop"]
        ),
        "exercise-stop",
        "is missing",
    ),
    "four to begin with": (
        add(["walking"], "starters", "starter-neck", "choices"),
        "starter-neck",
        "has 4 choices",
    ),
    "a beginning that is for later": (
        put("starters", "starter-neck", "choices", value=[["trapezius-stretch"]]),
        "starter-neck",
        "'trapezius-stretch', which is not for all of these in the first days",
    ),
    "a beginning for another place": (
        put("starters", "starter-neck", "choices", value=[["pelvic-tilt"]]),
        "starter-neck",
        "'pelvic-tilt', which is not for all of these",
    ),
    "a beginning for another pattern": (
        put("starters", "starter-no-pattern", "choices", value=[["prone-lying"]]),
        "starter-no-pattern",
        "'prone-lying', which is not for all of these",
    ),
    "a place without a beginning": (
        put("starters", "starter-neck", "regions", value=["neck"]),
        "starters",
        "has 0 entries for 'several' and 'no-pattern'",
    ),
    "a place with two beginnings": (
        add(
            {
                "id": "starter-more",
                "regions": ["neck"],
                "patterns": ["no-pattern"],
                "choices": [["walking"]],
            },
            "starters",
        ),
        "starters",
        "has 2 entries for 'neck' and 'no-pattern'",
    ),
}


@pytest.mark.parametrize(("change", "key", "problem"), CARDS.values(), ids=CARDS)
def test_a_card_or_a_beginning_that_does_not_fit_is_refused(
    change: Change, key: str, problem: str, data: DataFolder
) -> None:
    data.edit("exercises.yaml", change)
    fault = data.refusal()
    assert (fault.file, fault.key) == ("exercises.yaml", key)
    assert problem in fault.problem
    assert fault.remedy


DOSES = {
    "no hold": ("pelvic-tilt", "seconds", 0, "is 0, which is not from 1 to 5"),
    "a hold above its own bound": ("pelvic-tilt", "seconds", 6, "is 6, which is not from 1 to 5"),
    "a hold of an hour": ("prone-lying", "seconds-most", 3600, "is 3600, which is not from 1"),
    "no repetition": ("pelvic-tilt", "count", 0, "is 0, which is not from 1 to 5"),
    "more than 5 to begin with": ("pelvic-tilt", "count", 6, "is 6, which is not from 1 to 5"),
    "more than its own bound": ("childs-pose", "count-most", 2, "is 3, which is not from 1 to 2"),
    "more than any source names": ("pelvic-tilt", "count-most", 31, "is 31, which is not from 1"),
    "no pause": ("pelvic-tilt", "rest", 0, "is 0, which is not from 1 to 60"),
    "an endless pause": ("pelvic-tilt", "rest", 61, "is 61, which is not from 1 to 60"),
}


@pytest.mark.parametrize(("card", "key", "value", "problem"), DOSES.values(), ids=DOSES)
def test_a_dose_out_of_bounds_is_refused(
    card: str, key: str, value: int, problem: str, data: DataFolder
) -> None:
    data.edit("exercises.yaml", put("exercises", card, "dose", key, value=value))
    fault = data.refusal()
    assert fault.file == "exercises.yaml"
    assert fault.key.startswith(f"{card}.dose.{key.removesuffix('-most')}")
    assert problem in fault.problem


@pytest.mark.parametrize("value", [2.5, "2", None, [2]])
def test_a_dose_counts_in_whole_numbers(value: object, data: DataFolder) -> None:
    data.edit("exercises.yaml", put("exercises", "pelvic-tilt", "dose", "seconds", value=value))
    fault = data.refusal()
    assert (fault.file, fault.key) == ("exercises.yaml", "pelvic-tilt.dose.seconds")
    assert "int" in fault.problem


@pytest.mark.parametrize(
    ("step", "part"),
    [("tilt-press", "rest"), ("tilt-ready", "hold"), ("tilt-release", "hold")],
)
def test_a_timer_has_one_hold_and_one_pause_to_play(step: str, part: str, data: DataFolder) -> None:
    data.edit("exercises.yaml", put("exercises", "pelvic-tilt", "steps", step, "part", value=part))
    fault = data.refusal()
    assert (fault.file, fault.key) == ("exercises.yaml", "pelvic-tilt.steps")
    assert "hold" in fault.problem


@pytest.mark.parametrize("name", ["not-built-for", "in-neck", "acute", "settling"])
def test_what_offers_depend_on_must_be_defined(name: str, knowledge: Knowledge) -> None:
    kept = {
        definition: condition
        for definition, condition in knowledge.definitions.items()
        if definition != name
    }
    (fault,) = rules.definitions_present(replace(knowledge, definitions=kept))
    assert (fault.file, fault.key, fault.problem) == ("rules.yaml", name, "is missing")
    assert not [*rules.definitions_present(knowledge)]


def test_the_quick_questions_on_heat_and_ice_must_be_there(knowledge: Knowledge) -> None:
    (fault,) = rules.definitions_present(replace(knowledge, quick=()))
    assert (fault.file, fault.key) == ("questions.yaml", "quick-thermal")


def test_there_must_be_a_way_up_from_the_floor(data: DataFolder) -> None:
    data.edit("now.yaml", put("floor", value=[]))
    fault = data.refusal()
    assert (fault.file, fault.key, fault.problem) == ("now.yaml", "floor", "has no steps")


@pytest.mark.parametrize("minutes", [[], [0, 5], [10, 5], [5, 5]])
def test_a_step_of_the_ladder_has_rising_minutes(minutes: list[int], data: DataFolder) -> None:
    data.edit("walking.yaml", put("stages", "walk-minute", "timer", value=minutes))
    fault = data.refusal()
    assert (fault.file, fault.key) == ("walking.yaml", "walk-minute")


@pytest.mark.parametrize("begin", [None, 2, 10])
def test_every_next_walk_is_on_a_step_of_the_ladder(begin: int | None, data: DataFolder) -> None:
    data.edit("walking.yaml", put("stages", "walk-minute", "plan-from", value=begin))
    fault = data.refusal()
    assert (fault.file, fault.key) == ("walking.yaml", "plan-from")


@pytest.mark.parametrize("missing", ["warmth-first", "cold-first", "neither"])
def test_each_recommendation_is_needed(missing: str, data: DataFolder) -> None:
    def drop(thermal: dict[str, list[dict[str, str]]]) -> None:
        kept = [
            recommendation
            for recommendation in thermal["recommendations"]
            if recommendation["id"] != missing
        ]
        thermal["recommendations"] = kept

    data.edit("thermal.yaml", drop)
    fault = data.refusal()
    assert (fault.file, fault.key, fault.problem) == ("thermal.yaml", missing, "is missing")


@pytest.mark.parametrize("blank", ["", "  \n "])
def test_text_for_a_person_is_not_empty(blank: str, data: DataFolder) -> None:
    data.edit("rules.yaml", put("rules", "heart-tight", "reason", value=blank))
    fault = data.refusal()
    assert fault.file == "rules.yaml"
    assert "heart-tight" in fault.key


def test_the_data_keeps_every_rule_of_the_house(knowledge: Knowledge) -> None:
    assert {source for statement in knowledge.sourced for source in statement.sources} <= set(
        knowledge.sources
    )
    assert {s for screen in knowledge.screens for s in screen.sources} <= set(knowledge.sources)


PHRASES = ("listeners", "card-signs", "phrases")
UNSPOKEN = {
    "a row that there is not": (
        put(*PHRASES, "card-chest", "questions", value=["x"]),
        "card-chest",
    ),
    "a choice, which nobody ticks": (
        put(*PHRASES, "card-chest", "questions", value=["region"]),
        "card-chest",
    ),
    "a danger sign without a phrase": (
        put(*PHRASES, "card-chest-tight", "questions", value=[]),
        "chest-tight",
    ),
}


@pytest.mark.parametrize(("change", "key"), UNSPOKEN.values(), ids=UNSPOKEN)
def test_the_help_card_speaks_of_rows_and_of_every_danger_sign(
    change: Change, key: str, data: DataFolder
) -> None:
    data.edit("help-card.yaml", change)
    fault = data.refusal()
    assert (fault.file, fault.key) == ("help-card.yaml", key)
