"""A phone can put Easeback on its home screen."""

from __future__ import annotations

import json
import urllib.request
from struct import unpack
from typing import Any

import pytest

from tests.support.browsers import Chromium
from tests.support.person import Person
from tests.support.records import StagedServer
from webapp.web.manifest import manifest as app_manifest

pytestmark = pytest.mark.whole_chromium


@pytest.fixture(scope="module")
def manifest() -> dict[str, Any]:
    made: dict[str, Any] = json.loads(app_manifest())
    return made


@pytest.mark.scenario(45)
def test_the_browser_finds_nothing_that_stands_in_the_way(
    ready: Person, chromium: Chromium
) -> None:
    tools = chromium.tools()
    assert tools.send("Page.getInstallabilityErrors")["installabilityErrors"] == []
    found = tools.send("Page.getAppManifest")
    assert found["errors"] == []
    assert found["url"] == f"{ready.site}/app.webmanifest"


def test_the_manifest_has_an_identity_every_kind_of_icon_and_both_kinds_of_screenshot(
    manifest: dict[str, Any],
) -> None:
    assert manifest["id"]
    assert {icon["purpose"] for icon in manifest["icons"]} >= {"any", "maskable", "monochrome"}
    assert {shot["form_factor"] for shot in manifest["screenshots"]} == {"narrow", "wide"}
    assert manifest["shortcuts"]


@pytest.mark.scenario(45)
def test_every_picture_of_the_manifest_is_there_in_the_size_it_names(
    server: StagedServer, manifest: dict[str, Any]
) -> None:
    pictures = [*manifest["icons"], *manifest["screenshots"]]
    pictures += [icon for shortcut in manifest["shortcuts"] for icon in shortcut["icons"]]
    for picture in pictures:
        with urllib.request.urlopen(server.url + picture["src"]) as answer:
            assert answer.headers["Content-Type"] == picture["type"]
            body = answer.read()
        if picture["type"] == "image/png":
            width, height = unpack(">II", body[16:24])
            assert f"{width}x{height}" == picture["sizes"], picture["src"]


def test_every_shortcut_opens_offline(offline: Person, manifest: dict[str, Any]) -> None:
    for shortcut in manifest["shortcuts"]:
        offline.visits(shortcut["url"])
        assert offline.reads("h1")
    offline.visits(manifest["start_url"])
    assert offline.reads("h1")
