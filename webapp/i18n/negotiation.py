"""Which language a request without one gets.

Order of preference at "/": the browser's Accept-Language header, then English. A language in the
path always wins; the phone's own memory of the last language is the worker's.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from babel.core import get_global, parse_locale

from webapp.i18n.locales import ENGLISH, Language

_TAG = re.compile(r"([a-z]{2,8}(?:-[a-z0-9]{2,8}){0,3})(?:-[a-z0-9]-[a-z0-9-]*)?", re.IGNORECASE)
"""A tag without its private or further parts, which begin with a single letter."""
_LIKELY = get_global("likely_subtags")
_PARENTS = get_global("parent_exceptions")
_ALIASES = {**get_global("language_aliases"), "no": "nb"}


class _Whole(NamedTuple):
    """A tag with what it leaves out, as most people mean it: "zh-TW" is zh, Hant, TW."""

    language: str
    script: str
    region: str


def language_of_path(path: str, languages: Sequence[Language]) -> Language | None:
    """Return the offered language that the path starts with, or None."""
    first = path.split("/", 2)[1] if path.startswith("/") else ""
    return next((language for language in languages if language.code == first), None)


def preferred(accepted: Sequence[str], languages: Sequence[Language]) -> Language:
    """Return the offered language that suits the tags best, most wanted first; else English.

    A tag is suited by its language in its script, best in its region or one that writes alike. The
    same language in another script is better than none of the wanted ones.
    """
    wanted = [whole for whole in map(_whole, accepted) if whole]
    offered = [(whole, language) for language in languages if (whole := _whole(language.code))]
    for parts in (2, 1):
        for tag in wanted:
            regions = _regions(tag)
            suiting = [
                (regions.index(one.region) if one.region in regions else len(regions), language)
                for one, language in offered
                if one[:parts] == tag[:parts]
            ]
            if suiting:
                return min(suiting, key=lambda suited: suited[0])[1]
    return ENGLISH


def _whole(tag: str) -> _Whole | None:
    """Return the whole of a tag; None if it is no tag."""
    found = _TAG.fullmatch(tag)
    try:
        language, region, script, *_ = parse_locale(found[1] if found else "", sep="-")
    except ValueError:
        return None
    language, _, implied = _ALIASES.get(language, language).partition("_")
    script = script or implied or None
    for known in ((language, script, region), (language, region), (language, script), (language,)):
        likely = _LIKELY.get("_".join(part for part in known if part))
        if likely and None not in known:
            _, likely_script, likely_region = likely.split("_")
            return _Whole(language, script or likely_script, region or likely_region)
    return _Whole(language, script or "", region or "")


def _regions(tag: _Whole) -> list[str]:
    """Return the regions that write like a tag's own, the nearest first: "MX", "419"."""
    language, script, region = tag
    regions = [region]
    parent = _PARENTS.get(f"{language}_{script}_{region}") or _PARENTS.get(f"{language}_{region}")
    while parent and parent.count("_"):
        regions.append(parent.rpartition("_")[2])
        parent = _PARENTS.get(parent)
    usual = _whole(f"{language}-{script}" if script else language)
    return [*regions, usual.region] if usual else regions
