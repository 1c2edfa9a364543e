"""Random entries of a journal, such as one phone or another may have written."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

Entry = dict[str, Any]
NOW = 1_795_400_000_000
"""The moment before which all entries were written, in milliseconds since 1970."""
FUNCTIONS = ("dress", "sit", "walk", "sleep")
HOSTILE = (
    '=HYPERLINK("http://evil.example","here")',
    "+1+cmd|' /C calc'!A0",
    "-2+3",
    "@SUM(1+1)",
    "\t=1",
    "\r=1",
    "\n=1",
    "＝1+1",
    "  =1",
    "'=1",
    "''",
    'say "it", he said; twice',
    "one\r\ntwo\nthree\rfour",
    "id,time,kind\r\n1,2,note",
    "\u202eمرحبا 5 \u2066x",
    "وجع في الظهر",
    "👩🏽‍⚕️ 🇵🇹",
    "<script>alert(1)</script>",
    "</script><!--",
    "\\u0041 \\n $& ${x}",
    "__proto__",
    " \u00a0\u2028",
    "\u0085",
    "",
)
"""Texts that a table, a bundle or a page might take for something else."""

pains = st.integers(0, 10)
texts = st.text(max_size=90) | st.sampled_from(HOSTILE)
DATA = {
    "begin": st.fixed_dictionaries(
        {
            "region": st.sampled_from(
                ["neck", "shoulder-blades", "middle", "low-back", "middle-and-low", "several"]
            )
        }
    ),
    "feel": st.fixed_dictionaries(
        {
            "pain": pains,
            "can": st.dictionaries(st.sampled_from(FUNCTIONS), st.integers(0, 2)),
        }
    ),
    "check": st.fixed_dictionaries(
        {
            "urgency": st.sampled_from(["emergency", "urgent", "soon", "self-care"]),
            "reasons": st.lists(texts, max_size=4),
            "release": st.text("0123456789abcdef", max_size=12),
        }
    ),
    "measure": st.fixed_dictionaries(
        {
            "what": st.sampled_from(["heat", "ice", "walk", "exercise", "rest", "breathing"]),
            "minutes": st.integers(1, 240),
            "before": st.none() | pains,
            "after": st.none() | pains,
        },
        optional={"card": st.sampled_from(["cat", "knees-to-chest"])},
    ),
    "medicine": st.fixed_dictionaries({"text": texts}),
    "note": st.fixed_dictionaries({"text": texts}),
    "recovered": st.just({}),
}
ids = st.uuids(version=4).map(lambda id_: f"0{str(id_)[1:14]}7{str(id_)[15:]}")


def id_of(number: int) -> str:
    """Return the id of an entry; those of higher numbers sort later."""
    return f"0199{number:04x}-0000-7000-8000-000000000000"


@st.composite
def entries(draw: st.DrawFn) -> Entry:
    kind = draw(st.sampled_from(sorted(DATA)))
    return {
        "id": draw(ids),
        "at": draw(st.integers(NOW - 10**10, NOW)),
        "zone": draw(st.integers(-840, 840)),
        "kind": kind,
        "data": draw(DATA[kind]),
    }


@st.composite
def histories(draw: st.DrawFn) -> list[Entry]:
    """Draw entries with ids of their own, some of which replace or take away others."""
    made = draw(st.lists(entries(), max_size=8, unique_by=lambda entry: entry["id"]))
    for newer, old in zip(made[1:], made, strict=False):
        if draw(st.booleans()):
            newer["supersedes"] = [old["id"]]
            if draw(st.booleans()):
                newer |= {"gone": True, "data": {}}
    return made
