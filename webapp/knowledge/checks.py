"""House rules of the knowledge as a whole, each a check of its own."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from webapp.knowledge.conditions import leaves
from webapp.knowledge.errors import KnowledgeError
from webapp.knowledge.model import Exercise, Knowledge, Lead, Screen, SeedStatement, Starter

_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_FINDING = re.compile(r"[ALTNC]\d+")
_HOLDER = re.compile(r"property-[1-9]\d*|tests/[\w/]+\.py::test_\w+")
_DEFINED = (
    "not-built-for",
    "in-neck",
    "acute",
    "settling",
    "heat-no",
    "cold-no",
    "quick-heat-no",
    "quick-cold-no",
    "thermal-ask",
)
SEEDS = {"SEED0": 22, "SEED1": 11, "SEED2": 12, "SEED3": 9, "SEED4": 23}
"""How many useful statements the clinical digest counts in each seed text."""
_RESERVED = frozenset(
    ("at", "go", "show", "k", "view", "note", "urgency", "doubt", "screen", "answers", "result")
)
"""Names that the check gives to its own fields, decisions and views."""


def run(knowledge: Knowledge) -> None:
    """Raise KnowledgeError for the first house rule that the knowledge breaks."""
    for check in _CHECKS:
        for fault in check(knowledge):
            raise fault


def _ids(knowledge: Knowledge) -> Iterator[str]:
    for screen in knowledge.every_screen:
        yield screen.id
        yield from (item.id for item in screen.items)
    yield from knowledge.definitions
    yield from (rule.id for rule in knowledge.rules)
    for section in knowledge.sections.values():
        yield section.id
        yield from (statement.id for statement in section.statements)
    for things in (
        knowledge.positions,
        knowledge.recommendations,
        knowledge.stages,
        knowledge.floor,
    ):
        yield from (thing.id for thing in things)
    for listener in knowledge.listeners:
        yield listener.id
        yield from (phrase.id for phrase in listener.phrases)
    yield from (hazard.id for hazard in knowledge.hazards)
    yield from (row.id for row in knowledge.coverage)
    for article in knowledge.articles:
        yield article.id
        yield from (section.id for section in article.sections)
        yield from (statement.id for statement in article.statements)
    yield from knowledge.reasons
    yield from (starter.id for starter in knowledge.starters)
    for exercise in knowledge.exercises:
        yield exercise.id
        yield from (step.id for step in exercise.steps)


def ids(knowledge: Knowledge) -> Iterator[KnowledgeError]:
    """Every id is lower-case words joined by hyphens, and used once in all files."""
    found = list(_ids(knowledge))
    counts = Counter(found)
    for identity in found:
        file = knowledge.places.get(identity, "rules.yaml")
        if not _ID.fullmatch(identity) or identity in _RESERVED:
            yield KnowledgeError(
                file, identity, "is not a usable id", "Use lower-case words joined by hyphens"
            )
        if counts[identity] > 1:
            yield KnowledgeError(file, identity, "is used twice", "Give one of them another id")


def evidence(knowledge: Knowledge) -> Iterator[KnowledgeError]:
    """Every rule names the findings it comes from; every source is on the open, safe web."""
    for rule in knowledge.rules:
        if not rule.evidence or not all(map(_FINDING.fullmatch, rule.evidence)):
            yield KnowledgeError(
                "rules.yaml", rule.id, "names no finding such as A1 or C10", "Mend 'evidence'"
            )
    for source in knowledge.sources.values():
        if source.url and not source.url.startswith("https://"):
            yield KnowledgeError(
                "sources.yaml", source.id, "has an address that is not https", "Mend 'url'"
            )


def source_ids(knowledge: Knowledge) -> Iterator[KnowledgeError]:
    """Everything a person reads names sources that exist, or is marked as by design."""
    for sourced in knowledge.sourced:
        if not sourced.sources and sourced.strength != "by-design":
            yield KnowledgeError(
                knowledge.places[sourced.id],
                sourced.id,
                "has no source",
                "Name one in 'sources', or set 'strength: by-design'",
            )
        for source in sourced.sources:
            if source not in knowledge.sources:
                yield KnowledgeError(
                    knowledge.places[sourced.id],
                    sourced.id,
                    f"names the source {source}, which is not in sources.yaml",
                    "Add the source or mend the id",
                )


def screens(knowledge: Knowledge) -> Iterator[KnowledgeError]:
    """A screen has rows or options, as its kind says, and orders only options that it has."""
    for screen in knowledge.every_screen:
        wanted, other = (
            (screen.items, screen.options)
            if screen.kind == "ticks"
            else (screen.options, screen.items)
        )
        if not wanted or other:
            yield _screen_fault(screen, "has the wrong parts for its kind", "Give ticks 'items'")
        known = {option.id for option in screen.options}
        yield from _option_faults(screen)
        for name in screen.worse:
            if name not in known:
                yield _screen_fault(screen, f"orders '{name}', which it has not", "Mend 'worse'")


def _option_faults(screen: Screen) -> Iterator[KnowledgeError]:
    names = [option.id for option in screen.options]
    for name in names:
        if not _ID.fullmatch(name):
            yield _screen_fault(screen, f"has '{name}', which is not a usable id", "Rename it")
        if names.count(name) > 1:
            yield _screen_fault(screen, f"has the option '{name}' twice", "Keep one of them")
    for name in screen.worse:
        if screen.worse.count(name) > 1:
            yield _screen_fault(screen, f"orders '{name}' twice", "Mend 'worse'")


def texts(knowledge: Knowledge) -> Iterator[KnowledgeError]:
    """No text for a person is empty or holds markup."""
    for text in knowledge.texts:
        file = knowledge.places.get(text.id.split(".", maxsplit=1)[0], "knowledge")
        if not text.english:
            yield KnowledgeError(file, text.id, "has no words", "Write them")
        if not text.english.isprintable() or "<" in text.english:
            yield KnowledgeError(file, text.id, "holds markup or control characters", "Take it out")


def drawings(knowledge: Knowledge) -> Iterator[KnowledgeError]:
    """Every drawing that is named is there."""
    named = [(position.id, position.pose) for position in knowledge.positions]
    named += [(step.id, step.pose) for step in knowledge.floor]
    named += [(one.id, step.pose) for one in knowledge.exercises for step in one.steps]
    named += [(one.id, one.picture) for one in knowledge.articles if one.picture]
    for identity, pose in named:
        if pose not in knowledge.poses:
            yield KnowledgeError(
                knowledge.places[identity],
                identity,
                f"names the drawing '{pose}', which is not in poses.yaml",
                "Draw it or mend the name",
            )


def ask_order(knowledge: Knowledge) -> Iterator[KnowledgeError]:
    """Whether a screen is asked depends on earlier screens only."""
    place = {question.id: question.screen for question in knowledge.questions}
    order = {screen.id: index for index, screen in enumerate(knowledge.every_screen)}
    for screen in knowledge.every_screen:
        for leaf in leaves(screen.ask_when):
            if order[place[leaf.question]] >= order[screen.id]:
                yield _screen_fault(
                    screen, f"waits for '{leaf.question}', which is asked later", "Move it down"
                )


def exercise_answers(knowledge: Knowledge) -> Iterator[KnowledgeError]:
    """Patterns and regions of an exercise or a starter are answers that exist."""
    options = {question.id: question.options for question in knowledge.questions}
    named: tuple[Exercise | Starter, ...] = (*knowledge.exercises, *knowledge.starters)
    for one in named:
        for question, given in (("pattern", one.patterns), ("region", one.regions)):
            for option in given:
                if option not in options[question]:
                    yield _exercise_fault(
                        one.id,
                        f"names '{option}', which is no answer to '{question}'",
                        f"Use one of {', '.join(options[question])}",
                    )


def exercise_names(knowledge: Knowledge) -> Iterator[KnowledgeError]:
    """An exercise says who leaves it out, and names reasons and other cards that exist."""
    cards = {exercise.id for exercise in knowledge.exercises}
    for one in knowledge.exercises:
        if not one.not_for:
            yield _exercise_fault(f"{one.id}.not-for", "names nobody", "Name a reason at least")
        for reason in one.not_for:
            if reason not in knowledge.reasons:
                yield _exercise_fault(
                    f"{one.id}.not-for",
                    f"names '{reason}', which is not under 'reasons'",
                    "Add the reason or mend the id",
                )
        for key, card in (("easier-card", one.easier_card), ("harder-card", one.harder_card)):
            if card is not None and card not in cards - {one.id}:
                yield _exercise_fault(
                    f"{one.id}.{key}",
                    f"names '{card}', which is no other exercise",
                    "Mend the id or leave the key out",
                )
        if not one.stages:
            yield _exercise_fault(f"{one.id}.stages", "is empty", "Name a stage at least")
    for identity in ("exercise-rules", "exercise-stop", "exercise-gym"):
        if identity not in knowledge.sections:
            yield _exercise_fault(identity, "is missing", "Add the section: every card shows it")


_LONGEST = 1800
"""Seconds: the longest that the evidence lets somebody lie in one position."""
_MOST = 30
"""Repetitions: the most that any source of the evidence names."""
_FIRST = 5
"""Repetitions to start with."""
_PAUSE = 60
"""Seconds between repetitions."""
_TOGETHER = 3
"""Exercises in the first 48 hours."""


def doses(knowledge: Knowledge) -> Iterator[KnowledgeError]:
    """The numbers of an exercise lie within bounds, and a timer has something to play."""
    for one in knowledge.exercises:
        dose = one.dose
        repeated = dose.count_most > 1 or dose.sides > 1
        first = _FIRST if "acute" in one.stages else _MOST
        bounds = (
            ("seconds", dose.seconds, 1, dose.seconds_most),
            ("seconds-most", dose.seconds_most, 1, _LONGEST),
            ("count", dose.count, 1, min(first, dose.count_most)),
            ("count-most", dose.count_most, 1, _MOST),
            ("rest", dose.rest, int(repeated), _PAUSE),
        )
        for key, value, least, most in bounds:
            if not least <= value <= most:
                yield _exercise_fault(
                    f"{one.id}.dose.{key}",
                    f"is {value}, which is not from {least} to {most}",
                    "Mend the number",
                )
        played = [step.part for step in one.steps if step.part]
        if played[:2] != ["hold", "rest"][: 1 + repeated] or "rest" in played[1 + repeated :]:
            yield _exercise_fault(
                f"{one.id}.steps",
                "does not hold and then rest",
                "Give a step 'part: hold' and, if it is repeated, the next one 'part: rest'",
            )


def starters(knowledge: Knowledge) -> Iterator[KnowledgeError]:
    """A starter holds fitting cards of the first days; every pattern in a region has one."""
    cards = {exercise.id: exercise for exercise in knowledge.exercises}
    for starter in knowledge.starters:
        if len(starter.choices) > _TOGETHER:
            yield _exercise_fault(
                starter.id, f"has {len(starter.choices)} choices", f"Keep {_TOGETHER} at most"
            )
        for name in (name for choice in starter.choices for name in choice):
            if name not in cards:
                yield _exercise_fault(
                    starter.id, f"names '{name}', which is no exercise", "Mend the id"
                )
            elif not _suits(cards[name], starter):
                yield _exercise_fault(
                    starter.id,
                    f"names '{name}', which is not for all of these in the first days",
                    "Take it out, or mend its stages, regions or patterns",
                )
    covered = Counter(
        (region, pattern)
        for starter in knowledge.starters
        for region in starter.regions
        for pattern in starter.patterns
    )
    for region, pattern in sorted(
        {(r, p) for one in knowledge.exercises for r in one.regions for p in one.patterns}
    ):
        if covered[region, pattern] != 1:
            yield _exercise_fault(
                "starters",
                f"has {covered[region, pattern]} entries for '{region}' and '{pattern}'",
                "Give exactly one",
            )


def _suits(card: Exercise, starter: Starter) -> bool:
    return (
        "acute" in card.stages
        and set(starter.regions) <= set(card.regions)
        and set(starter.patterns) <= set(card.patterns)
    )


def _exercise_fault(key: str, problem: str, remedy: str) -> KnowledgeError:
    return KnowledgeError("exercises.yaml", key, problem, remedy)


def recommendations_present(knowledge: Knowledge) -> Iterator[KnowledgeError]:
    """Warmth, cold and neither are all there to choose from."""
    found = {one.id for one in knowledge.recommendations}
    for wanted in ("warmth-first", "cold-first", "neither"):
        if wanted not in found:
            yield KnowledgeError("thermal.yaml", wanted, "is missing", "Add the recommendation")


def stage_minutes(knowledge: Knowledge) -> Iterator[KnowledgeError]:
    """A step of the ladder times whole minutes; every next walk, from 1 minute, is on a step."""
    for stage in knowledge.stages:
        if not stage.timer or min(stage.timer) < 1 or list(stage.timer) != sorted(set(stage.timer)):
            yield KnowledgeError(
                "walking.yaml", stage.id, "has no rising minutes to choose from", "Mend 'timer'"
            )
    begins = [stage.plan_from for stage in knowledge.stages if stage.plan_from is not None]
    if begins[:1] != [1] or begins != sorted(set(begins)):
        yield KnowledgeError(
            "walking.yaml", "plan-from", "does not rise from 1 minute", "Mend 'plan-from'"
        )


def floor_present(knowledge: Knowledge) -> Iterator[KnowledgeError]:
    """There is a way up from the floor."""
    if not knowledge.floor:
        yield KnowledgeError("now.yaml", "floor", "has no steps", "Write them")


def definitions_present(knowledge: Knowledge) -> Iterator[KnowledgeError]:
    """All is defined that offers depend on, and asked that leads to them."""
    for name in _DEFINED:
        if name not in knowledge.definitions:
            yield KnowledgeError("rules.yaml", name, "is missing", "Define it")
    if "quick-thermal" not in {screen.id for screen in knowledge.quick}:
        yield KnowledgeError("questions.yaml", "quick-thermal", "is missing", "Ask it in 'quick'")


def holders(knowledge: Knowledge) -> Iterator[KnowledgeError]:
    """Every hazard is held back by something that can be run."""
    for hazard in knowledge.hazards:
        if not hazard.held_by:
            yield KnowledgeError(
                "hazards.yaml", hazard.id, "is held by nothing", "Name a property or a test"
            )
        for name in hazard.held_by:
            if not _HOLDER.fullmatch(name):
                yield KnowledgeError(
                    "hazards.yaml",
                    hazard.id,
                    f"is held by '{name}', which is no property and no test",
                    "Write 'property-5' or 'tests/x.py::test_y'",
                )


def said_somewhere(knowledge: Knowledge) -> Iterator[KnowledgeError]:
    """What guidelines recommend is said where everybody can read it, not only in some results."""
    said = {
        identity
        for section in knowledge.sections.values()
        if knowledge.places[section.id] != "advice.yaml"
        for identity in (section.id, *(statement.id for statement in section.statements))
    }
    for row in knowledge.coverage:
        if row.said_at not in said:
            yield KnowledgeError(
                "coverage.yaml",
                row.id,
                f"is said at '{row.said_at}', which is on no page for everybody",
                "Name a section or statement of another file than advice.yaml",
            )


def articles(knowledge: Knowledge) -> Iterator[KnowledgeError]:
    """No article is without a section, and no section of one without a statement."""
    for article in knowledge.articles:
        if not article.sections:
            yield KnowledgeError("learn.yaml", article.id, "has no section", "Write one")
        for section in article.sections:
            if not section.statements:
                yield KnowledgeError("learn.yaml", section.id, "says nothing", "Write a statement")


def leads(knowledge: Knowledge) -> Iterator[KnowledgeError]:
    """A place is named once; each has words in the languages of the others, and no word twice."""
    codes = {code for lead in knowledge.leads for code in lead.words}
    places = Counter(lead.to for lead in knowledge.leads)
    for lead in knowledge.leads:
        if places[lead.to] > 1:
            yield _lead_fault(lead, "is named twice", "Put its words together")
        for code in sorted(codes):
            words = [" ".join(word.casefold().split()) for word in lead.words.get(code, ())]
            if not all(words or [""]):
                yield _lead_fault(lead, f"lacks words in '{code}'", "Write them")
            for word in (word for word, count in Counter(words).items() if count > 1):
                yield _lead_fault(lead, f"has '{word}' twice in '{code}'", "Keep one of them")


def _lead_fault(lead: Lead, problem: str, remedy: str) -> KnowledgeError:
    return KnowledgeError("search-words.yaml", lead.to, problem, remedy)


def seeds_complete(knowledge: Knowledge) -> Iterator[KnowledgeError]:
    """Every useful statement of every seed text is listed once, in order."""
    wanted = [f"{seed}.{n}" for seed, most in SEEDS.items() for n in range(1, most + 1)]
    listed = [one.id for one in knowledge.seed_statements]
    for identity in wanted:
        if listed.count(identity) != 1:
            times = f"is listed {listed.count(identity)} times"
            yield KnowledgeError("statements.yaml", identity, times, "List it once")
    for identity in listed:
        if identity not in wanted:
            yield KnowledgeError(
                "statements.yaml", identity, "is no statement of a seed text", "Mend its number"
            )
    if listed != wanted:
        yield KnowledgeError("statements.yaml", "statements", "is out of order", "Sort it")


def seeds_accounted(knowledge: Knowledge) -> Iterator[KnowledgeError]:
    """Every statement of a seed text is found at ids that exist, or left out for a reason."""
    known = {*_ids(knowledge), *knowledge.sources}
    for one in knowledge.seed_statements:
        if not one.about:
            yield _seed_fault(one, "does not say what it is about", "Fill in 'about'")
        if bool(one.found_at) == bool(one.left_out):
            yield _seed_fault(
                one, "must be either found or left out", "Give 'found-at' or 'left-out'"
            )
        for identity in one.found_at:
            if identity not in known:
                yield _seed_fault(one, f"is found at '{identity}', which is no id", "Mend the id")


def _seed_fault(statement: SeedStatement, problem: str, remedy: str) -> KnowledgeError:
    return KnowledgeError("statements.yaml", statement.id, problem, remedy)


def phrases(knowledge: Knowledge) -> Iterator[KnowledgeError]:
    """Phrases speak of rows of the check; every sign of its first screen can be shown."""
    rows = {item.id for screen in knowledge.screens for item in screen.items}
    every = [phrase for listener in knowledge.listeners for phrase in listener.phrases]
    for phrase in every:
        for question in phrase.questions:
            if question not in rows:
                yield KnowledgeError(
                    "help-card.yaml",
                    phrase.id,
                    f"speaks of '{question}', which is no row of the check",
                    "Mend 'questions'",
                )
    spoken_of = {question for phrase in every for question in phrase.questions}
    for item in knowledge.screens[0].items:
        if item.id not in spoken_of:
            yield KnowledgeError(
                "help-card.yaml",
                item.id,
                "is a danger sign that nobody can be shown",
                "Add a phrase with this row under 'questions'",
            )


def _screen_fault(screen: Screen, problem: str, remedy: str) -> KnowledgeError:
    return KnowledgeError("questions.yaml", screen.id, problem, remedy)


_CHECKS = (
    ids,
    texts,
    evidence,
    source_ids,
    screens,
    ask_order,
    drawings,
    exercise_answers,
    exercise_names,
    doses,
    starters,
    recommendations_present,
    stage_minutes,
    floor_present,
    definitions_present,
    holders,
    said_somewhere,
    articles,
    leads,
    seeds_complete,
    seeds_accounted,
    phrases,
)
