"""What search engines are told, where people find the site is known: each page in each language.

Phones keep the bytes of a page, and need none of it, so it stands beside the pages.
"""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from http import HTTPStatus

from webapp.release.parts import Release

SITEMAP = "/sitemap.xml"
ROBOTS = "/robots.txt"
_KINDS = (
    'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml"'
)


def robots(origin: str) -> bytes:
    """Return the file that lets them look at everything, and says where the list is."""
    return f"User-agent: *\nAllow: /\nSitemap: {origin}{SITEMAP}\n".encode()


def sitemap(release: Release, origin: str) -> bytes:
    """Return the list of all pages that are worth finding, each with its other languages."""
    urls = "\n".join(_url(release, origin, route) for route in _worth_finding(release))
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<urlset {_KINDS}>\n{urls}\n</urlset>\n'.encode()
    )


def link(release: Release, origin: str, route: str) -> str:
    """Return the header of a page that names it in all languages, by whole addresses."""
    return ", ".join(
        f'<{address}>; rel="alternate"; hreflang="{code}"'
        for code, address in _addresses(release, origin, route)
    )


def _url(release: Release, origin: str, route: str) -> str:
    addresses = [*_addresses(release, origin, route)]
    others = "".join(
        f'<xhtml:link rel="alternate" hreflang="{code}" href="{escape(address)}"/>'
        for code, address in addresses
    )
    return "\n".join(f"<url><loc>{escape(own)}</loc>{others}</url>" for _, own in addresses)


def _addresses(release: Release, origin: str, route: str) -> Iterator[tuple[str, str]]:
    for code in release.site.languages:
        yield code, f"{origin}/{code}/{route}"


def _worth_finding(release: Release) -> Iterator[str]:
    """Yield the routes but for errors, and for second addresses of pages that take answers."""
    pages = release.site.pages
    answering = [route for route, page in pages.items() if page.answers]
    for route, page in pages.items():
        is_second = page.answers and any(
            route.startswith(other) for other in answering if other != route
        )
        if page.status == HTTPStatus.OK and not is_second:
            yield route
