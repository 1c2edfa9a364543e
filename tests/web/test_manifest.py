from __future__ import annotations

import json
import struct
from typing import Any

import pytest
from werkzeug.test import Client

from webapp.web.manifest import manifest

FACTS: dict[str, Any] = json.loads(manifest())
SHORTCUTS = FACTS["shortcuts"]
SHORTCUT_ICONS = [icon for shortcut in SHORTCUTS for icon in shortcut["icons"]]
IMAGES = {i["src"]: i for i in (*SHORTCUT_ICONS, *FACTS["icons"], *FACTS["screenshots"])}


def test_the_identity_of_the_installed_app_never_changes() -> None:
    assert FACTS["id"] == "/?app"
    assert FACTS["scope"] == "/"


def test_the_manifest_is_served_with_its_type_and_asked_for_again(client: Client) -> None:
    response = client.get("/app.webmanifest")
    assert response.content_type == "application/manifest+json"
    assert response.headers["Cache-Control"] == "no-cache"
    assert response.data == manifest()


@pytest.mark.parametrize("image", IMAGES.values(), ids=IMAGES)
def test_an_image_is_there_and_as_large_as_it_says(image: dict[str, str], client: Client) -> None:
    response = client.get(image["src"])
    assert response.status_code == 200
    assert response.content_type == image["type"]
    if image["type"] == "image/png":
        assert "{}x{}".format(*struct.unpack(">II", response.data[16:24])) == image["sizes"]


def test_there_is_an_icon_for_each_purpose_and_a_screenshot_for_each_screen() -> None:
    assert {icon["purpose"] for icon in FACTS["icons"]} == {"any", "maskable", "monochrome"}
    assert {shot["form_factor"] for shot in FACTS["screenshots"]} == {"narrow", "wide"}


@pytest.mark.parametrize("shortcut", SHORTCUTS, ids=lambda shortcut: shortcut["url"])
def test_a_shortcut_leads_to_a_page(shortcut: dict[str, str], client: Client) -> None:
    assert client.get(shortcut["url"]).status_code == 200


def test_the_start_leads_home(client: Client) -> None:
    assert client.get(FACTS["start_url"], follow_redirects=True).status_code == 200
