"""A journal as a bundle, read by a FHIR library."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

from hypothesis import example, given

from tests.support.entries import Entry
from tests.support.handed_on import HOSTILE_NOTES, MINUTE, bundle_of, lists, often, shown
from tests.support.scripts import Script

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
DEGREES = ("as-always", "with-trouble", "not-at-all")


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


def test_a_bundle_is_valid_and_holds_each_pain_with_its_moment(fhir: Script) -> None:
    @often
    @given(lists)
    @example([])
    @example(HOSTILE_NOTES)
    def hold(known: list[Entry]) -> None:
        bundle = bundle_of(fhir, known, "ar")
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


def test_a_bundle_holds_each_answer_and_each_text(fhir: Script) -> None:
    @often
    @given(lists)
    @example(HOSTILE_NOTES)
    def hold(known: list[Entry]) -> None:
        parts = bundle_of(fhir, known).entry or []
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
