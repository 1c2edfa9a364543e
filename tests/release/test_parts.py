from __future__ import annotations

import hashlib
import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.support import packed
from tests.support.site import build
from webapp.i18n import catalogues
from webapp.i18n.locales import LANGUAGES
from webapp.knowledge.conditions import NEVER
from webapp.release.numbering import Version
from webapp.release.parts import Asset, Release, Site
from webapp.release.programs import Entry
from webapp.web import site
from webapp.web.site import Build

ROOT = Path(site.__file__).parents[2]
RELEASE = build().release
SITE = RELEASE.site
COMPILER = build().prover.compiler
WORKER = RELEASE.worker.decode()
TOLD: dict[str, Any] = json.loads(
    re.match(r"const RELEASE = \((\{.*\})\);const PREFIX", WORKER)[1]  # type: ignore[index]
)


def made(changed: Site) -> Release:
    return Release(changed, COMPILER)


def again() -> Build:
    """Return what the release was made from, made once more."""
    return site.build(catalogues.load([words.language for words in build().words]))


def test_the_same_input_gives_the_same_release() -> None:
    other = again().release
    assert other.id == RELEASE.id
    assert other.worker == RELEASE.worker
    assert [*other.files.items()] == [*RELEASE.files.items()]


def test_what_was_proved_before_changes_nothing_in_the_release() -> None:
    proved = again()
    assert all(verdict.holds for verdict in proved.prover.prove())
    assert proved.release.id == RELEASE.id


def test_another_process_makes_the_same_release() -> None:
    program = "from tests.support.site import build; print(build().release.worker.decode(), end='')"
    seed = "1" if os.environ.get("PYTHONHASHSEED") != "1" else "2"
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONHASHSEED": seed},
        capture_output=True,
        check=True,
    )
    assert done.stdout == RELEASE.worker


def _text(before: Site) -> Site:
    *rows, last = before.fragments
    return replace(before, fragments=[*rows, (*last[:-1], last[-1] + "!")])


def _asset(before: Site) -> Site:
    url, asset = next((u, a) for u, a in before.assets.items() if a.path == "js/app.js")
    content = asset.content + b"\n"
    return replace(before, assets={**before.assets, url: replace(asset, content=content)})


def _new_asset(before: Site) -> Site:
    more = Asset("js/more.js", "text/javascript; charset=utf-8", b"")
    return replace(before, assets={**before.assets, "/assets/more.js": more})


def _program(before: Site) -> Site:
    (first, *rest) = before.programs["now/"]
    program = (Entry(NEVER, first.step), *rest)
    return replace(before, programs={**before.programs, "now/": program})


def _status(before: Site) -> Site:
    page = replace(before.pages["now/"], status=404)
    return replace(before, pages={**before.pages, "now/": page})


