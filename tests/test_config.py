from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import create_engine

from webapp import config
from webapp.config import BadSetting, Listening
from webapp.i18n.locales import LANGUAGES

ROOT = Path(config.__file__).parents[1]
NONE = {"DATABASE_URL": "sqlite://"}
REVOKED = "0123456789ab"


def test_nothing_has_to_be_set() -> None:
    settings = config.from_environment({})
    assert settings.database_url.startswith("sqlite:///")
    assert settings.languages == LANGUAGES
    assert settings.revoked == ()
    assert settings.proxies == 0
    assert settings.origin == ""


def test_every_setting_is_taken() -> None:
    settings = config.from_environment(
        {
            "DATABASE_URL": "sqlite:////tmp/x.db",
            "EASEBACK_LANGUAGES": "ar",
            "EASEBACK_REVOKED": f"{REVOKED}, {REVOKED[::-1].replace('b', 'c')}",
            "EASEBACK_PROXIES": "2",
            "EASEBACK_KILL": "1",
            "EASEBACK_LIMITS": "valkeys://:secret@limits.example:6380/1",
            "EASEBACK_ORIGIN": "https://easeback.example:8443",
            "EASEBACK_OPERATOR": " Clínica Norte ",
            "EASEBACK_CONTACT": "help@clinic.example",
            "EASEBACK_KEEP": "/var/lib/releases",
            "EASEBACK_EARLIER": "9",
            "EASEBACK_HOST": "127.0.0.1",
            "EASEBACK_WORKERS": "2",
            "EASEBACK_TEST_CHROMIUM": "chromium",
            "PATH": "/bin",
            "SOMETHING_ELSE": "x",
        }
    )
    assert settings.database_url == "sqlite:////tmp/x.db"
    assert [language.code for language in settings.languages] == ["en", "ar"]
    assert settings.revoked == (REVOKED, "ca9876543210")
    assert settings.proxies == 2
    assert settings.killed
    assert settings.origin == "https://easeback.example:8443"
    assert (settings.operator, settings.contact) == ("Clínica Norte", "help@clinic.example")
    assert (settings.keep, settings.earlier) == (Path("/var/lib/releases"), 9)


def test_finished_releases_are_kept_in_the_checkout_elsewhere_or_nowhere() -> None:
    def keep(value: str) -> Path | None:
        return config.from_environment({**NONE, "EASEBACK_KEEP": value}).keep

    assert keep("") == ROOT / "instance" / "releases"
    assert keep("kept") == Path.cwd() / "kept"
    assert keep("none") is None


def test_who_runs_it_may_be_left_empty() -> None:
    for given in ({}, {"EASEBACK_OPERATOR": "", "EASEBACK_CONTACT": " "}):
        settings = config.from_environment({**NONE, **given})
        assert (settings.operator, settings.contact) == ("", "")


@pytest.mark.parametrize(
    "contact",
    [
        "a.b+c-d_e@mail.clinic.example",
        "https://clinic.example",
        "https://clinic.example:8443/contact/us?topic=app&lang=es#form",
        "+44 20 7946 0000",
        "+34911234567",
    ],
)
def test_who_runs_it_is_reached_by_mail_by_phone_or_at_a_page(contact: str) -> None:
    assert config.from_environment({**NONE, "EASEBACK_CONTACT": contact}).contact == contact


@pytest.mark.parametrize(
    ("written", "codes"),
    [
        ("en", ["en"]),
        ("ar es", ["en", "es", "ar"]),
        ("ar,es,en", ["en", "es", "ar"]),
        (" es , es ", ["en", "es"]),
    ],
)
def test_english_is_always_offered_and_the_order_is_ours(written: str, codes: list[str]) -> None:
    settings = config.from_environment({**NONE, "EASEBACK_LANGUAGES": written})
    assert [language.code for language in settings.languages] == codes


def test_an_empty_setting_is_one_that_is_not_set() -> None:
    names = ("DATABASE_URL", "PORT", *config.KNOWN)
    for empty in ("", " "):
        given = dict.fromkeys(names, empty)
        assert config.from_environment(given) == config.from_environment({})
        assert config.listening(given) == config.listening({}) == Listening("127.0.0.1", 8000, 1)


