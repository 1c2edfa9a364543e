"""The three browser engines behind one face, each run as a phone's person would run it."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

from playwright.sync_api import (
    BrowserContext,
    CDPSession,
    ConsoleMessage,
    Page,
    Playwright,
    Request,
    Response,
    ViewportSize,
)
from playwright.sync_api import Error as PlaywrightError
from selenium import webdriver
from selenium.common.exceptions import WebDriverException
from selenium.webdriver.common.by import By
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.webkitgtk.service import Service
from urllib3.exceptions import HTTPError

from tests.support import system
from tests.support.in_page import InPage

FAULTS = (PlaywrightError, WebDriverException)
"""What an engine raises when a page goes away while it is asked something."""

_PATIENCE_S = 60
_STARTS = 3
_BACK = "setTimeout(() => history.back())"
_RELOAD = "setTimeout(() => location.reload())"
# Where to press an element, once nothing that appears above it moves it any more.
_MIDDLE = """
    const element = {element};
    element.scrollIntoView({{ block: "center", behavior: "instant" }});
    const middle = () => {{
      const {{ x, y, width, height }} = element.getBoundingClientRect();
      return [x + width / 2, y + height / 2];
    }};
    let [before, now] = [[], middle()];
    while (String(before) !== String(now)) {{
      await new Promise((done) => {{ setTimeout(done, 32); }});
      [before, now] = [now, middle()];
    }}
    return now;