CHANGES: dict[str, Callable[[Site], Site]] = {
    "a text in one language": _text,
    "an asset": _asset,
    "one asset more": _new_asset,
    "a program": _program,
    "a status": _status,
    "the worker": lambda before: replace(before, worker=before.worker + "\n"),
    "the emergency page": lambda before: replace(
        before, last_resorts=("!", *before.last_resorts[1:])
    ),
    "a header": lambda before: replace(before, headers={**before.headers, "X-New": "1"}),
    "what is not found": lambda before: replace(before, not_found="failed/"),
    "what has not arrived": lambda before: replace(before, not_here_yet="failed/"),
    "what is deferred": lambda before: replace(before, ready_fragments=len(before.fragments)),
    "what never changes its address": lambda before: replace(before, fixed=()),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_whatever_changes_the_release_has_another_id(change: Callable[[Site], Site]) -> None:
    after = made(change(SITE))
    assert after.fingerprint != RELEASE.fingerprint
    assert after.id != RELEASE.id


def test_another_number_is_another_release_of_the_same_bytes() -> None:
    for version in (Version(SITE.version.number + 1), Version(SITE.version.number, 1)):
        after = made(replace(SITE, version=version))
        assert after.id != RELEASE.id
        assert after.fingerprint == RELEASE.fingerprint
        assert after.files.keys() == RELEASE.files.keys()


def test_a_change_in_one_language_leaves_the_texts_of_the_others_alone() -> None:
    word = max(texts(RELEASE, SITE.languages[-1]), key=len)
    rows = [(*row[:-1], row[-1].replace(word, f"{word}!")) for row in SITE.fragments]
    changed = made(replace(SITE, fragments=rows))
    *others, last = SITE.languages
    for code in others:
        assert texts(changed, code) == texts(RELEASE, code)
    assert texts(changed, last) != texts(RELEASE, last)


def texts(release: Release, code: str) -> list[str]:
    return list(json.loads(release.packs[code].content)["strings"])


def test_the_address_of_a_file_carries_its_hash() -> None:
    for url, file in RELEASE.files.items():
        digest = hashlib.sha256(file.content).hexdigest()
        assert digest.startswith(file.digest)
        assert url == file.url
        assert digest[:16] in url


def test_the_worker_knows_every_part_by_its_hash() -> None:
    assert TOLD["id"] == RELEASE.id
    assert tuple(TOLD["version"]) == SITE.version
    assert TOLD["languages"] == list(SITE.languages)
    deferred = ("deferred", *(f"{code}-deferred" for code in SITE.languages))
    assert tuple(TOLD["parts"]) == ("core", *SITE.languages, *deferred)
    for name, digest in TOLD["parts"].items():
        assert len(digest) == 32
        assert RELEASE.parts[name].digest == digest
        assert RELEASE.parts[name].url == f"/release/{name}.{digest[:16]}.json"


def test_worker_and_packs_hold_a_page_for_the_worst_day_each_in_its_language() -> None:
    for language in LANGUAGES:
        pack = json.loads(RELEASE.packs[language.code].content)
        page = pack["lastResort"] if "lastResort" in pack else TOLD["lastResort"]
        assert f'lang="{language.code}" dir="{language.dir}"' in page
        assert "tel:112" in page
        assert "<script" not in page
    assert 'lang="en"' in TOLD["lastResort"]


def test_no_part_names_the_release_or_another_part() -> None:
    for file in RELEASE.files.values():
        text = file.content.decode()
        assert RELEASE.id not in text
        assert not [other.digest for other in RELEASE.parts.values() if other.digest[:16] in text]


def changed_parts(change: Callable[[Site], Site]) -> set[str]:
    """Return the parts that a phone fetches after a change, besides the worker."""
    after = made(change(SITE))
    assert after.worker != RELEASE.worker
    return {name for name, part in after.parts.items() if part.url != RELEASE.parts[name].url}


def _sentence(column: int, route: str) -> Callable[[Site], Site]:
    """Return what adds a mark to a sentence that the page has to itself."""

    def change(before: Site) -> Site:
        first = before.ready_fragments if before.pages[route].deferred else 1
        steps = [entry.step for entry in before.programs[route] if entry.step >= first]
        # What is the same in two languages, such as a title, is no sentence.
        sentence = max(
            (
                words
                for row in map(before.fragments.__getitem__, steps)
                for words in re.findall(r">([^<>]{20,})<", row[column])
                if sum(words in text for text in row) == 1
            ),
            key=len,
        )
        return replace(
            before,
            fragments=[
                tuple(
                    text.replace(sentence, f"{sentence}!") if number == column else text
                    for number, text in enumerate(row)
                )
                for row in before.fragments
            ],
        )

    return change


@pytest.mark.parametrize("code", SITE.languages)
def test_one_changed_sentence_changes_the_pack_of_its_language_and_the_workers_list(
    code: str,
) -> None:
    column = SITE.languages.index(code)
    assert changed_parts(_sentence(column, "now/")) == {code}
    assert changed_parts(_sentence(column, "about/")) == {f"{code}-deferred"}


def test_a_changed_script_that_may_wait_leaves_every_language_as_it_is() -> None:
    def change(before: Site) -> Site:
        deferred = next(url for url, asset in before.assets.items() if asset.deferred)
        other = replace(before.assets[deferred], content=b"// Other.")
        return replace(before, assets={**before.assets, deferred: other})

    assert changed_parts(change) == {"deferred"}


def test_forms_and_texts_together_give_every_fragment_as_it_was_rendered() -> None:
    for column, code in enumerate(SITE.languages):
        ready = put_together("core", code, code)
        assert len(ready) == SITE.ready_fragments
        both = [*ready, *put_together("deferred", f"{code}-deferred", code)]
        assert both == [row[column] for row in SITE.fragments]


def put_together(shelf: str, pack: str, code: str) -> list[str]:
    """Return the fragments of a shelf, joined as a phone joins them."""
    kept = {file.url.split("/")[-1].split(".")[0]: file.content for file in RELEASE.files.values()}
    before = () if pack == code else json.loads(kept[code])["strings"]
    own = json.loads(kept[pack])["strings"]
    return packed.fragments(json.loads(kept[shelf]), own, code, before)


def test_a_language_has_no_string_in_both_its_packs() -> None:
    columns = [
        list(
            zip(*(json.loads(pack(code, shelf))["strings"] for code in SITE.languages), strict=True)
        )
        for shelf in ("", "-deferred")
    ]
    assert all(columns)
    assert not set(columns[0]) & set(columns[1])


def pack(code: str, shelf: str) -> bytes:
    (content,) = (
        file.content
        for file in RELEASE.files.values()
        if file.url.split("/")[-1].split(".")[0] == code + shelf
    )
    return content


def test_no_page_that_makes_a_phone_ready_needs_what_is_deferred() -> None:
    for route, program in SITE.programs.items():
        steps = [entry.step for entry in program]
        assert SITE.pages[route].deferred == any(step >= SITE.ready_fragments for step in steps)


def test_the_diagram_of_the_core_is_closed_and_leads_downwards() -> None:
    core = json.loads(RELEASE.core.content)
    nodes = packed.nodes(core)
    for variable, *children in nodes[2:]:
        below = [nodes[child][0] for child in children if child > 1]
        assert all(variable < deeper for deeper in below)
        assert len(set(children)) > 1
    assert len(nodes) - 2 == RELEASE.node_count
    for page in core["routes"].values():
        assert {*page["program"][::2]} <= {*range(len(nodes))}


def test_core_and_reading_hold_every_asset_that_is_text() -> None:
    core, deferred = (json.loads(f.content) for f in (RELEASE.core, RELEASE.deferred["deferred"]))
    ready, later = packed.assets(core), packed.assets(deferred)
    assert not {*ready} & {*later}
    kept = ready | later
    for url, asset in SITE.assets.items():
        if asset.is_text:
            assert kept.pop(url) == [asset.type, asset.content.decode()]
    assert not kept


def test_a_drawing_by_night_is_kept_as_that_by_day() -> None:
    core = json.loads(RELEASE.core.content)
    assert not [url for url in core["assets"] if "-night." in url]
    night = next(url for url in SITE.assets if "-night." in url)
    other = replace(SITE.assets[night], content=b"<svg/>")
    after = json.loads(made(replace(SITE, assets={**SITE.assets, night: other})).core.content)
    assert packed.assets(after)[night][1] == "<svg/>"


def test_every_drawing_that_a_ready_page_shows_is_in_the_core() -> None:
    kept = packed.assets(json.loads(RELEASE.core.content))
    for row in SITE.fragments[: SITE.ready_fragments]:
        shown = re.findall(r'(?:src|srcset)="(/assets/[^"]+[.]svg)"', row[0])
        assert {*shown} <= {*kept}


def test_every_page_has_a_program_in_the_core() -> None:
    core = json.loads(RELEASE.core.content)
    assert set(core["routes"]) == set(SITE.pages)
    for route, page in core["routes"].items():
        assert page["status"] == SITE.pages[route].status
        assert bool(page["answers"]) == SITE.pages[route].answers
        assert bool(page["deferred"]) == SITE.pages[route].deferred


def test_a_page_that_there_is_not_is_a_key_error() -> None:
    with pytest.raises(KeyError):
        RELEASE.page("en", "nowhere/")


@pytest.mark.parametrize("code", SITE.languages)
def test_every_page_names_the_release_it_is_of(code: str) -> None:
    for route in SITE.pages:
        assert RELEASE.id in RELEASE.page(code, route).decode()
