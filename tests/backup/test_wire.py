from __future__ import annotations

import hashlib

import pytest

from webapp.backup import wire

VAULT = "0123456789abcdef" * 2
TOKEN = "fedcba9876543210" * 4
ENTRY = "0192f0c1-2345-7abc-8def-0123456789ab"


def test_a_key_is_the_vault_and_what_the_token_hashes_to() -> None:
    key = wire.key(VAULT, f"Bearer {TOKEN}")
    assert key.vault.hex() == VAULT
    assert key.token_hash == hashlib.sha256(bytes.fromhex(TOKEN)).digest()


@pytest.mark.parametrize(
    ("vault", "authorization"),
    [
        (VAULT[1:], f"Bearer {TOKEN}"),
        (VAULT + "0", f"Bearer {TOKEN}"),
        (VAULT.upper(), f"Bearer {TOKEN}"),
        (VAULT + "\n", f"Bearer {TOKEN}"),
        ("٣" * 32, f"Bearer {TOKEN}"),
        (VAULT, ""),
        (VAULT, TOKEN),
        (VAULT, f"Basic {TOKEN}"),
        (VAULT, f"bearer {TOKEN}"),
        (VAULT, f"Bearer {TOKEN[2:]}"),
        (VAULT, f"Bearer {TOKEN.upper()}"),
        (VAULT, f"Bearer {TOKEN}\n"),
    ],
)
def test_what_can_be_no_key_is_missing(vault: str, authorization: str) -> None:
    with pytest.raises(wire.Missing):
        wire.key(vault, authorization)


@pytest.mark.parametrize("sequence", ["0", "1", "9007199254740991"])
def test_an_entry_is_taken_as_it_was_sent(sequence: str) -> None:
    longest = bytes(wire.LONGEST_BODY)
    sealed = wire.sealed(ENTRY, sequence, longest)
    assert (sealed.id.hex(), sealed.sequence) == (ENTRY.replace("-", ""), int(sequence))
    assert sealed.body == longest


@pytest.mark.parametrize(
    ("entry", "sequence", "body", "refused"),
    [
        (ENTRY.upper(), "1", b"x", wire.Refused),
        (ENTRY.replace("-", ""), "1", b"x", wire.Refused),
        (ENTRY + "\n", "1", b"x", wire.Refused),
        (ENTRY, "", b"x", wire.Refused),
        (ENTRY, "-1", b"x", wire.Refused),
        (ENTRY, "01", b"x", wire.Refused),
        (ENTRY, "1.0", b"x", wire.Refused),
        (ENTRY, "١", b"x", wire.Refused),
        (ENTRY, "9007199254740992", b"x", wire.Refused),
        (ENTRY, "9" * 5000, b"x", wire.Refused),
        (ENTRY, "1", b"", wire.Refused),
        (ENTRY, "1", bytes(wire.LONGEST_BODY + 1), wire.TooLarge),
    ],
)
def test_a_wrong_entry_is_refused(
    entry: str, sequence: str, body: bytes, refused: type[wire.Refused]
) -> None:
    with pytest.raises(wire.Refused) as caught:
        wire.sealed(entry, sequence, body)
    assert type(caught.value) is refused


def test_a_header_has_a_size() -> None:
    assert wire.header(bytes(2048)) == bytes(2048)
    with pytest.raises(wire.TooLarge):
        wire.header(bytes(2049))
    with pytest.raises(wire.Refused):
        wire.header(b"")


def test_a_page_names_the_last_entry_as_its_cursor() -> None:
    entry = wire.sealed(ENTRY, "7", b"\x00\xff")
    assert wire.page([entry], None, more=True) == {
        "entries": [{"id": ENTRY, "sequence": 7, "body": "AP8="}],
        "cursor": ENTRY,
        "more": True,
    }
    assert wire.page([], entry.id, more=False)["cursor"] == ENTRY
    assert wire.page([], None, more=False)["cursor"] == ""
    assert wire.cursor(ENTRY) == entry.id
    assert wire.cursor("") is None
