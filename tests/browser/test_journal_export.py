"""What leaves the journal, read back by others: Python's csv, a FHIR library, and the journal."""

from __future__ import annotations

import csv
import io
import json
import re
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from fhir.resources.R4B.bundle import Bundle
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from tests.support.browsers import Chromium
from tests.support.person import Person

Entry = dict[str, Any]
NOW = 1_795_400_000_000
MINUTE = 60_000
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
FUNCTIONS = ("dress", "sit", "walk", "sleep")
DEGREES = ("as-always", "with-trouble", "not-at-all")
FIELDS = (
    *("region", "pain", *FUNCTIONS, "urgency", "reasons", "release"),
    *("what", "card", "minutes", "before", "after", "text"),
)
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
UNFIT = {*range(32), 127} - {9, 10, 13}
WORDS = {
    "language": "en",
    "region.low-back": "Low back",
    **{f"can.{name}": name.title() for name in FUNCTIONS},
    **{f"degree.{n}": word for n, word in enumerate(("As always", "With trouble", "Not at all"))},
    "urgency.soon": "See a doctor",
    "what.heat": "Warmth",
    "what.exercise": "Exercise",
    "card.cat": "The cat",
    **{f"verdict.{word}": word for word in ("few", "helps", "unclear", "worse")},
    **{
        f"text.{name}": name.upper()
        for name in (
            *("title", "about", "none", "began", "ended", "open", "place", "course", "function"),
            *("worst", "last", "tried", "checks", "medicines", "notes", "outside"),
        )
    },
}

