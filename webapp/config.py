"""Settings from the environment; a missing or bad one stops the start with a line that names it."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, NoSuchModuleError

from webapp.i18n.locales import ENGLISH, LANGUAGES, Language
from webapp.i18n.unseen import holds_unseen

ROOT = Path(__file__).parents[1]
KNOWN = frozenset(
    {
        "EASEBACK_CONTACT",
        "EASEBACK_EARLIER",
        "EASEBACK_EDITION",
        "EASEBACK_HOST",
        "EASEBACK_KEEP",
        "EASEBACK_KILL",
        "EASEBACK_LANGUAGES",
        "EASEBACK_LIMITS",
        "EASEBACK_METRICS",
        "EASEBACK_OPERATOR",
        "EASEBACK_ORIGIN",
        "EASEBACK_PROXIES",
        "EASEBACK_REVOKED",
        "EASEBACK_ROLLBACK",
        "EASEBACK_WORKERS",
    }
)
_INJECTED = re.compile(
    r"EASEBACK_(?:\w+_)?"
    r"(?:SERVICE_HOST|SERVICE_PORT(?:_\w+)?|PORT_\d+_(?:TCP|UDP|SCTP)(?:_(?:PROTO|PORT|ADDR))?)"
)
"""What Kubernetes tells every container of a service whose name begins with "easeback"."""
_INJECTED_ADDRESS = re.compile(r"(?:tcp|udp|sctp)://\S+")
_ID_LENGTH = 12
_MOST_WORKERS = 256
_MOST_PORT = 65535
_MOST_PROXIES = 9
_MOST_EDITIONS = 999_999_999
_EARLIER = 5
_MOST_EARLIER = 99
_NOWHERE = "none"
_ORIGIN = re.compile(r"https?://[a-z0-9-]+(\.[a-z0-9-]+)*(:\d{1,5})?")
_ENGINES = ("sqlite", "postgresql")
_STORES = ("redis", "rediss", "redis+unix")

_MOST_LETTERS = 100
_CONTACT = re.compile(
    r"[\w.+-]+@(?:[a-z0-9-]+\.)+[a-z]{2,}"
    r"|https://(?:[a-z0-9-]+\.)+[a-z]{2,}(?::\d+)?(?:/[\w./~%?&=#+,@:-]*)?"
    r"|\+\d(?: ?\d){5,14}",
    re.ASCII,
)
"""An e-mail address, a page, or a phone number that works from every country."""


class BadSetting(ValueError):
    """A setting that cannot be used: names it and says what to do."""

    def __init__(self, name: str, problem: str) -> None:
        super().__init__(f"{name}: {problem}")


@dataclass(frozen=True, slots=True)
class Listening:
    """Where the server of our own listens, with how many processes, and whether it counts."""

    host: str
    port: int
    workers: int
    metrics: bool = False


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that differs between one installation and another.

    ``languages`` are those to offer, English always among them. ``revoked`` are ids of releases
    that must no longer be used by any phone. ``origin`` is where people find the site, such as
    https://easeback.example, or empty. ``proxies`` is how many servers of our own pass a request
    on; each adds to X-Forwarded-For whom it has it from. ``killed`` takes the worker off every
    phone that comes: pages are then answered by the server alone. ``operator`` and ``contact`` are
    who runs it and how to reach them; empty where nothing is said. ``edition`` counts an operator's
    own changes on top of the release's number. ``rollback`` lets phones take this release in the
    place of one with a higher number. ``limits`` is the store in which several servers count who
    asks too often, or empty where each counts for itself. ``keep`` is the folder of finished
    releases, if there is one; ``earlier`` is how many of those before are kept and served.
    """

    database_url: str
    languages: tuple[Language, ...] = LANGUAGES
    revoked: tuple[str, ...] = ()
    origin: str = ""
    proxies: int = 0
    killed: bool = False
    operator: str = ""
    contact: str = ""
    edition: int = 0
    rollback: bool = False
    limits: str = ""
    keep: Path | None = None
    earlier: int = _EARLIER


def from_environment(environment: Mapping[str, str]) -> Settings:
    """Return the settings; raise BadSetting for one that is unknown or cannot be used.

    An empty one counts as not set.
    """
    for name, value in environment.items():
        if name.startswith("EASEBACK_") and not _is_known(name, value):
            raise BadSetting(name, f"is not a setting. There are {', '.join(sorted(KNOWN))}.")
    given = {name: value.strip() for name, value in environment.items()}
    return Settings(
        database_url=_database(given.get("DATABASE_URL") or _default_database()),
        languages=_languages(given.get("EASEBACK_LANGUAGES", "")),
        revoked=_revoked(given.get("EASEBACK_REVOKED", "")),
        origin=_origin(given.get("EASEBACK_ORIGIN", "")),
        proxies=_number(given, "EASEBACK_PROXIES", 0, range(_MOST_PROXIES + 1)),
        killed=_switch("EASEBACK_KILL", given.get("EASEBACK_KILL") or "0"),
        operator=_operator(given.get("EASEBACK_OPERATOR", "")),
        contact=_contact(given.get("EASEBACK_CONTACT", "")),
        edition=_number(given, "EASEBACK_EDITION", 0, range(_MOST_EDITIONS + 1)),
        rollback=_switch("EASEBACK_ROLLBACK", given.get("EASEBACK_ROLLBACK") or "0"),
        limits=_limits(given.get("EASEBACK_LIMITS", "")),
        keep=_folder(given.get("EASEBACK_KEEP", "")),
        earlier=_number(given, "EASEBACK_EARLIER", _EARLIER, range(_MOST_EARLIER + 1)),
    )


