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
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.support.entries import FUNCTIONS, HOSTILE, NOW, Entry, entries, histories, id_of, texts
from tests.support.scripts import Script, ScriptFault

MINUTE = 60_000
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
DEGREES = ("as-always", "with-trouble", "not-at-all")
FIELDS = (
    *("region", "pain", *FUNCTIONS, "urgency", "reasons", "release"),
    *("what", "card", "minutes", "before", "after", "text"),
)
ENDS = "[,;|\t\n\v\f\r\x85\u2028\u2029]"
"""What some spreadsheet takes for the end of a cell or a line."""
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

often = settings(max_examples=100, deadline=None)

lists = st.lists(entries(), max_size=8, unique_by=lambda entry: entry["id"])


def entry(number: int, kind: str, data: dict[str, Any], at: int = NOW, **more: Any) -> Entry:
    return {"id": id_of(number), "at": at, "zone": 60, "kind": kind, "data": data, **more}


def note(number: int, text: str) -> Entry:
    return entry(number, "note", {"text": text})


HOSTILE_NOTES = [note(number, text) for number, text in enumerate(HOSTILE)]


def shown(text: str) -> str:
    """Return the text as it leaves the journal."""
    return "".join("\ufffd" if ord(letter) in UNFIT else letter for letter in text)


# --- backup ----------------------------------------------------------------------------------


def test_a_backup_read_back_is_what_was_kept(export: Script) -> None:
    @often
    @given(histories())
    @example(HOSTILE_NOTES)
    @example([note(1, "half \ud83d")])
    def keep(kept: list[Entry]) -> None:
        text = export.toCopy(kept, NOW)
        made = datetime.fromtimestamp(NOW / 1000, UTC)
        assert datetime.fromisoformat(json.loads(text)["made"]) == made
        assert json.loads(text)["easeback"] == 1
        assert export.fromCopy(text) == {"entries": kept, "refused": 0}

    keep()


def test_what_is_no_backup_is_refused_with_the_reason(export: Script) -> None:
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
    assert {text: refusal(export, text) for text in whys} == whys


def test_a_backup_has_a_largest_size(export: Script) -> None:
    largest = export.constant("LARGEST_COPY")
    padded = '{"easeback":1,"entries":[]}'.ljust
    assert [refusal(export, padded(largest + more)) for more in (0, 1)] == [None, "size"]
    many = (json.dumps({"easeback": 1, "entries": [0] * count}) for count in (50_000, 50_001))
    assert [refusal(export, text) for text in many] == [None, "size"]


def refusal(export: Script, text: str) -> Any:
    """Return why the text is no backup; None where it is one."""
    try:
        export.fromCopy(text)
    except ScriptFault as fault:
        return fault.why if fault.name == "NoCopy" else fault.name
    return None


def test_what_is_no_entry_is_left_out_and_counted(export: Script) -> None:
    odd = st.one_of(
        st.none(),
        st.integers(),
        st.text(),
        st.lists(st.integers()),
        entries().map(lambda entry: {**entry, "id": entry["id"].upper() + "x"}),
        entries().map(lambda entry: {**entry, "more": 1}),
        entries().map(lambda entry: {**entry, "at": -1}),
        entries().map(lambda entry: {**entry, "data": {**entry["data"], "other": 1}}),
    )

    @often
    @given(histories(), st.lists(odd, max_size=4), st.randoms(use_true_random=False))
    def sort_out(kept: list[Entry], odds: list[Any], order: Any) -> None:
        mixed = [*kept, *odds]
        order.shuffle(mixed)
        # The same id a second time would make the journal refuse all of it.
        text = json.dumps({"easeback": 1, "entries": [*mixed, *kept[:1]]})
        read = export.fromCopy(text)
        assert read["refused"] == len(odds) + len(kept[:1])
        assert read["entries"] == [part for part in mixed if part in kept]

    sort_out()


# --- CSV -------------------------------------------------------------------------------------


def rows_of(text: str) -> list[dict[str, str]]:
    """Return the lines of a table as a strict reader finds them, formulas made texts again."""
    assert text.startswith("\ufeff")
    assert text.endswith("\r\n")
    head, *rows = csv.reader(io.StringIO(text[1:], newline=""), strict=True)
    assert head == ["id", "time", "kind", *FIELDS]
    assert all(len(row) == len(head) for row in rows)
    return [dict(zip(head, map(unmarked, row), strict=True)) for row in rows]


def unmarked(cell: str) -> str:
    """Return the cell without what keeps it from being a formula."""
    return re.sub(f"(^|{ENDS})'", r"\1", cell)


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


