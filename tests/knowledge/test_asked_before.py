"""An id never changes its meaning: what a phone holds from a release before still answers it."""

from __future__ import annotations

from pathlib import Path

from tests.support.known import known
from webapp.knowledge import yaml_file

BEFORE = yaml_file.read(Path(__file__).parent / "asked-before.yaml")
GONE = set(BEFORE.pop("gone"))


def today() -> dict[str, str]:
    """Return what each id asks, in English."""
    knowledge = known()
    texts = {name: item.text for name, item in knowledge.items.items()}
    texts |= {screen.id: screen.ask for screen in knowledge.every_screen if screen.ask}
    texts |= {f"{ask}={option}": text for (ask, option), text in knowledge.option_texts.items()}
    return {name: text.english for name, text in texts.items()}


def test_an_id_that_was_asked_before_has_words_that_were_held_against_the_old_ones() -> None:
    asked = today()
    assert {name: asked.get(name) for name in BEFORE} == {
        name: told["today"] for name, told in BEFORE.items()
    }


def test_an_id_that_went_does_not_come_back_for_something_else() -> None:
    assert GONE.isdisjoint(today())
