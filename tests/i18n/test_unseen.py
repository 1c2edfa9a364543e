from __future__ import annotations

import pytest

from webapp.i18n.unseen import holds_unseen

SEEN = {
    "letters": "Clínica Norte, عيادة رِجل 12",
    "signs": "« – … ° ½ 😀 »",
    "joiners of letters": "می\u200cخواهم \u200d",
    "an isolate that is closed": "call \u2068112\u2069 now",
    "isolates within each other": "\u2067a \u2066b\u2069\u2069",
}
UNSEEN = {
    "a control": "a\x07",
    "a line's end": "a\nb",
    "a separator of lines": "a\u2028b",
    "a mark that turns": "a\u202eb",
    "a mark of direction": "a\u200fb",
    "no width": "a\u200bb",
    "a soft hyphen": "a\u00adb",
    "a mark of byte order": "\ufeffa",
    "half a letter": "a\udcff",
    "no letter at all": "a\U000e0001",
    "an isolate that stays open": "a \u2067b",
    "an isolate that was not opened": "a\u2069 b",
    "isolates the wrong way round": "a\u2069 \u2068b",
}


@pytest.mark.parametrize("text", SEEN.values(), ids=SEEN)
def test_what_people_write_is_seen(text: str) -> None:
    assert not holds_unseen(text)


@pytest.mark.parametrize("text", UNSEEN.values(), ids=UNSEEN)
def test_what_could_change_a_text_without_being_seen_is_found(text: str) -> None:
    assert holds_unseen(text)