"""
_OWN_WEBKIT = Path(__file__).with_name("webkit_browser.py")
_PHONE: ViewportSize = {"width": 360, "height": 740}
QUIET = (
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


class Browser(Protocol):
    """What a person does with a browser, whichever it is."""

    def start(self) -> None:
        """Open the browser with the profile it had."""

    def close(self) -> None:
        """Close the browser; its profile stays."""

    def visit(self, url: str) -> None:
        """Type an address; raise one of FAULTS where the browser shows an error of its own."""

    def press(self, css: str) -> None:
        """Press the only visible thing that the selector finds."""

    def follow(self, name: str) -> None:
        """Press the link with this name."""

    def back(self) -> None:
        """Press Back."""

    def reload(self) -> None:
        """Press Reload."""

    def resizes(self, width: int, height: int) -> None:
        """Have a screen of another size."""

    def opens_a_tab(self) -> None:
        """Open an empty tab and look at it."""

    def turns_to_tab(self, number: int) -> None:
        """Look at another tab; the first one is 0."""

    def die(self) -> None:
        """End at once, as with a dead battery; the profile stays."""

    def run(self, script: str) -> Any:
        """Return what the body of an async function returns in the page; it is one line at most."""

    def call(self, functions: InPage, name: str, *arguments: object) -> Any:
        """Return what a function returns in the page; arguments are what JSON can hold."""


@dataclass
class Chromium:
    """Chromium with a profile of its own and the screen of a small phone.

    It is the engine alone, or the ``whole`` program that people have. ``requests`` holds every
    request of its pages and its worker; ``answered_here`` those that the worker answered and that
    went no further. ``bfcache`` is what people have and what Playwright switches off: pages kept
    alive for Back. Without ``worker`` every request goes to the server. ``before_pages`` is a
    script that runs before those of each page. A ``private`` one opens
    private windows of its profile.
    """

    playwright: Playwright
    profile: Path
    whole: bool = False
    bfcache: bool = False
    scripts: bool = True
    worker: bool = True
    locale: str = "en"
    time_zone: str = "UTC"
    console: list[str] = field(default_factory=list)
    requests: list[Request] = field(default_factory=list)
    answered_here: set[Request] = field(default_factory=set)
    before_pages: str = ""
    private: bool = False
    _context: BrowserContext | None = None
    _tab: int = 0

    def start(self) -> None:
        self._tab = 0
        for lock in self.profile.glob("Singleton*"):
            lock.unlink(missing_ok=True)
        self._context = self._launch()
        self._context.set_default_timeout(_PATIENCE_S * 1000)
        self._context.on("console", self._hear)
        self._context.on("weberror", lambda fault: self.console.append(str(fault.error)))
        self._context.on("response", self._see_who_answers)
        self._context.on("request", lambda request: self.requests.append(request))  # noqa: PLW0108
        if self.before_pages:
            self._context.add_init_script(self.before_pages)

    def close(self) -> None:
        if self._context:
            self._context.close()
        self._context = None

    def die(self) -> None:
        """End at once, as with a dead battery."""
        subprocess.run(["pkill", "-KILL", "-f", str(self.profile)], check=False)
        with suppress(*FAULTS):
            self.close()

    def visit(self, url: str) -> None:
        self.page.goto(url, wait_until="load")

    def press(self, css: str) -> None:
        self.page.locator(css).click(no_wait_after=True)

    def follow(self, name: str) -> None:
        link = self.page.get_by_role("link", name=name, exact=True)
        link.first.click(no_wait_after=True)

    def back(self) -> None:
        if self.scripts:
            # Playwright's own command waits in vain for a page that was kept alive.
            self.run(_BACK)
        else:
            self.page.go_back()

    def reload(self) -> None:
        self.run(_RELOAD)

    def resizes(self, width: int, height: int) -> None:
        self.page.set_viewport_size({"width": width, "height": height})

    def opens_a_tab(self) -> None:
        self.context.new_page()
        self._tab = len(self.context.pages) - 1

    def turns_to_tab(self, number: int) -> None:
        self._tab = number
        self.page.bring_to_front()

    def run(self, script: str) -> Any:
        return self.page.evaluate(f"async () => {{ {script} }}")

    def call(self, functions: InPage, name: str, *arguments: object) -> Any:
        return self.page.evaluate(functions.caller(name), arguments)

    @property
    def context(self) -> BrowserContext:
        """The running browser, as Playwright knows it."""
        assert self._context, "the browser is not running"
        return self._context

    @property
    def page(self) -> Page:
        """The tab that the person looks at: mostly the only one."""
        return self.context.pages[self._tab]

    def tools(self) -> CDPSession:
        """Return a connection to the developer tools of the tab."""
        return self.context.new_cdp_session(self.page)

    def program(self) -> str | Path | None:
        """Return the program that is started."""
        return system.chromium() if self.whole else system.headless_shell()

    def _see_who_answers(self, response: Response) -> None:
        if response.from_service_worker:
            self.answered_here.add(response.request)

    def _hear(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self.console.append(message.text)

    def _launch(self) -> BrowserContext:
        kept = ["--disable-back-forward-cache"] if self.bfcache else None
        return self.playwright.chromium.launch_persistent_context(
            self.profile,
            executable_path=self.program(),
            headless=True,
            chromium_sandbox=False,
            ignore_default_args=kept,
            args=[*QUIET, *(["--incognito"] if self.private else [])],
            viewport=_PHONE,
            is_mobile=True,
            has_touch=True,
            java_script_enabled=self.scripts,
            service_workers="allow" if self.worker else "block",
            locale=self.locale,
            timezone_id=self.time_zone,
        )


@dataclass
class Firefox(Chromium):
    """Firefox ESR, driven through WebDriver BiDi.

    After a Back to a page that was kept alive, Playwright waits for a navigation that has long
    happened before it clicks; so the mouse is moved without asking it. ``preferences`` are those of
    about:config.
    """

    preferences: dict[str, str | float | bool] = field(default_factory=dict)

    def visit(self, url: str) -> None:
        try:
            super().visit(url)
        except PlaywrightError as fault:
            # A navigation that moves to another process may be reported as two (playwright #41216).
            if f'interrupted by another navigation to "{url}"' not in fault.message:
                raise
            super().visit(url)

    def press(self, css: str) -> None:
        self._touch(f"document.querySelector({json.dumps(css)})")

    def follow(self, name: str) -> None:
        named = f"(link) => link.innerText.trim() === {json.dumps(name)}"
        self._touch(f"[...document.links].find({named})")

    def _touch(self, element: str) -> None:
        x, y = self.run(_MIDDLE.format(element=element))
        self.page.mouse.click(x, y)

    def _launch(self) -> BrowserContext:
        return self.playwright.firefox.launch_persistent_context(
            self.profile,
            channel="moz-firefox",
            executable_path=system.firefox(),
            headless=True,
            viewport=_PHONE,
            firefox_user_prefs=self.preferences,
        )


@dataclass
class WebKit:
    """WebKitGTK under automation, which begins with an empty profile and forgets it at the end."""

    folder: Path
    display: str
    _driver: webdriver.WebKitGTK | None = None
    _service: Service | None = None
    _tabs: list[str] = field(default_factory=list)

    def start(self) -> None:
        homes = {f"XDG_{name}_HOME": str(self.folder / name) for name in ("DATA", "CACHE")}
        environment = {**os.environ, **homes, "DISPLAY": self.display}
        self._driver = self._begin(self._options(), environment)
        self._tabs = [self._driver.current_window_handle]
        self._driver.set_page_load_timeout(_PATIENCE_S)
        self._driver.set_script_timeout(_PATIENCE_S)
        self._driver.set_window_size(_PHONE["width"], _PHONE["height"])

    def _options(self) -> webdriver.WebKitGTKOptions:
        options = webdriver.WebKitGTKOptions()
        options.binary_location = system.minibrowser() or ""
        options.add_argument("--automation")
        return options

    def _begin(
        self, options: webdriver.WebKitGTKOptions, environment: dict[str, str]
    ) -> webdriver.WebKitGTK:
        """Return a browser that has started.

        On a busy machine the driver may wait for ever for a MiniBrowser that has died at its start:
        the driver is then ended, and another one begins.
        """
        for left in reversed(range(_STARTS)):
            # A session of its own, so that all its processes can be killed at once.
            own = {"popen_kw": {"start_new_session": True}}
            service = Service(executable_path=system.webkit_driver(), env=environment, **own)
            self._service = service
            watch = threading.Timer(_PATIENCE_S, lambda service=service: service.process.kill())
            watch.start()
            try:
                with warnings.catch_warnings():
                    # selenium's own driver calls its own connection in a way that it deprecates
                    warnings.simplefilter("ignore", DeprecationWarning)
                    return webdriver.WebKitGTK(options=options, service=service)
            except (HTTPError, WebDriverException):
                if not left:
                    raise
            finally:
                watch.cancel()
        raise AssertionError

    def close(self) -> None:
        if self._driver:
            self._driver.quit()
        self._driver = None

    def die(self) -> None:
        assert self._service
        with suppress(ProcessLookupError):
            os.killpg(self._service.process.pid, signal.SIGKILL)
        with suppress(*FAULTS, HTTPError):
            self.close()
        self._driver = None

    def visit(self, url: str) -> None:
        self.driver.get(url)

    def press(self, css: str) -> None:
        self._touch(self.driver.find_element(By.CSS_SELECTOR, css))

    def follow(self, name: str) -> None:
        self._touch(self.driver.find_element(By.LINK_TEXT, name))

    def back(self) -> None:
        # The driver's own command waits for the page; a script that runs while one page takes the
        # place of another may never be answered.
        self.driver.back()

    def reload(self) -> None:
        self.driver.refresh()

    def resizes(self, width: int, height: int) -> None:
        self.driver.set_window_size(width, height)

    def opens_a_tab(self) -> None:
        self.driver.switch_to.new_window("tab")
        self._tabs.append(self.driver.current_window_handle)

    def turns_to_tab(self, number: int) -> None:
        self.driver.switch_to.window(self._tabs[number])

    def run(self, script: str) -> Any:
        if "await" not in script:
            return self.driver.execute_script(script)
        return self._wait_for(f"(async () => {{ {script} }})()")

    def call(self, functions: InPage, name: str, *arguments: object) -> Any:
        if functions.waits(name):
            return self._wait_for(f"{name}(...given)", functions.source, *arguments)
        return self.driver.execute_script(
            f"{functions.source}\nreturn {name}(...arguments);", *arguments
        )

    def _wait_for(self, promise: str, before: str = "", *arguments: object) -> Any:
        """Return what a promise of the page becomes; ``given`` holds the arguments there."""
        whole = f"""
            const given = [...arguments];
            const done = given.pop();
            {before}
            {promise}.then(
                (value) => done({{ value }}), (error) => done({{ error: String(error) }}));
        """
        answer = self.driver.execute_async_script(whole, *arguments)
        if "error" in answer:
            raise WebDriverException(answer["error"])
        return answer.get("value")

    def _touch(self, element: WebElement) -> None:
        """Press the element; a far one is not brought into view by the press alone."""
        whole = f"""
            const done = arguments[arguments.length - 1];
            (async () => {{ {_MIDDLE.format(element="arguments[0]")} }})().then(done, done);
        """
        self.driver.execute_async_script(whole, element)
        element.click()

    @property
    def driver(self) -> webdriver.WebKitGTK:
        """The running browser, as selenium knows it."""
        assert self._driver, "the browser is not running"
        return self._driver


@dataclass
class KeptWebKit(WebKit):
    """WebKitGTK with a profile that outlives it, in the tests' own window around the library.

    ``before_pages`` is a script that runs before those of each page.
    """

    before_pages: str = ""

    def _options(self) -> webdriver.WebKitGTKOptions:
        self.folder.mkdir(parents=True, exist_ok=True)
        script = self.folder / "before-pages.js"
        script.write_text(self.before_pages, "utf-8")
        program = self.folder / "browser"
        program.write_text(f'#!/bin/sh\nexec {sys.executable} {_OWN_WEBKIT} "$@"\n', "utf-8")
        program.chmod(0o755)
        options = webdriver.WebKitGTKOptions()
        options.binary_location = str(program)
        for argument in (str(self.folder), str(script)):
            options.add_argument(argument)
        return options


@contextmanager
def screen() -> Iterator[str]:
    """Lend the name of a display that nobody sees, for browsers that cannot do without one."""
    reader, writer = os.pipe()
    command = ["Xvfb", "-displayfd", str(writer), "-nolisten", "tcp", "-screen", "0", "800x1000x24"]
    process = _silent(command, writer)
    os.close(writer)
    with os.fdopen(reader) as pipe:
        number = pipe.readline().strip()
    assert number, "Xvfb did not start"
    try:
        yield f":{number}"
    finally:
        process.terminate()
        process.wait()


def _silent(command: Sequence[str], kept: int) -> subprocess.Popen[bytes]:
    quiet = subprocess.DEVNULL
    return subprocess.Popen(command, pass_fds=[kept], stdout=quiet, stderr=quiet)
