"""The styles as they are sent: without layers, and readable in the oldest browsers we promise."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from tests.support.site import build
from webapp.web.assets import NotLayered, flattened

SHEETS = {
    url: asset.content.decode()
    for url, asset in build().release.site.assets.items()
    if url.endswith(".css")
}

# What Safari 15.4, Chrome 90 and Firefox 91 do not all know (MDN's browser-compat-data, 2026).
NEWER_VALUES = {
    "overflow": r"\bclip\b",
    "lengths of a line": r"\dlh\b",
    "small and dynamic viewports": r"\d[sdl]v(?:h|w|b|i|min|max)\b",
    "viewports by direction": r"\dv[bi]\b",
    "mixed colours": r"color-mix\(|light-dark\(|oklch\(|oklab\(|color\(",
    "round": r"\b(?:round|mod|rem|sin|cos|exp)\(",
}
NEWER_SELECTORS = (":has(", "::details-content", ":popover-open", ":user-valid", ":modal", ":open")
HARMLESS = frozenset(("accent-color", "container-type", "content-visibility", "text-wrap"))
NEWER_PROPERTIES = re.compile(
    r"(?:accent-color|container(?:-type|-name)?|content-visibility|text-wrap(?:-style)?|"
    r"scrollbar-gutter|translate|rotate|scale|offset-path|field-sizing|inset-area|anchor-name|"
    r"interpolate-size|view-transition-name|animation-timeline|text-box|reading-flow|zoom)"
)


def rules(sheet: str) -> Iterator[tuple[str, str]]:
    """Yield the selector and the declarations of every rule, however deep it stands."""
    for selector, body in re.findall(r"([^{}]+)\{([^{}]*)\}", sheet):
        yield selector.strip(), body


def declarations(body: str) -> list[tuple[str, str]]:
    """Return the properties of a rule with their values, in order."""
    parts = (part.partition(":") for part in body.split(";") if part.strip())
    return [(name.strip(), value.strip()) for name, _, value in parts]


def test_no_sheet_has_a_layer_and_rules_keep_the_order_of_layers() -> None:
    assert all("@layer" not in sheet for sheet in SHEETS.values())
    low, high = "@media (x) {\na {\nb: d;\n}\n}", "a {\nb: c;\n}"
    source = f"@layer low, high;\n@layer high {{\n{high}\n}}\n@layer low {{\n{low}\n}}"
    assert flattened(source) == f"{low}\n{high}"


@pytest.mark.parametrize("style", ["a {\nb: c;\n}", "@layer low {\na {\nb: c;\n}"])
def test_a_rule_outside_every_layer_is_refused(style: str) -> None:
    with pytest.raises(NotLayered):
        flattened(style)


def test_what_an_old_browser_does_not_know_stands_behind_what_it_does() -> None:
    alone = []
    for sheet in SHEETS.values():
        for selector, body in rules(sheet):
            own = declarations(body)
            for place, (name, value) in enumerate(own):
                newer = any(re.search(pattern, value) for pattern in NEWER_VALUES.values())
                before = [known for known, _ in own[:place]]
                if newer and not name.startswith("--") and name not in before:
                    alone.append(f"{selector} {{ {name}: {value} }}")
    assert alone == []


def test_a_selector_that_an_old_browser_does_not_know_takes_no_other_with_it() -> None:
    mixed = []
    for sheet in SHEETS.values():
        for selector, _ in rules(sheet):
            one_by_one = re.split(r",\s*(?![^(]*\))", selector)
            newer = [one for one in one_by_one if any(new in one for new in NEWER_SELECTORS)]
            if newer and len(newer) < len(one_by_one) and not selector.startswith("@"):
                mixed.append(selector)
    assert mixed == []


def test_only_harmless_properties_are_newer_than_the_oldest_browsers() -> None:
    used = {
        name
        for sheet in SHEETS.values()
        for _, body in rules(sheet)
        for name, _ in declarations(body)
        if NEWER_PROPERTIES.fullmatch(name)
    }
    assert used <= HARMLESS


def test_no_rule_stands_inside_another() -> None:
    nested = [
        (url, selector)
        for url, sheet in SHEETS.items()
        for selector in re.findall(r"[{};]\s*([^{};@]+)\{[^{}]*\{", sheet)
        if not selector.lstrip().startswith("@")
    ]
    assert nested == []