often = settings(
    max_examples=100,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
some = settings(often, max_examples=20)

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
ids = st.uuids(version=4).map(lambda one: f"0{str(one)[1:14]}7{str(one)[15:]}")


@st.composite
def entries(draw: st.DrawFn, ats: st.SearchStrategy[int] | None = None) -> Entry:
    kind = draw(st.sampled_from(sorted(DATA)))
    return {
        "id": draw(ids),
        "at": draw(ats or st.integers(NOW - 10**10, NOW)),
        "zone": draw(st.integers(-840, 840)),
        "kind": kind,
        "data": draw(DATA[kind]),
    }


@st.composite
def histories(draw: st.DrawFn) -> list[Entry]:
    """Draw entries with ids of their own, some of which replace or take away others."""
    made = draw(st.lists(entries(), max_size=8, unique_by=lambda one: one["id"]))
    for one, old in zip(made[1:], made, strict=False):
        if draw(st.booleans()):
            one["supersedes"] = [old["id"]]
            if draw(st.booleans()):
                one |= {"gone": True, "data": {}}
    return made


lists = st.lists(entries(), max_size=8, unique_by=lambda one: one["id"])


def entry(number: int, kind: str, data: dict[str, Any], at: int = NOW, **more: Any) -> Entry:
    identity = f"0199{number:04x}-0000-7000-8000-000000000000"
    return {"id": identity, "at": at, "zone": 60, "kind": kind, "data": data, **more}


def note(number: int, text: str) -> Entry:
    return entry(number, "note", {"text": text})


HOSTILE_NOTES = [note(number, text) for number, text in enumerate(HOSTILE)]


@pytest.fixture
def page(chromium: Chromium, request: pytest.FixtureRequest) -> Person:
    """A page with the module, on a phone whose own zone is of no entry."""
    chromium.time_zone = "Asia/Kathmandu"
    person: Person = request.getfixturevalue("offline")
    person.visits()
    person.browser.run("""
        const app = document.querySelector("script[type=module]").src;
        window.own = await import(app.replace("app.js", "journal/export.js"));
        window.store = await import(app.replace("app.js", "journal/store.js"));
        window.frozen = (one) => {
          if (typeof one === "object" && one) Object.values(Object.freeze(one)).forEach(frozen);
          return one;
        };
    """)
    return person


def ask(page: Person, call: str, **values: object) -> Any:
    """Return what a function of the module gives for values that it cannot change."""
    names = "".join(f"const {n} = frozen({json.dumps(v)});" for n, v in values.items())
    # As JSON, because half a letter does not get out of the browser otherwise.
    return json.loads(page.browser.run(f"{names} return JSON.stringify(own.{call});"))


def in_the_journal(page: Person, call: str, **values: object) -> Any:
    names = "".join(f"const {n} = {json.dumps(v)};" for n, v in values.items())
    return page.browser.run(f"{names} {call}")


def shown(text: str) -> str:
    """Return the text as it leaves the journal."""
    return "".join("\ufffd" if ord(letter) in UNFIT else letter for letter in text)


# --- backup ----------------------------------------------------------------------------------


def test_a_backup_read_back_is_what_was_kept(page: Person) -> None:
    @often
    @given(histories())
    @example(HOSTILE_NOTES)
    @example([note(1, "half \ud83d")])
    def keep(kept: list[Entry]) -> None:
        text = ask(page, "toBackup(kept, now)", kept=kept, now=NOW)
        made = datetime.fromtimestamp(NOW / 1000, UTC)
        assert datetime.fromisoformat(json.loads(text)["made"]) == made
        assert json.loads(text)["easeback"] == 1
        assert ask(page, "fromBackup(text)", text=text) == {"entries": kept, "refused": 0}

    keep()


def test_a_restore_adds_what_is_missing_and_takes_nothing_away(page: Person) -> None:
    @some
    @given(histories(), st.data())
    def restore(everything: list[Entry], data: st.DataObject) -> None:
        sides = [
            [one for one in everything if data.draw(st.sampled_from((side, 2))) != 1 - side]
            for side in (0, 1)
        ]
        here, there = sides
        after = in_the_journal(
            page,
            """
            await store.eraseAll();
            await store.append(here);
            const backup = own.toBackup(there);
            for (const _ of [1, 2]) await store.append(own.fromBackup(backup).entries);
            return store.readAll();
            """,
            here=here,
            there=there,
        )
        union = {one["id"]: one for one in [*here, *there]}
        assert after == [union[identity] for identity in sorted(union)]

    restore()


def test_what_is_no_backup_is_refused_with_the_reason(page: Person) -> None:
    whys = {
        "": "form",
        "{": "form",
        "null": "form",
        "[]": "form",
        "1": "form",
        "id,time,kind": "form",
        '{"entries": []}': "form",
        '{"easeback": "1", "entries": []}': "form",
        '{"easeback": 0, "entries": []}': "form",
        '{"easeback": 1}': "form",
        '{"easeback": 1, "entries": {"length": 1}}': "form",
        '{"easeback": 2, "entries": []}': "newer",
    }
    assert {text: refusal(page, json.dumps(text)) for text in whys} == whys


def test_a_backup_has_a_largest_size(page: Person) -> None:
    padded = """'{"easeback":1,"entries":[]}'.padEnd(own.LARGEST_BACKUP + %d)"""
    many = "JSON.stringify({ easeback: 1, entries: Array(%d).fill(0) })"
    assert [refusal(page, padded % more) for more in (0, 1)] == [None, "size"]
    assert [refusal(page, many % count) for count in (50_000, 50_001)] == [None, "size"]


def refusal(page: Person, text: str) -> Any:
    """Return why the text, an expression of the page, is no backup; None where it is one."""
    return page.browser.run(f"""
        try {{
          own.fromBackup({text});
          return null;
        }} catch (fault) {{
          return fault instanceof own.NoBackup ? fault.why : String(fault);
        }}
    """)


def test_what_is_no_entry_is_left_out_and_counted(page: Person) -> None:
    odd = st.one_of(
        st.none(),
        st.integers(),
        st.text(),
        st.lists(st.integers()),
        entries().map(lambda one: {**one, "id": one["id"].upper() + "x"}),
        entries().map(lambda one: {**one, "more": 1}),
        entries().map(lambda one: {**one, "at": -1}),
        entries().map(lambda one: {**one, "data": {**one["data"], "other": 1}}),
    )

    @often
    @given(histories(), st.lists(odd, max_size=4), st.randoms(use_true_random=False))
    def sort_out(kept: list[Entry], odds: list[Any], order: Any) -> None:
        mixed = [*kept, *odds]
        order.shuffle(mixed)
        # The same id a second time would make the journal refuse all of it.
        text = json.dumps({"easeback": 1, "entries": [*mixed, *kept[:1]]})
        read = ask(page, "fromBackup(text)", text=text)
        assert read["refused"] == len(odds) + len(kept[:1])
        assert read["entries"] == [one for one in mixed if one in kept]

    sort_out()


# --- CSV -------------------------------------------------------------------------------------


def rows_of(text: str) -> list[dict[str, str]]:
    """Return the lines of a table as a strict reader finds them, formulas made texts again."""
    assert text.startswith("\ufeff")
    assert text.endswith("\r\n")
    head, *rows = csv.reader(io.StringIO(text[1:], newline=""), strict=True)
    assert head == ["id", "time", "kind", *FIELDS]
    assert all(len(row) == len(head) for row in rows)
    return [dict(zip(head, (cell.removeprefix("'") for cell in row), strict=True)) for row in rows]


def read_back(row: dict[str, str]) -> Entry:
    """Return the entry that a line of the table tells of."""
    time, values = datetime.fromisoformat(row["time"]), {name: row[name] for name in FIELDS}
    offset = time.utcoffset()
    assert offset is not None
    numbers = {name: int(values[name]) for name in values if values[name].isdecimal()}
    data: dict[str, Any] = {}
    match row["kind"]:
        case "feel":
            can = {name: numbers[name] for name in FUNCTIONS if name in numbers}
            data = {"pain": numbers["pain"], "can": can}
        case "measure":
            pair = {name: numbers.get(name) for name in ("before", "after")}
            data = {"what": values["what"], "minutes": numbers["minutes"], **pair}
            data |= {"card": values["card"]} if values["card"] else {}
        case "check":
            reasons = values["reasons"].split("\n") if values["reasons"] else []
            data = {**{n: values[n] for n in ("urgency", "release")}, "reasons": reasons}
        case "begin":
            data = {"region": values["region"]}
        case "medicine" | "note":
            data = {"text": values["text"]}
    return {
        "id": row["id"],
        "at": (time - EPOCH) // timedelta(milliseconds=1),
        "zone": offset // timedelta(minutes=1),
        "kind": row["kind"],
        "data": data,
    }


def as_told(one: Entry) -> Entry:
    """Return the entry as a table can hold it: each reason on a line, nothing unfit."""
    data = dict(one["data"])
    if "text" in data:
        data["text"] = shown(data["text"])
    if "reasons" in data:
        data["reasons"] = [" ".join(reason.split()) for reason in data["reasons"] if reason]
    return {**one, "data": data}


def test_a_table_read_by_another_gives_the_entries_back(page: Person) -> None:
    # What a line of its own makes of a reason is a matter of its spaces only.
    plain = st.lists(st.text("abc .,;\"'=-<é👩").map(str.strip), max_size=3)

    @often
    @given(lists, plain)
    @example(HOSTILE_NOTES, ["=1", "two"])
    def read(known: list[Entry], reasons: list[str]) -> None:
        for one in known:
            if one["kind"] == "check":
                one["data"]["reasons"] = reasons
        rows = rows_of(ask(page, "toCsv(known)", known=known))
        expected = [as_told(one) for one in known]
        assert [read_back(row) for row in rows] == expected

    read()


def test_no_cell_begins_as_a_formula_does(page: Person) -> None:
    @often
    @given(lists)
    @example(HOSTILE_NOTES)
    @example([entry(1, "check", {"urgency": "soon", "reasons": list(HOSTILE), "release": "=1"})])
    def look(known: list[Entry]) -> None:
        text = ask(page, "toCsv(known)", known=known)
        for row in csv.reader(io.StringIO(text[1:], newline=""), strict=True):
            assert not [cell for cell in row if re.match(r"[\s=+\-@＝＋－＠]", cell)]

    look()


# --- FHIR ------------------------------------------------------------------------------------


def bundle_of(page: Person, known: list[Entry], language: str = "en") -> Any:
    """Return the bundle, which has passed the library."""
    about = {"now": NOW, "language": language}
    raw = ask(page, "toFhir(known, about)", known=known, about=about)
    return Bundle.model_validate_json(json.dumps(raw))


def expected_pains(known: list[Entry]) -> list[tuple[datetime, int, str]]:
    found = []
    for one in known:
        at, data = one["at"], one["data"]
        earlier = at - data.get("minutes", 0) * MINUTE
        for when, name in ((at, "pain"), (earlier, "before"), (at, "after")):
            if data.get(name) is not None:
                zone = timezone(timedelta(minutes=one["zone"]))
                moment = (EPOCH + timedelta(milliseconds=when)).astimezone(zone)
                found.append((moment, data[name], f"urn:uuid:{one['id']}"))
    return found


def test_a_bundle_is_valid_and_holds_each_pain_with_its_moment(page: Person) -> None:
    @often
    @given(lists)
    @example([])
    @example(HOSTILE_NOTES)
    def hold(known: list[Entry]) -> None:
        bundle = bundle_of(page, known, "ar")
        assert (bundle.type, bundle.language) == ("collection", "ar")
        parts = bundle.entry or []
        addresses = [part.fullUrl for part in parts]
        assert len(set(addresses)) == len(addresses)
        assert all(
            re.fullmatch(r"urn:uuid:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", a)
            for a in addresses
        )
        seen = [p.resource for p in parts if p.resource.get_resource_type() == "Observation"]
        assert all((one.status, one.language) == ("final", "ar") for one in seen)
        assert {one.code.coding[0].code for one in seen} <= {"72514-3"}
        assert all(one.subject is None for one in seen)
        held = [
            (one.effectiveDateTime, int(one.valueQuantity.value), one.derivedFrom[0].reference)
            for one in seen
        ]
        assert held == expected_pains(known)
        offsets = [moment.utcoffset() for moment, _, _ in held]
        assert offsets == [moment.utcoffset() for moment, _, _ in expected_pains(known)]

    hold()


def test_a_bundle_holds_each_answer_and_each_text(page: Person) -> None:
    @often
    @given(lists)
    @example(HOSTILE_NOTES)
    def hold(known: list[Entry]) -> None:
        parts = bundle_of(page, known).entry or []
        own = {part.fullUrl.removeprefix("urn:uuid:"): part.resource for part in parts}
        for one in known:
            response = own[one["id"]]
            assert (response.status, response.get_resource_type()) == (
                "completed",
                "QuestionnaireResponse",
            )
            (item,) = response.item
            assert item.linkId == one["kind"]
            assert told(item) == expected_answers(one)

    hold()


def told(item: Any) -> dict[str, list[Any]]:
    """Return the answers of a response by the ends of their ids."""
    return {
        one.linkId.partition(".")[2]: [
            answer.valueString if answer.valueInteger is None else answer.valueInteger
            for answer in one.answer
        ]
        for one in item.item or ()
    }


def expected_answers(one: Entry) -> dict[str, list[Any]]:
    data = one["data"]
    flat = {**data, **{name: DEGREES[n] for name, n in data.get("can", {}).items()}}
    flat.pop("can", None)
    found = {}
    for name, value in flat.items():
        values = value if isinstance(value, list) else [value]
        kept = [v if isinstance(v, int) else shown(v) for v in values if not blank(v)]
        if kept:
            found[name] = kept
    return found


def blank(value: object) -> bool:
    # Python counts the separators U+001C to U+001F as spaces, and U+FEFF not; scripts the other way
    # round. U+0085 is one to readers of FHIR.
    spaces = "\t\n\v\f\r \u0085\u00a0\u1680\u2028\u2029\u202f\u205f\u3000\ufeff"
    spaces += "".join(map(chr, range(0x2000, 0x200B)))
    return value is None or (isinstance(value, str) and not value.strip(spaces))


def test_half_a_letter_and_a_time_that_cannot_be_written_harm_nothing(page: Person) -> None:
    known = [
        note(1, "half \ud83d"),
        entry(2, "feel", {"pain": 3, "can": {}}, 8_640_000_000_000_000),
        {**entry(3, "feel", {"pain": 4, "can": {}}), "zone": 1440},
        {**entry(4, "feel", {"pain": 5, "can": {}}, 0), "zone": -840},
    ]
    parts = bundle_of(page, known).entry
    assert parts[0].resource.item[0].item[0].answer[0].valueString == "half \ufffd"
    times = [part.resource.effectiveDateTime for part in parts if part.fullUrl[9] == "1"]
    assert [time.year for time in times] == [9999, 2026, 1969]
    assert times[1] == datetime.fromtimestamp(NOW / 1000, UTC)
    rows = rows_of(ask(page, "toCsv(known)", known=known))
    assert [row["time"][:4] for row in rows] == ["2026", "9999", "2026", "1969"]
    assert "half \ufffd" in ask(page, "toText(known, words)", known=known, words=WORDS)


# --- text ------------------------------------------------------------------------------------

DAY = 86_400_000
STORY = [
    entry(0, "feel", {"pain": 2, "can": {}}, NOW - 30 * DAY),
    entry(1, "note", {"text": "Slept badly."}, NOW - 30 * DAY + 1),
    entry(2, "begin", {"region": "low-back"}, NOW - 3 * DAY),
    entry(3, "feel", {"pain": 8, "can": {"walk": 2, "sit": 1}}, NOW - 3 * DAY + 1),
    entry(
        4, "check", {"urgency": "soon", "reasons": ["Six weeks", ""], "release": "r"}, NOW - 2 * DAY
    ),
    entry(5, "measure", {"what": "heat", "minutes": 15, "before": 7, "after": 5}, NOW - 2 * DAY),
    entry(6, "measure", {"what": "heat", "minutes": 15, "before": 6, "after": None}, NOW - DAY),
    entry(
        7,
        "measure",
        {"what": "exercise", "card": "cat", "minutes": 5, "before": None, "after": None},
        NOW - DAY,
    ),
    entry(8, "medicine", {"text": "two of the white ones"}, NOW - DAY),
    entry(9, "feel", {"pain": 4, "can": {"walk": 0}}, NOW - DAY),
    entry(10, "note", {"text": "Better.\nNOTES\nall well"}, NOW),
    entry(11, "recovered", {}, NOW + 1),
]


TOLD = """\
TITLE
ABOUT

BEGAN: Nov 20, 2026, 3:13 AM
ENDED: Nov 23, 2026, 3:13 AM
PLACE: Low back

COURSE
1: 8 · 3: 4

FUNCTION
Sit: WORST With trouble · LAST With trouble
Walk: WORST Not at all · LAST As always

TRIED
Warmth: 2 × · \u200e−2.0 (1 ×) · few
Exercise (The cat): 1 × · few

CHECKS
Nov 21, 2026, 3:13 AM: See a doctor · Six weeks

MEDICINES
Nov 22, 2026, 3:13 AM: two of the white ones

NOTES
Nov 23, 2026, 3:13 AM: Better.
    NOTES
    all well

OUTSIDE

COURSE
1: 2

NOTES
Oct 24, 2026, 3:13 AM: Slept badly.
"""


def test_a_doctor_reads_it_in_a_minute(page: Person) -> None:
    text = ask(page, "toText(known, words)", known=STORY[::-1], words=WORDS)
    assert text.replace("\u202f", " ") == TOLD
    going_on = ask(page, "toText(known, words)", known=STORY[-2:1:-1], words=WORDS)
    assert going_on.splitlines()[4] == "OPEN"


def test_each_text_is_told_and_no_line_of_it_passes_for_ours(page: Person) -> None:
    headings = {value for key, value in WORDS.items() if key.startswith("text.")}

    @often
    @given(st.lists(texts | st.sampled_from([f"x\n{h}\ry" for h in headings]), max_size=5))
    @example(list(HOSTILE))
    def tell(lines: list[str]) -> None:
        known = [note(number, line) for number, line in enumerate(lines)][::-1]
        text = ask(page, "toText(known, words)", known=known, words=WORDS)
        for line in lines:
            assert re.sub("\r\n?|[\n\x85\u2028\u2029]", "\n    ", shown(line)) in text
        own = [row for row in re.split("[\r\n\x85\u2028\u2029]", text) if row[:4].strip()]
        heads = ["TITLE", "ABOUT", *(["OUTSIDE", "NOTES"] if lines else ["NONE"])]
        assert [row for row in own if row in headings] == heads
        assert len(own) == len(heads) + len(lines)

    tell()


# --- all -------------------------------------------------------------------------------------


def test_how_an_entry_was_written_down_makes_no_difference(page: Person) -> None:
    calls = ("toCsv(known)", "toText(known, words)", "toFhir(known, about)")
    more = {"words": {**WORDS, "language": "ar"}, "about": {"now": NOW, "language": "ar"}}

    @some
    @given(lists)
    def again(known: list[Entry]) -> None:
        turned = [
            dict(reversed([*one.items(), ("data", dict(reversed(one["data"].items())))]))
            for one in known
        ]
        for call in calls:
            first, second = (ask(page, call, known=one, **more) for one in (known, turned))
            assert json.dumps(first) == json.dumps(second)

    again()