def listening(environment: Mapping[str, str]) -> Listening:
    """Return how to listen; raise BadSetting."""
    return Listening(
        host=environment.get("EASEBACK_HOST", "").strip() or "127.0.0.1",
        port=_number(environment, "PORT", 8000, range(1, _MOST_PORT + 1)),
        workers=_number(environment, "EASEBACK_WORKERS", 1, range(1, _MOST_WORKERS + 1)),
        metrics=_switch("EASEBACK_METRICS", environment.get("EASEBACK_METRICS", "").strip() or "0"),
    )


def _is_known(name: str, value: str) -> bool:
    if name in KNOWN or name.startswith("EASEBACK_TEST_") or _INJECTED.fullmatch(name):
        return True
    return name.endswith("_PORT") and bool(_INJECTED_ADDRESS.fullmatch(value))


def _number(environment: Mapping[str, str], name: str, default: int, allowed: range) -> int:
    value = environment.get(name, "").strip() or str(default)
    is_short = value.isascii() and value.isdigit() and len(value) <= len(str(allowed[-1]))
    if not (is_short and int(value) in allowed):
        raise BadSetting(
            name, f"must be a number from {allowed[0]} to {allowed[-1]}, not {value!r}."
        )
    return int(value)


def _default_database() -> str:
    """Return the address of a file of our own; where it cannot be made, pages do without."""
    folder = ROOT / "instance"
    with contextlib.suppress(OSError):
        folder.mkdir(exist_ok=True)
    return str(URL.create("sqlite", database=str(folder / "easeback.sqlite3")))


def _database(value: str) -> str:
    if value.startswith("postgres://"):  # as many hosts write it
        value = value.replace("postgres", "postgresql", 1)
    try:
        url = make_url(value)
        dialect = url.get_dialect()
    except (ArgumentError, ImportError, ValueError) as fault:
        raise BadSetting(
            "DATABASE_URL", "is no database address. Write for example sqlite:////path/to/file.db."
        ) from fault
    except NoSuchModuleError as fault:
        raise BadSetting("DATABASE_URL", f"cannot be used: {fault}.") from fault
    path, _, query = value.partition("?")
    if path.startswith("sqlite") and not all("=" in pair for pair in query.split("&") if query):
        raise BadSetting("DATABASE_URL", "has a ? in a path. Write it as %3F.")
    if url.get_backend_name() not in _ENGINES:
        raise BadSetting("DATABASE_URL", f"must be an address of one of {', '.join(_ENGINES)}.")
    try:
        dialect.import_dbapi()
    except ImportError as fault:
        raise BadSetting(
            "DATABASE_URL",
            f"needs a package that is not there ({fault}). `python3 run.py` with this "
            "address installs it; that of postgresql:// is in requirements-postgresql.lock.",
        ) from fault
    return value


def _folder(value: str) -> Path | None:
    """Return a folder, which need not be there; none where a start is to leave nothing behind."""
    if value == _NOWHERE:
        return None
    if "\0" in value:
        raise BadSetting("EASEBACK_KEEP", "must be a folder, or none.")
    return Path(value).absolute() if value else ROOT / "instance" / "releases"


def _origin(value: str) -> str:
    if value and not _ORIGIN.fullmatch(value):
        raise BadSetting("EASEBACK_ORIGIN", "must be like https://easeback.example, no more.")
    return value


def _limits(value: str) -> str:
    """Return the address of a store; Valkey speaks as Redis does."""
    store = re.sub("^valkey", "redis", value)
    try:
        parts = urlsplit(store)
        is_whole = bool(parts.path if parts.scheme == "redis+unix" else parts.hostname)
        is_whole = is_whole and parts.scheme in _STORES and parts.port != 0
    except ValueError:
        is_whole = False
    if value and not is_whole:
        raise BadSetting(
            "EASEBACK_LIMITS", "must be the address of Redis or Valkey, like redis://limits:6379."
        )
    return store


def _switch(name: str, value: str) -> bool:
    if value not in ("0", "1"):
        raise BadSetting(name, "must be 1 or 0.")
    return value == "1"


def _operator(value: str) -> str:
    if len(value) > _MOST_LETTERS or holds_unseen(value):
        raise BadSetting(
            "EASEBACK_OPERATOR",
            f"must be a name of at most {_MOST_LETTERS} letters on one line, without hidden marks.",
        )
    return value


def _contact(value: str) -> str:
    if value and (len(value) > _MOST_LETTERS or not _CONTACT.fullmatch(value)):
        raise BadSetting(
            "EASEBACK_CONTACT",
            "must be an e-mail address, a page such as https://clinic.example/contact, "
            f"or a phone number such as +44 20 7946 0000, of at most {_MOST_LETTERS} letters.",
        )
    return value


def _languages(value: str) -> tuple[Language, ...]:
    if not value:
        return LANGUAGES
    known = [language.code for language in LANGUAGES]
    codes = value.replace(",", " ").split()
    for code in codes:
        if code not in known:
            raise BadSetting("EASEBACK_LANGUAGES", f"'{code}' is not one of {', '.join(known)}.")
    return tuple(
        language for language in LANGUAGES if language.code in codes or language is ENGLISH
    )


def _revoked(value: str) -> tuple[str, ...]:
    ids = tuple(part for part in value.replace(",", " ").split() if part)
    for identity in ids:
        if len(identity) != _ID_LENGTH or set(identity) - set("0123456789abcdef"):
            raise BadSetting("EASEBACK_REVOKED", f"'{identity}' is no release id (12 hex digits).")
    return ids
