"""Read a page as a proofreader does: its structure, its references and what it must not hold."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from html.parser import HTMLParser

_VOID = frozenset(
    [
        "area",
        "base",
        "br",
        "col",
        "embed",
        "hr",
        "img",
        "input",
        "link",
        "meta",
        "source",
        "track",
        "wbr",
    ]
)
_REFERENCES = ("aria-labelledby", "aria-describedby", "aria-controls", "for")


@dataclass
class _Reader(HTMLParser):
    faults: list[str] = field(default_factory=list)
    elements: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    title: str = ""
    _open: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, count in Counter(name for name, _ in attrs).items():
            if count > 1:
                self.faults.append(f"<{tag}> has {name} twice")
        self.elements.append((tag, {name: value or "" for name, value in attrs}))
        if tag not in _VOID:
            self._open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in _VOID:
            self._open.pop()

    def handle_endtag(self, tag: str) -> None:
        if not self._open or self._open[-1] != tag:
            self.faults.append(f"</{tag}> closes {self._open[-1:]}")
        else:
            self._open.pop()

    def handle_data(self, data: str) -> None:
        if self._open[-1:] == ["title"]:
            self.title += data

    def close(self) -> None:
        super().close()
        if self._open:
            self.faults.append(f"{self._open} is never closed")


@dataclass(frozen=True)
class Page:
    """What a proofreader saw: faults, elements with their attributes, and the title."""

    html: str
    faults: tuple[str, ...]
    elements: tuple[tuple[str, dict[str, str]], ...]
    title: str

    def all(self, tag: str) -> list[dict[str, str]]:
        """Return the attributes of every element with the tag."""
        return [attributes for name, attributes in self.elements if name == tag]

    @property
    def references(self) -> set[str]:
        """Every address that the page links to, loads or posts to."""
        named = ("href", "src", "action")
        return {a[name] for _, a in self.elements for name in named if name in a}

    @property
    def fields(self) -> dict[str, str]:
        """The hidden fields of the page's forms, by name."""
        hidden = [a for a in self.all("input") if a.get("type") == "hidden"]
        return {attributes["name"]: attributes["value"] for attributes in hidden}


def proofread(html: str) -> Page:
    """Return what is on the page, with every fault in words."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    page = Page(html, (), tuple(reader.elements), reader.title.strip())
    return Page(html, (*reader.faults, *_house_faults(page)), page.elements, page.title)


def _house_faults(page: Page) -> list[str]:
    ids = Counter(a["id"] for _, a in page.elements if "id" in a)
    targets = {(name, a[name]) for _, a in page.elements for name in _REFERENCES if name in a}
    within = {address[1:] for address in page.references if address.startswith("#")}
    labelled = "alt", "aria-hidden", "aria-label", "aria-labelledby"
    return [
        *([] if page.html.lstrip().startswith("<!doctype html>") else ["no doctype"]),
        *([] if len(page.all("h1")) == 1 else [f"{len(page.all('h1'))} main headings"]),
        *([] if len(page.all("title")) == 1 and page.title else ["no title"]),
        *([] if len(page.all("main")) == 1 else ["not one main part"]),
        *(f"the id {name} is there {count} times" for name, count in ids.items() if count > 1),
        *(
            f"{name} leads to no {word}"
            for name, to in targets
            for word in to.split()
            if word not in ids
        ),
        *(f"#{target} leads nowhere" for target in within - set(ids)),
        *(f"<img src={a.get('src')}> says nothing" for a in page.all("img") if "alt" not in a),
        *("an inline script" for a in page.all("script") if "src" not in a),
        *("an inline style" for tag, a in page.elements if tag == "style" or "style" in a),
        *(f"inline {name}" for _, a in page.elements for name in a if name.startswith("on")),
        *("an <svg> says nothing" for a in page.all("svg") if not set(labelled) & set(a)),
    ]