def test_what_kubernetes_tells_a_container_is_no_setting() -> None:
    injected = {
        "EASEBACK_SERVICE_HOST": "10.0.0.7",
        "EASEBACK_SERVICE_PORT": "80",
        "EASEBACK_SERVICE_PORT_HTTP": "80",
        "EASEBACK_PORT": "tcp://10.0.0.7:80",
        "EASEBACK_PORT_80_TCP": "tcp://10.0.0.7:80",
        "EASEBACK_PORT_80_TCP_PROTO": "tcp",
        "EASEBACK_PORT_80_TCP_PORT": "80",
        "EASEBACK_PORT_80_TCP_ADDR": "10.0.0.7",
        "EASEBACK_WEB_SERVICE_HOST": "10.0.0.8",
        "EASEBACK_WEB_PORT": "tcp://10.0.0.8:80",
    }
    assert config.from_environment({**NONE, **injected}) == config.from_environment(NONE)


def test_postgresql_is_understood_by_its_shorter_name() -> None:
    url = config.from_environment({"DATABASE_URL": "postgres://u:p@host/name?sslmode=require"})
    assert url.database_url == "postgresql://u:p@host/name?sslmode=require"


@pytest.mark.parametrize("folder", ["what?", "number #1", "50%", "a%3Fb"])
def test_the_database_is_in_the_checkout_however_that_is_called(
    folder: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(config, "ROOT", tmp_path / folder)
    (tmp_path / folder).mkdir()
    address = config.from_environment({}).database_url
    engine = create_engine(address)
    with engine.connect() as connection:
        connection.exec_driver_sql("create table x (y)")
    engine.dispose()
    assert (tmp_path / folder / "instance" / "easeback.sqlite3").is_file()


def test_a_checkout_that_cannot_be_written_to_stops_no_start(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        config, "ROOT", tmp_path / "nowhere" / "at all"
    )  # for root, all is writable
    assert config.from_environment({}).database_url.endswith("easeback.sqlite3")


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("PORT", "http", "a number from 1 to 65535, not 'http'."),
        ("PORT", "0", "a number from 1 to 65535, not '0'."),
        ("PORT", "65536", "a number from 1 to 65535, not '65536'."),
        ("EASEBACK_WORKERS", "-1", "a number from 1 to 256, not '-1'."),
        ("EASEBACK_WORKERS", "٢", "a number from 1 to 256, not '٢'."),
        ("EASEBACK_METRICS", "yes", "1 or 0."),
    ],
)
def test_how_it_listens_is_refused_by_the_name_of_its_setting(
    name: str, value: str, told: str
) -> None:
    with pytest.raises(BadSetting) as caught:
        config.listening({name: value})
    assert str(caught.value) == f"{name}: must be {told}"


def test_requests_are_counted_only_on_demand() -> None:
    asked = ({}, {"EASEBACK_METRICS": "0"}, {"EASEBACK_METRICS": "1"})
    assert [config.listening(given).metrics for given in asked] == [False, False, True]


@pytest.mark.parametrize("name", ["EASEBACK_LANGUAGE", "EASEBACK_", "EASEBACK_PORT", "EASEBACK_X"])
def test_an_unknown_setting_is_refused_with_those_that_there_are(name: str) -> None:
    with pytest.raises(
        BadSetting, match=f"^{name}: is not a setting. There are EASEBACK_CONTACT, "
    ):
        config.from_environment({**NONE, name: "x"})


