"""Make the screenshots that the manifest shows before installing, from the running app.

`python3 run.py test` installs what it needs; `.venv/bin/python -m tests.support.screenshots`.
"""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import Browser, Page, sync_playwright

from tests.support import forms, system
from tests.support.server import Server
from tests.support.site import build

ICONS = Path(__file__).parents[2] / "static" / "icons"
PHONE = {"width": 360, "height": 740}
DESK = {"width": 1280, "height": 800}


def main() -> None:
    """Write the four pictures into static/icons."""
    with TemporaryDirectory() as folder, sync_playwright() as playwright:
        server = Server(Path(folder)).start()
        browser = playwright.chromium.launch(
            executable_path=system.chromium(), chromium_sandbox=False
        )
        try:
            phone = _page(browser, PHONE, scale=2)
            phone.goto(f"{server.url}/en/")
            _shoot(phone, "narrow-home")
            phone.goto(f"{server.url}/en/check/")
            _shoot(phone, "narrow-check")
            _answer(phone)
            _shoot(phone, "narrow-result")
            desk = _page(browser, DESK, scale=1)
            desk.goto(f"{server.url}/en/")
            _shoot(desk, "wide-home")
        finally:
            browser.close()
            server.kill()


def _page(browser: Browser, size: dict[str, int], scale: int) -> Page:
    context = browser.new_context(
        viewport=size, device_scale_factor=scale, locale="en-GB", timezone_id="Europe/London"
    )
    return context.new_page()


def _answer(page: Page) -> None:
    """Go through the check as a person with nothing but a locked low back."""
    answers = forms.healthy(build())
    while not page.locator(".care-card").count():
        at = page.locator("input[name=at]").get_attribute("value")
        none = page.locator("button[value=none]")
        button = none if none.count() else page.locator(f"button[value={answers[str(at)]}]")
        button.click()
        page.wait_for_load_state()


def _shoot(page: Page, name: str) -> None:
    page.locator("html[data-offline=ready]").wait_for(state="attached")
    page.screenshot(path=ICONS / f"{name}.png")


if __name__ == "__main__":
    main()