def as_told(entry: Entry) -> Entry:
    """Return the entry as a table can hold it: each reason on a line, nothing unfit."""
    data = dict(entry["data"])
    if "text" in data:
        data["text"] = shown(data["text"])
    if "reasons" in data:
        data["reasons"] = [" ".join(reason.split()) for reason in data["reasons"] if reason]
    return {**entry, "data": data}


def test_a_table_read_by_another_gives_the_entries_back(export: Script) -> None:
    # What a line of its own makes of a reason is a matter of its spaces only.
    plain = st.lists(st.text("abc .,;\"'=-<é👩").map(str.strip), max_size=3)

    @often
    @given(lists, plain)
    @example(HOSTILE_NOTES, ["=1", "two"])
    def read(known: list[Entry], reasons: list[str]) -> None:
        for entry in known:
            if entry["kind"] == "check":
                entry["data"]["reasons"] = reasons
        rows = rows_of(export.toCsv(known))
        expected = [as_told(entry) for entry in known]
        assert [read_back(row) for row in rows] == expected

    read()


def test_no_cell_begins_as_a_formula_does(export: Script) -> None:
    @often
    @given(lists)
    @example(HOSTILE_NOTES)
    @example([entry(1, "check", {"urgency": "soon", "reasons": list(HOSTILE), "release": "=1"})])
    def look(known: list[Entry]) -> None:
        text = export.toCsv(known)
        for row in csv.reader(io.StringIO(text[1:], newline=""), strict=True):
            assert not [cell for cell in row if re.match(r"[\s=+\-@＝＋－＠]", cell)]
            assert not [cell for cell in row if re.search(rf'{ENDS}[ "]*[=+\-@＝＋－＠]', cell)]

    look()


@pytest.mark.parametrize("separator", [*",;|\t\n\r\v\f\x85\u2028\u2029", "\r\n", ";;", ", ;"])
@pytest.mark.parametrize("before", ["", " ", "\u00a0", '"', ' "" ', "\u3000"])
def test_no_formula_begins_where_another_spreadsheet_ends_a_cell(
    export: Script, separator: str, before: str
) -> None:
    texts = [f"well{separator}{before}{sign}1+1" for sign in "=+-@＝＋－＠"]
    reasons = {"urgency": "soon", "reasons": texts, "release": texts[0][:40]}
    known = [entry(99, "check", reasons), *(note(n, text) for n, text in enumerate(texts))]
    table = export.toCsv(known)
    assert not re.search(rf"{ENDS}[\s\"]*[=+\-@＝＋－＠]", table)
    for delimiter in ",;|\t":
        for row in csv.reader(io.StringIO(table[1:], newline=""), delimiter=delimiter):
            assert not [cell for cell in row if re.match(r'[\s"]*[=+\-@＝＋－＠]', cell)]
    told = [row["text"] for row in rows_of(table)[1:]]
    assert told == [shown(text) for text in texts]


# --- FHIR ------------------------------------------------------------------------------------


def bundle_of(export: Script, known: list[Entry], language: str = "en") -> Any:
    """Return the bundle, which has passed the library."""
    raw = export.toFhir(known, {"now": NOW, "language": language})
    return Bundle.model_validate_json(json.dumps(raw))


def expected_pains(known: list[Entry]) -> list[tuple[datetime, int, str]]:
    found = []
    for entry in known:
        at, data = entry["at"], entry["data"]
        earlier = at - data.get("minutes", 0) * MINUTE
        for when, name in ((at, "pain"), (earlier, "before"), (at, "after")):
            if data.get(name) is not None:
                zone = timezone(timedelta(minutes=entry["zone"]))
                moment = (EPOCH + timedelta(milliseconds=when)).astimezone(zone)
                found.append((moment, data[name], f"urn:uuid:{entry['id']}"))
    return found


def test_a_bundle_is_valid_and_holds_each_pain_with_its_moment(export: Script) -> None:
    @often
    @given(lists)
    @example([])
    @example(HOSTILE_NOTES)
    def hold(known: list[Entry]) -> None:
        bundle = bundle_of(export, known, "ar")
        assert (bundle.type, bundle.language) == ("collection", "ar")
        parts = bundle.entry or []
        addresses = [part.fullUrl for part in parts]
        assert len(set(addresses)) == len(addresses)
        assert all(
            re.fullmatch(r"urn:uuid:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", a)
            for a in addresses
        )
        seen = [p.resource for p in parts if p.resource.get_resource_type() == "Observation"]
        assert all((pain.status, pain.language) == ("final", "ar") for pain in seen)
        assert {pain.code.coding[0].code for pain in seen} <= {"72514-3"}
        assert all(pain.subject is None for pain in seen)
        held = [
            (pain.effectiveDateTime, int(pain.valueQuantity.value), pain.derivedFrom[0].reference)
            for pain in seen
        ]
        assert held == expected_pains(known)
        offsets = [moment.utcoffset() for moment, _, _ in held]
        assert offsets == [moment.utcoffset() for moment, _, _ in expected_pains(known)]

    hold()


