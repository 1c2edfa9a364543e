"""A hostile web page of another origin: a form for our check, and what else such a page does."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

from tests.support.browsers import Browser, Chromium, WebKit
from tests.support.in_page import InPage
from tests.support.person import until

_IN_PAGE = InPage.beside(__file__)
_PAGE = """<!doctype html><meta name="referrer" content="{policy}"><title>hostile</title>
<form method="post" action="{target}"><input type="hidden" name="saddle-changed" value="yes">
<input type="hidden" name="at" value="danger-1"><button name="go" value="next">Win a prize</button>
</form><button id="open">Open</button>"""


@dataclass(frozen=True)
class HostileSite:
    """The page, as somebody sees it who was lured to it."""

    address: str

    def opens(self, browser: Browser, policy: str) -> None:
        """Open the page with a referrer policy of its own."""
        browser.visit(self.address + policy)

    def wins_a_prize(self, browser: Browser) -> None:
        """Press the page's button, which posts its form."""
        browser.press("form button")

    def lures(self, browser: Browser, policy: str) -> None:
        """Open the page, press its button and wait until another page has taken its place."""
        self.opens(browser, policy)
        self.wins_a_prize(browser)
        left = "return [document.title !== 'hostile', document.readyState]"
        until(lambda: browser.run(left), [True, "complete"])

    def does(self, browser: Browser, name: str, *arguments: object) -> Any:
        """Return what comes of one of the functions of ``hostile.js``, run in the page."""
        return browser.call(_IN_PAGE, name, *arguments)

    def opens_window(self, browser: Browser, address: str, name: str = "") -> None:
        """Have somebody tap the page, which opens a window with a name."""
        self.does(browser, "openOnTap", address, name)
        browser.press("#open")


def in_window(browser: Browser, script: str) -> Any:
    """Return what a script returns in the window that was opened last."""
    if isinstance(browser, Chromium):
        return browser.context.pages[-1].evaluate(f"() => {{ {script} }}")
    assert isinstance(browser, WebKit)
    own = browser.driver.current_window_handle
    other = next((name for name in browser.driver.window_handles if name != own), own)
    browser.driver.switch_to.window(other)
    try:
        return browser.run(script)
    finally:
        browser.driver.switch_to.window(own)


@contextmanager
def hostile_site(target: str) -> Iterator[HostileSite]:
    """Lend the page, whose form goes to the target.

    It has another name than our pages (localhost, not 127.0.0.1), so that it is another site.
    """

    class Page(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            page = _PAGE.format(policy=self.path.strip("/"), target=target)
            self.wfile.write(page.encode())

        def log_message(self, *_: object) -> None:
            """Keep the test's output clean."""

    with ThreadingHTTPServer(("localhost", 0), Page) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield HostileSite(f"http://localhost:{server.server_port}/")
        server.shutdown()