BAD = [
    ("DATABASE_URL", "nonsense"),
    ("DATABASE_URL", "sqlite"),
    ("DATABASE_URL", "://"),
    ("DATABASE_URL", "nosuchengine://host/name"),
    ("DATABASE_URL", "sqlite+nosuchdriver:///x.db"),
    ("DATABASE_URL", "postgresql://host:port/name"),
    ("DATABASE_URL", "sqlite:////what?/x.db"),
    ("DATABASE_URL", "https://elsewhere.example/"),
    ("DATABASE_URL", "mysql://host/name"),
    ("EASEBACK_PROXIES", "-1"),
    ("EASEBACK_PROXIES", "10"),
    ("EASEBACK_PROXIES", "٢"),
    ("EASEBACK_PROXIES", "one"),
    ("EASEBACK_EARLIER", "-1"),
    ("EASEBACK_EARLIER", "100"),
    ("EASEBACK_KEEP", "re\0leases"),
    ("EASEBACK_KILL", "yes"),
    ("EASEBACK_LIMITS", "limits:6379"),
    ("EASEBACK_LIMITS", "memcached://limits:11211"),
    ("EASEBACK_LIMITS", "redis://"),
    ("EASEBACK_LIMITS", "redis://limits:port"),
    ("EASEBACK_LIMITS", "redis+unix://"),
    ("EASEBACK_ORIGIN", "easeback.example"),
    ("EASEBACK_ORIGIN", "https://easeback.example/"),
    ("EASEBACK_ORIGIN", "https://easeback.example/en"),
    ("EASEBACK_ORIGIN", "https://a>; b"),
    ("EASEBACK_ORIGIN", "ftp://easeback.example"),
    ("EASEBACK_ORIGIN", "https://easeback.example\nX: y"),
    ("EASEBACK_OPERATOR", "Clinic\nNorth"),
    ("EASEBACK_OPERATOR", "Clinic \u202e North"),
    ("EASEBACK_OPERATOR", "Clinic \x7f North"),
    ("EASEBACK_OPERATOR", "Clinic \udcff North"),
    ("EASEBACK_OPERATOR", "Cli\u200bnic"),
    ("EASEBACK_OPERATOR", "Cli\u00adnic"),
    ("EASEBACK_OPERATOR", "Clinic \u2067 North"),
    ("EASEBACK_OPERATOR", "n" * 101),
    ("EASEBACK_CONTACT", "ask at the desk"),
    ("EASEBACK_CONTACT", "http://clinic.example/"),
    ("EASEBACK_CONTACT", "javascript:alert(1)"),
    ("EASEBACK_CONTACT", 'https://clinic.example/"onclick=x'),
    ("EASEBACK_CONTACT", "https://user@clinic.example/"),
    ("EASEBACK_CONTACT", "help@clinic"),
    ("EASEBACK_CONTACT", "help@clinic.example?subject=x"),
    ("EASEBACK_CONTACT", "help@clinic.example\nBcc: x@y.example"),
    ("EASEBACK_CONTACT", "020 7946 0000"),
    ("EASEBACK_CONTACT", "+٤٤ ٢٠ ٧٩٤٦"),
    ("EASEBACK_CONTACT", f"https://clinic.example/{'x' * 100}"),
    ("EASEBACK_LANGUAGES", "fr"),
    ("EASEBACK_LANGUAGES", "en;es"),
    ("EASEBACK_LANGUAGES", "EN"),
    ("EASEBACK_REVOKED", "0123456789a"),
    ("EASEBACK_REVOKED", "0123456789abc"),
    ("EASEBACK_REVOKED", "0123456789AB"),
    ("EASEBACK_REVOKED", f"{REVOKED} all"),
]


@pytest.mark.parametrize(("name", "value"), BAD)
def test_a_bad_value_is_refused_by_the_name_of_its_setting(name: str, value: str) -> None:
    with pytest.raises(BadSetting) as caught:
        config.from_environment({**NONE, name: value})
    assert str(caught.value).startswith(f"{name}: ")
    assert str(caught.value).endswith(".")
    assert "\n" not in str(caught.value)


def test_postgresql_without_its_package_is_told_how_to_get_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    url = "postgresql://host/name"
    assert config.from_environment({"DATABASE_URL": url}).database_url == url
    monkeypatch.setitem(sys.modules, "psycopg", None)
    with pytest.raises(BadSetting, match=r"is in requirements-postgresql\.lock\.$"):
        config.from_environment({"DATABASE_URL": url})


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DATABASE_URL", "nonsense"),
        ("EASEBACK_LANGUAGES", "klingon"),
        ("EASEBACK_REVOKED", "everything"),
        ("EASEBACK_COLOUR", "red"),
    ],
)
def test_a_bad_setting_stops_the_start_with_one_line_that_names_it(name: str, value: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", "import wsgi"],
        cwd=ROOT,
        env={"PYTHONPATH": str(ROOT), **NONE, name: value},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert done.stdout == ""
    (line,) = done.stderr.splitlines()
    assert line.startswith(f"easeback: {name}: ")