def test_a_bundle_holds_each_answer_and_each_text(export: Script) -> None:
    @often
    @given(lists)
    @example(HOSTILE_NOTES)
    def hold(known: list[Entry]) -> None:
        parts = bundle_of(export, known).entry or []
        own = {part.fullUrl.removeprefix("urn:uuid:"): part.resource for part in parts}
        for entry in known:
            response = own[entry["id"]]
            assert (response.status, response.get_resource_type()) == (
                "completed",
                "QuestionnaireResponse",
            )
            (item,) = response.item
            assert item.linkId == entry["kind"]
            assert told(item) == expected_answers(entry)

    hold()


def told(item: Any) -> dict[str, list[Any]]:
    """Return the answers of a response by the ends of their ids."""
    return {
        part.linkId.partition(".")[2]: [
            answer.valueString if answer.valueInteger is None else answer.valueInteger
            for answer in part.answer
        ]
        for part in item.item or ()
    }


def expected_answers(entry: Entry) -> dict[str, list[Any]]:
    data = entry["data"]
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


def test_half_a_letter_and_a_time_that_cannot_be_written_harm_nothing(export: Script) -> None:
    known = [
        note(1, "half \ud83d"),
        entry(2, "feel", {"pain": 3, "can": {}}, 8_640_000_000_000_000),
        {**entry(3, "feel", {"pain": 4, "can": {}}), "zone": 1440},
        {**entry(4, "feel", {"pain": 5, "can": {}}, 0), "zone": -840},
    ]
    parts = bundle_of(export, known).entry
    assert parts[0].resource.item[0].item[0].answer[0].valueString == "half \ufffd"
    times = [part.resource.effectiveDateTime for part in parts if part.fullUrl[9] == "1"]
    assert [time.year for time in times] == [9999, 2026, 1969]
    assert times[1] == datetime.fromtimestamp(NOW / 1000, UTC)
    rows = rows_of(export.toCsv(known))
    assert [row["time"][:4] for row in rows] == ["2026", "9999", "2026", "1969"]
    assert "half \ufffd" in export.toText(known, WORDS)


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


def test_a_doctor_reads_it_in_a_minute(export: Script) -> None:
    text = export.toText(STORY[::-1], WORDS)
    assert text.replace("\u202f", " ") == TOLD
    going_on = export.toText(STORY[-2:1:-1], WORDS)
    assert going_on.splitlines()[4] == "OPEN"


def test_each_text_is_told_and_no_line_of_it_passes_for_ours(export: Script) -> None:
    headings = {value for key, value in WORDS.items() if key.startswith("text.")}

    @often
    @given(st.lists(texts | st.sampled_from([f"x\n{h}\ry" for h in headings]), max_size=5))
    @example(list(HOSTILE))
    def tell(lines: list[str]) -> None:
        known = [note(number, line) for number, line in enumerate(lines)][::-1]
        text = export.toText(known, WORDS)
        for line in lines:
            assert re.sub("\r\n?|[\n\x85\u2028\u2029]", "\n    ", shown(line)) in text
        own = [row for row in re.split("[\r\n\x85\u2028\u2029]", text) if row[:4].strip()]
        heads = ["TITLE", "ABOUT", *(["OUTSIDE", "NOTES"] if lines else ["NONE"])]
        assert [row for row in own if row in headings] == heads
        assert len(own) == len(heads) + len(lines)

    tell()


# --- all -------------------------------------------------------------------------------------


def test_how_an_entry_was_written_down_makes_no_difference(export: Script) -> None:

    @often
    @given(lists)
    def again(known: list[Entry]) -> None:
        turned = [
            dict(reversed([*entry.items(), ("data", dict(reversed(entry["data"].items())))]))
            for entry in known
        ]
        first, second = (told_in_arabic(export, entries) for entries in (known, turned))
        assert json.dumps(first) == json.dumps(second)

    again()


def told_in_arabic(export: Script, known: list[Entry]) -> list[Any]:
    about = {"now": NOW, "language": "ar"}
    words = {**WORDS, "language": "ar"}
    return [export.toCsv(known), export.toText(known, words), export.toFhir(known, about)]
