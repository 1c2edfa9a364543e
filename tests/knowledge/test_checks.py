from __future__ import annotations

from dataclasses import replace

import pytest

from tests.knowledge.data_folder import Change, DataFolder, add, put, repeat, take
from webapp.knowledge.checks import rules
from webapp.knowledge.model import Knowledge

IDS = {
    "a rule twice": ("rules.yaml", repeat("rules"), "heart-signs", "used twice"),
    "a screen twice": ("questions.yaml", repeat("screens"), "danger", "used twice"),
    "a row twice": ("questions.yaml", repeat("screens", "danger", "items"), "saddle-numb", "twice"),
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
    "a listener twice": ("help-card.yaml", repeat("listeners"), "card-helper", "twice"),
    "a hazard twice": ("hazards.yaml", repeat("hazards"), "hazard-missed-emergency", "twice"),
    "a row of the table twice": ("coverage.yaml", repeat("coverage"), "guide-explain", "twice"),
    "one id in two files": (
        "walking.yaml",
        put("stages", 0, "id", value="heart-signs"),
        "heart-signs",
        "twice",
    ),
    "a definition that is a row": (
        "rules.yaml",
        put("define", "fever", value="diabetes"),
        "fever",
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
        put("screens", "pregnancy-weeks", "options", "unsure", "id", value="x & y"),
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


STEERING = ("at", "go", "show", "k", "view", "note")
DECISIONS = ("urgency", "doubt", "screen")
CHOICE = {
    "kind": "choice",
    "title": "A title",
    "ask": "A question?",
    "why": "A reason.",
    "options": [{"id": "yes", "text": "Yes"}, {"id": "no", "text": "No"}],
    "sources": ["NHS-BP"],
}
ROW = {"text": "A row", "sources": ["NHS-BP"]}


@pytest.mark.parametrize("name", [*STEERING, *DECISIONS, "answers", "result"])
def test_a_screen_has_no_name_that_the_check_uses_itself(name: str, data: DataFolder) -> None:
    data.edit("questions.yaml", add({"id": name, **CHOICE}, "screens"))
    fault = data.refusal()
    assert (fault.file, fault.key) == ("questions.yaml", name)
    assert "usable" in fault.problem


@pytest.mark.parametrize("name", [*STEERING, *DECISIONS])
def test_a_row_has_no_name_that_the_check_uses_itself(name: str, data: DataFolder) -> None:
    data.edit("questions.yaml", add({"id": name, **ROW}, "screens", "danger", "items"))
    fault = data.refusal()
    assert (fault.file, fault.key) == ("questions.yaml", name)
    assert "usable" in fault.problem


SOURCED = {
    "a rule": ("rules.yaml", ("rules", "heart-signs")),
    "a row": ("questions.yaml", ("screens", "danger", "items", "chest")),
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


SCREENS = {
    "rows on a choice": (
        put("screens", "region", "items", value=[{"id": "x", "text": "X", "sources": ["NHS-BP"]}]),
        "region",
        "wrong parts",
    ),
    "options on ticks": (
        put("screens", "danger", "options", value=[{"id": "x", "text": "X"}]),
        "danger",
        "wrong parts",
    ),
    "ticks without rows": (take("screens", "pregnancy-signs", "items"), None, None),
    "an order of options that are not there": (
        put("screens", "age", "worse", value=["age-18", "age-99"]),
        "age",
        "orders 'age-99'",
    ),
    "an option ordered twice": (
        put("screens", "age", "worse", value=["age-18", "age-50", "age-18"]),
        "age",
        "orders 'age-18'",
    ),
    "waiting for a later screen": (
        put("screens", "fever-cause", "ask-when", value="cancer"),
        "fever-cause",
        "waits for 'cancer', which is asked later",
    ),
    "waiting for itself": (
        put("screens", "region", "ask-when", value={"region": ["neck"]}),
        "region",
        "waits for 'region'",
    ),
    "waiting deep inside": (
        put(
            "screens",
            "fever-cause",
            "ask-when",
            value={"at-least": {"count": 1, "of": ["leg-newly-weak", {"not": "cancer"}]}},
        ),
        "fever-cause",
        "waits for 'cancer'",
    ),
}


@pytest.mark.parametrize(("change", "key", "problem"), SCREENS.values(), ids=SCREENS)
def test_a_screen_of_the_wrong_kind_or_order_is_refused(
    change: Change, key: str | None, problem: str | None, data: DataFolder
) -> None:
    data.edit("questions.yaml", change)
    fault = data.refusal()
    assert fault.remedy
    if key and problem:
        assert (fault.file, fault.key) == ("questions.yaml", key)
        assert problem in fault.problem


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
        put("coverage", "guide-active", "said-at", value="heart-signs"),
        "guide-active",
        "'heart-signs', which is on no page",
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
    data.edit("rules.yaml", put("rules", "heart-signs", "reason", value=blank))
    fault = data.refusal()
    assert fault.file == "rules.yaml"
    assert "heart-signs" in fault.key


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
