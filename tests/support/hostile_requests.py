"""Requests that no browser of ours sends: drawn by chance from what breaks servers.

Each holds marks that stand for what a person answered or wrote, so that a test can see whether
anything of them comes out again.
"""

from __future__ import annotations

import gzip
import io
import string
import uuid
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from random import Random
from urllib.parse import quote_from_bytes

from tests.support import forms
from webapp.web.site import Build

CANARY = "canary-of-what-was-answered"
"""A word that stands in the body, the query or a header, and must stand in no answer."""

_SERVER_ERROR = 500
_MARKUP = f"<script>{CANARY}</script><img src=x onerror=alert(1)>"
_METHODS = (
    *("GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "CONNECT", "PROPFIND"),
    *("get", "G\x00T", "X" * 2000, "", "GET / HTTP/1.1", "ПОСТ".encode().decode("latin-1")),
)
_TEXTS = (
    CANARY,
    _MARKUP,
    "",
    "\0",
    f"\0{CANARY}\0",
    "\ud83d",
    "\udc80\udcff",
    "\u202e" + CANARY,
    "\u2066\u2067\u2068",
    "\ufeff",
    "\x7f\x1b[31m",
    "نعم",
    "Ａ",
    "%",
    "%00",
    "%FF",
    "%u0041",
    "%2e%2e%2f",
    "../../../../etc/passwd",
    "..\\..\\",
    "' or 1=1 --",
    '"; drop table vault; --',
    "{{7*7}}{%include '/etc/passwd'%}",
    "${jndi:ldap://x/}",
    "{0.__class__}",
    "%s%n%x",
    "\r\nSet-Cookie: a=b",
    "__proto__",
    "constructor",
    "a" * 9000,
    "é" * 3000,
    "9" * 400,
    "-1",
    "1e999",
    "NaN",
    "٣",
)
_PATHS = (
    *("", "/", "//", "//evil.example/", "/\\evil.example", "/.", "/..", "/en", "/en/..;/", "/EN/"),
    *("/en//", "/en/check", "/en/check/../now/", "/en/%2e%2e/", "/en/\0", "/en/\xff\xfe/", "*"),
    *("/xx/check/", "/en/__proto__/", "/en/constructor", "/sw.js", "/sw.js/", "/release.json"),
    *("/release/core.0000000000000000.json", "/release/..", "/assets/", "/assets/../webapp/"),
    *("/assets/0/js/app.js", "/static/js/app.js", "/.git/config", "/instance/easeback.sqlite3"),
    *("/healthz", "/healthz/", "/vault", "/vault/", "/en/feedback", "/en/feedback/thanks"),
    *(
        "http://evil.example/en/",
        "/en/" + "a/" * 3000,
        "/" + "a" * 20_000,
        "en/check/",
        "/en/check/ ",
    ),
)
_TYPES = (
    "application/x-www-form-urlencoded",
    "application/x-www-form-urlencoded; charset=utf-7",
    "application/x-www-form-urlencoded; charset=\xff",
    "multipart/form-data",
    "multipart/form-data; boundary=",
    "multipart/form-data; boundary=b",
    'multipart/form-data; boundary="\x00"',
    "multipart/form-data; boundary=" + "b" * 5000,
    "application/json",
    "application/octet-stream",
    "text/plain",
    "text/xml",
    "",
    ";;;===",
    CANARY,
    "a" * 8000,
)
_LENGTHS = ("-1", "0", "abc", "1e3", "", "99999999999999999999", "+5", "5, 5", "٥", " 7 ")
_HEADERS: Mapping[str, Sequence[str]] = {
    "HTTP_HOST": (
        "evil.example",
        "",
        "a b",
        "[::1",
        "[::1]:99999",
        "x:y:z",
        CANARY,
        "é",
        "a" * 5000,
    ),
    "HTTP_ORIGIN": ("null", "https://evil.example", "http://", "", CANARY, "http://localhost"),
    "HTTP_REFERER": ("https://evil.example/" + CANARY, "", "javascript:alert(1)"),
    "HTTP_SEC_FETCH_SITE": ("cross-site", "same-site", "same-origin", "none", "", "x", "é"),
    "HTTP_SEC_FETCH_MODE": ("navigate", "no-cors", "x"),
    "HTTP_COOKIE": (f"session={CANARY}", "a=" * 3000, "=", "\xff", "__proto__=1"),
    "HTTP_AUTHORIZATION": (
        "Bearer",
        "Basic \xff",
        f"Bearer {'0' * 64}",
        "Bearer " + "٣" * 64,
        CANARY,
    ),
    "HTTP_X_SEQUENCE": ("-1", "9" * 16, "1e3", "٣", "", CANARY, str(2**53)),
    "HTTP_ACCEPT_LANGUAGE": (
        "ar;q=2",
        "*",
        "es;q=nan",
        "," * 5000,
        CANARY,
        "\xff",
        "x-" * 3000,
        "en;" * 999,
    ),
    "HTTP_ACCEPT_ENCODING": ("br;q=-1", "br;q=x", ";" * 4000, "br," * 3000, "\xff", "identity;q=0"),
    "HTTP_IF_NONE_MATCH": (
        "*",
        '"' * 4001,
        "W/" * 3000,
        " " * 9000 + "x",
        CANARY,
        '"\xff"',
        ", " * 4000,
    ),
    "HTTP_IF_MODIFIED_SINCE": ("never", "Thu, 01 Jan 1970 00:00:00 GMT", "9" * 900),
    "HTTP_RANGE": ("bytes=0-0", "bytes=" + "0-," * 3000, "x"),
    "HTTP_X_FORWARDED_FOR": ("::ffff:1.2.3.4", "unknown", "1," * 3000, CANARY, "[::1]:80", "%eth0"),
    "HTTP_X_FORWARDED_HOST": ("evil.example", CANARY),
    "HTTP_X_FORWARDED_PREFIX": ("//evil.example", CANARY),
    "HTTP_X_HTTP_METHOD_OVERRIDE": ("DELETE",),
    "HTTP_TRANSFER_ENCODING": ("chunked", "gzip, chunked", CANARY),
    "HTTP_CONTENT_ENCODING": ("gzip", "br", CANARY),
    "HTTP_EXPECT": ("100-continue", CANARY),
    "HTTP_UPGRADE": ("websocket",),
    "HTTP_USER_AGENT": ("", _MARKUP, "a" * 8000, "\xff"),
    "REMOTE_ADDR": ("", "unknown", "::1", "1.2.3.4", "é"),
}


@dataclass(frozen=True)
class HostileRequest:
    """A request as the server program hands it on: all text is of bytes, one letter each."""

    method: str
    path: str
    query: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""

    def environ(self) -> dict[str, object]:
        """Return it in the terms of WSGI."""
        return {
            "REQUEST_METHOD": self.method,
            "SCRIPT_NAME": "",
            "PATH_INFO": self.path,
            "QUERY_STRING": self.query,
            "SERVER_NAME": "127.0.0.1",
            "SERVER_PORT": "80",
            "SERVER_PROTOCOL": "HTTP/1.1",
            "CONTENT_LENGTH": str(len(self.body)),
            **self.headers,
            "wsgi.version": (1, 0),
            "wsgi.url_scheme": "http",
            "wsgi.input": io.BytesIO(self.body),
            "wsgi.errors": io.StringIO(),
            "wsgi.multithread": True,
            "wsgi.multiprocess": False,
            "wsgi.run_once": False,
        }

    def __str__(self) -> str:
        return f"{self.method!r:.40} {self.path!r:.80} {self.headers!r:.300} {self.body!r:.200}"


def hostile_requests(build: Build, count: int, chance: Random) -> Iterator[HostileRequest]:
    """Yield so many requests: of every kind of page and method, most of them wrong in some way."""
    drawn = _Drawing(build, chance)
    for _ in range(count):
        yield drawn.request()


def hostile_forms(build: Build, count: int, chance: Random) -> Iterator[bytes]:
    """Yield so many bodies that are posted as if they were forms of the check."""
    drawn = _Drawing(build, chance)
    for _ in range(count):
        yield drawn.form()


class _Drawing:
    """Draws parts of requests."""

    def __init__(self, build: Build, chance: Random) -> None:
        self._chance = chance
        self._names = [question.id for question in build.knowledge.questions]
        self._steering = ["at", "go", "show", "yes", "k"]
        self._honest = forms.random_forms(build, 10**9, chance.getrandbits(64))
        self._pages = [
            f"/{code}/{route}"
            for code in build.release.site.languages
            for route, page in build.release.site.pages.items()
            if page.status < _SERVER_ERROR  # those that say so are pages, too
        ]
        self._answering = [
            f"/{code}/{route}"
            for code in build.release.site.languages
            for route, page in build.release.site.pages.items()
            if page.answers
        ]
        self._files = [*build.release.files, *build.release.site.assets]
        self._feedback = [f"/{code}/feedback/" for code in build.release.site.languages]

    def request(self) -> HostileRequest:
        make = self._chance.choice((self._any, self._any, self._check, self._say, self._vault))
        return make()

    def form(self) -> bytes:
        """Return an honest form that was spoilt, or what never was one."""
        chance = self._chance
        body = next(self._honest)
        for _ in range(chance.randrange(4)):
            body = chance.choice(_SPOILING)(self, body)
        return body

    # --- kinds of requests ----------------------------------------------------------------

    def _any(self) -> HostileRequest:
        known = self._chance.choice((self._pages, self._files, self._answering, _PATHS))
        path = self._bent(self._chance.choice(known))
        return HostileRequest(
            self._method("GET"), path, self._query(), self._headers(), self._body()
        )

    def _check(self) -> HostileRequest:
        path = self._chance.choice(self._answering)
        headers = {"CONTENT_TYPE": _TYPES[0], **self._headers()}
        return HostileRequest(self._method("POST"), path, self._query(), headers, self.form())

    def _say(self) -> HostileRequest:
        ours = self._chance.random() < 0.5
        site = {"HTTP_SEC_FETCH_SITE": "same-origin"} if ours else {}
        names = ("id", "page", "release", "helped", "words", "csrf_token", *self._names[:2])
        pairs = [
            (self._chance.choice(names), self._text()) for _ in range(self._chance.randrange(6))
        ]
        if self._chance.random() < 0.5:
            pairs += [("helped", "yes"), ("id", str(uuid.UUID(int=self._chance.getrandbits(128))))]
        body = b"&".join(name.encode() + b"=" + self._quoted(value) for name, value in pairs)
        headers = {"CONTENT_TYPE": _TYPES[0], **site, **self._headers()}
        path = self._chance.choice(self._feedback)
        return HostileRequest(self._method("POST"), path, self._query(), headers, body)

    def _vault(self) -> HostileRequest:
        chance = self._chance
        vault = chance.choice((f"{chance.randrange(8):032x}", "0" * 31, "F" * 32, self._text()))
        name = chance.choice((str(uuid.UUID(int=chance.randrange(8))), "x", self._text()))
        path = chance.choice(
            (f"/vault/{vault}", f"/vault/{vault}/entries", f"/vault/{vault}/entries/{name}")
        )
        headers = {
            "CONTENT_TYPE": "application/octet-stream",
            "HTTP_AUTHORIZATION": f"Bearer {chance.randrange(8):064x}",
            "HTTP_X_SEQUENCE": str(chance.randrange(4)),
            **self._headers(),
        }
        query = chance.choice(
            ("", "after=&limit=1", f"limit={self._word()}", f"after={self._word()}")
        )
        method = self._method(chance.choice(("GET", "PUT", "DELETE")))
        return HostileRequest(method, _as_wsgi(path), query, headers, self._body())

    # --- their parts ----------------------------------------------------------------------

    def _method(self, usual: str) -> str:
        return usual if self._chance.random() < 0.8 else self._chance.choice(_METHODS)

    def _bent(self, path: str) -> str:
        """Return the path, sometimes with something in it or behind it."""
        chance = self._chance
        if chance.random() < 0.5:
            return _as_wsgi(path)
        at = chance.randrange(len(path) + 1)
        return _as_wsgi(path[:at] + self._text() + path[at:])

    def _query(self) -> str:
        chance = self._chance
        if chance.random() < 0.6:
            return ""
        return "&".join(
            f"{chance.choice(self._names)}={self._word()}" for _ in range(chance.randrange(4))
        )

    def _headers(self) -> dict[str, str]:
        chance = self._chance
        names = chance.sample(sorted(_HEADERS), chance.choice((0, 0, 1, 2, 6)))
        headers = {name: _as_wsgi(chance.choice(_HEADERS[name])) for name in names}
        if chance.random() < 0.2:
            headers["CONTENT_TYPE"] = _as_wsgi(chance.choice(_TYPES))
        if chance.random() < 0.1:
            headers["CONTENT_LENGTH"] = _as_wsgi(chance.choice(_LENGTHS))
        return headers

    def _body(self) -> bytes:
        chance = self._chance
        kinds: tuple[Callable[[], bytes], ...] = (
            bytes,
            self.form,
            lambda: chance.randbytes(chance.choice((1, 7, 300, 9000))),
            lambda: b'{"a":' * 2000,
            lambda: gzip.compress(bytes(200_000)),
            lambda: bytes(chance.choice((8192, 8193, 16_385, 120_000))),
            lambda: (
                b'--b\r\nContent-Disposition: form-data; name="words"\r\n\r\n' + CANARY.encode()
            ),
            lambda: b"--b\r\n" * 3000,
        )
        return chance.choice(kinds)()

    def _text(self) -> str:
        return self._chance.choice(_TEXTS)

    def _word(self) -> str:
        return self._quoted(self._text()).decode("ascii")

    def _quoted(self, text: str) -> bytes:
        """Return the text as a form has it, or as a program has it that knows no better."""
        raw = text.encode("utf-8", "surrogatepass")
        return quote_from_bytes(raw, safe=self._chance.choice(("", string.printable))).encode(
            "ascii"
        )

    # --- how a form is spoilt -------------------------------------------------------------

    def repeat(self, body: bytes) -> bytes:
        return body + b"&" + body

    def add_unknown(self, body: bytes) -> bytes:
        raw = self._text().encode("utf-8", "surrogatepass")
        name = self._chance.choice((*self._steering, *self._names, "x", CANARY)).encode()
        return body + b"&" + self._chance.choice((name + b"=" + raw, raw + b"=" + name, raw))

    def flip(self, body: bytes) -> bytes:
        if not body:
            return self._chance.randbytes(20)
        at = self._chance.randrange(len(body))
        return body[:at] + self._chance.randbytes(1) + body[at + 1 :]

    def cut(self, body: bytes) -> bytes:
        return body[self._chance.randrange(len(body) + 1) :]

    def lengthen(self, body: bytes) -> bytes:
        return body + b"&" + b"x" * self._chance.choice((8000, 8192, 50_000))

    def encode_anew(self, body: bytes) -> bytes:
        codec = self._chance.choice(("utf-16", "utf-16-be", "utf-32", "utf-8-sig", "utf-7"))
        return body.decode("latin-1").encode(codec)

    def percent(self, body: bytes) -> bytes:
        return body.replace(b"-", b"%2D").replace(b"=", b"%3D", self._chance.randrange(2))

    def many(self, _: bytes) -> bytes:
        name = self._chance.choice(self._names).encode()
        return b"&".join(name + b"%d=yes" % number for number in range(1500))


_SPOILING = (
    _Drawing.repeat,
    _Drawing.add_unknown,
    _Drawing.add_unknown,
    _Drawing.flip,
    _Drawing.cut,
    _Drawing.lengthen,
    _Drawing.encode_anew,
    _Drawing.percent,
    _Drawing.many,
)


def _as_wsgi(text: str) -> str:
    """Return the text as a server hands it on: the letters are its bytes."""
    return text.encode("utf-8", "surrogatepass").decode("latin-1")
