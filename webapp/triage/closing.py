"""What an unanswered question counts as while nothing opens it: derived at each read, never kept.

The phone's copy is ``derive`` in ``static/worker/form.js``, by the same table.
"""

from __future__ import annotations

from collections.abc import Iterable

from webapp.knowledge.conditions import NEVER, All, Any, Condition, Known, Leaf, Not
from webapp.knowledge.model import Closing
from webapp.triage.evaluation import Answers, compare
from webapp.triage.truth import FALSE


def derived(table: Iterable[Closing], answers: Answers) -> dict[str, str]:
    """Return the answers, and the value of each unanswered question that is closed.

    What closes a question stands before it in the table, so that one pass is enough.
    """
    values = dict(answers)
    for closing in table:
        if closing.question not in values and _is_closed(closing, values):
            values[closing.question] = closing.value
    return values


def _is_closed(closing: Closing, values: Answers) -> bool:
    # Loops that end early: this is asked of nearly two hundred questions at each form.
    for limit in closing.limits:
        if _is_no(limit, values):
            return True
    for opener in closing.opened:
        if not _is_no(opener, values):
            return False
    return bool(closing.opened)


def _is_no(leaf: Leaf, values: Answers) -> bool:
    return compare(leaf, values.get(leaf.question)) is FALSE


def closed(closing: Closing) -> Condition:
    """Return the condition "the question is closed", to be judged on derived answers."""
    return Any((unopened(closing), *map(_surely_not, closing.limits)))


def unopened(closing: Closing) -> Condition:
    """Return the condition "something could open the question, and all of it surely does not"."""
    return All(tuple(map(_surely_not, closing.opened))) if closing.opened else NEVER


def _surely_not(leaf: Leaf) -> Condition:
    return Known(Not(leaf))
