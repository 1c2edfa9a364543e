"""The programs and the font that the tests need: where they are, and how Debian gets them.

Standard library only. `python -m tests.support.system [PACKAGE ...]` installs what is missing, of
these packages or of all, or says what to install; run.py calls it before it calls pytest.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from pathlib import Path
from platform import freedesktop_os_release


def chromium() -> str | None:
    """Return the path of Chromium: the one that EASEBACK_TEST_CHROMIUM names, else one found."""
    named = os.environ.get("EASEBACK_TEST_CHROMIUM")
    return _first(named) if named else _first("chromium", "chromium-browser", "google-chrome")


def headless_shell() -> str | None:
    """Return the path of Chromium's engine without the program around it.

    It starts in a third of the time. Only Debian is known to have it: elsewhere, and where
    EASEBACK_TEST_CHROMIUM names a program, this is Chromium.
    """
    if os.environ.get("EASEBACK_TEST_CHROMIUM") or not _is_debian():
        return chromium()
    return _first("chromium-headless-shell")


def firefox() -> str | None:
    """Return the path of Firefox, the one with extended support if there is one."""
    return _first("firefox-esr", "firefox")


def minibrowser() -> str | None:
    """Return the path of WebKitGTK's small browser, which is not on the PATH."""
    places = (
        *Path("/usr/lib").glob("*/webkit*/MiniBrowser"),
        *Path("/usr/libexec").glob("webkit*/MiniBrowser"),
    )
    return next((str(place) for place in sorted(places)), None)


def webkit_driver() -> str | None:
    """Return the path of the program through which selenium drives WebKitGTK."""
    return _first("WebKitWebDriver")


def xvfb_run() -> str | None:
    """Return the path of the program that gives WebKitGTK a screen; it needs xauth itself."""
    return _first("xvfb-run") if _first("xauth") else None


def postgres() -> str | None:
    """Return the path of PostgreSQL's server, the newest, which Debian keeps off the PATH."""
    versions = Path("/usr/lib/postgresql").glob("*/bin/postgres")
    newest = sorted(versions, key=lambda place: int(place.parts[-3]))
    return str(newest[-1]) if newest else _first("postgres")


def redis() -> str | None:
    """Return the path of Redis's server."""
    return _first("redis-server", "valkey-server")


def nginx() -> str | None:
    """Return the path of nginx, which Debian keeps off the PATH of all but root."""
    return shutil.which("nginx", path=f"{os.environ.get('PATH', '')}:/usr/sbin")


def debootstrap() -> str | None:
    """Return the path of what makes an empty Debian, which Debian keeps off the PATH, too."""
    return shutil.which("debootstrap", path=f"{os.environ.get('PATH', '')}:/usr/sbin")


def roboto() -> str | None:
    """Return the file of the letters that most phones have, in which heights are measured."""
    found = Path("/usr/share/fonts").rglob("Roboto-Regular.ttf")
    return next((str(file) for file in sorted(found)), None)


@dataclass(frozen=True)
class Need:
    """A program, or a font, that the tests cannot do without."""

    name: str
    packages: tuple[str, ...]  # as Debian calls them
    find: Callable[[], str | None]


NEEDS = (
    Need("Chromium", ("chromium",), chromium),
    # Both packages of the same version: one cannot be newer than the other.
    Need("Chromium's headless shell", ("chromium", "chromium-headless-shell"), headless_shell),
    Need("Firefox ESR", ("firefox-esr",), firefox),
    Need("WebKitGTK's MiniBrowser", ("webkit2gtk-driver",), minibrowser),
    Need("WebKitWebDriver", ("webkit2gtk-driver",), webkit_driver),
    Need("xvfb-run with xauth", ("xvfb", "xauth"), xvfb_run),
    Need("PostgreSQL", ("postgresql",), postgres),
    Need("Redis", ("redis-server",), redis),
    Need("nginx", ("nginx",), nginx),
    Need("debootstrap", ("debootstrap",), debootstrap),
    Need("OpenSSL", ("openssl",), lambda: _first("openssl")),
    Need("systemd's tools", ("systemd",), lambda: _first("systemd-analyze")),
    Need("the font Roboto", ("fonts-roboto",), roboto),
)


def missing(packages: Collection[str] = ()) -> list[Need]:
    """Return the programs that are not on this machine, of all or of those in these packages."""
    wanted = [need for need in NEEDS if not packages or {*packages} & {*need.packages}]
    return [need for need in wanted if need.find() is None]


def provide(packages: Collection[str] = ()) -> None:
    """Install the missing programs where that is allowed, else end with what to install."""
    named = os.environ.get("EASEBACK_TEST_CHROMIUM")
    if named and not chromium():
        sys.exit(f"easeback: EASEBACK_TEST_CHROMIUM must name a program, not {named!r}.")
    if lacking := missing(packages):
        rights = _rights()
        if rights is None:
            sys.exit(_request(lacking))
        _apt_install(rights, _packages(lacking))
        if lacking := missing(packages):
            sys.exit(_request(lacking))


def _first(*names: str) -> str | None:
    return next((path for name in names if (path := shutil.which(name))), None)


def _packages(needs: Sequence[Need]) -> list[str]:
    return sorted({package for need in needs for package in need.packages})


def _request(needs: Sequence[Need]) -> str:
    names = ", ".join(need.name for need in needs)
    packages = " ".join(_packages(needs))
    return f"easeback: the tests need {names}; on Debian, run `apt-get install {packages}` first."


def _rights() -> list[str] | None:
    """Return what to write before apt-get: nothing for root, sudo where it asks no password.

    None on other systems: Ubuntu's packages of the same names only point to its own store.
    """
    if not _is_debian() or not shutil.which("apt-get"):
        return None
    if os.geteuid() == 0:
        return []
    sudo = ["sudo", "--non-interactive"]
    may = shutil.which("sudo") and _run([*sudo, "true"]).returncode == 0
    return sudo if may else None


def _is_debian() -> bool:
    try:
        return freedesktop_os_release()["ID"] == "debian"
    except OSError:
        return False


def _apt_install(rights: list[str], packages: list[str]) -> None:
    print(f"Installing {', '.join(packages)} for the tests...", file=sys.stderr, flush=True)
    apt = [*rights, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "--quiet=2"]
    apt += ["-o", "DPkg::Lock::Timeout=300"]  # another installation may be under way
    _run([*apt, "update"])  # one source that fails matters only if the installation fails too
    done = _run([*apt, "install", "--yes", "--no-install-recommends", *packages])
    if done.returncode:
        lines = done.stdout.strip().splitlines() or [f"apt-get ended with {done.returncode}"]
        sys.exit(f"easeback: the programs for the tests could not be installed: {lines[-1]}")


def _run(command: list[str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command,
        check=False,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


if __name__ == "__main__":
    provide(sys.argv[1:])
