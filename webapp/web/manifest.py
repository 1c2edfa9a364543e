"""The web app manifest: how the app looks and starts once it is on the home screen."""

from __future__ import annotations

import json

_TEXT = {
    "name": "Easeback",
    "short_name": "Easeback",
    "description": (
        "What to do when your back or neck has just locked: danger signs, easy positions, heat or"
        " ice, walking, exercises. Works without internet."
    ),
}
_SHORTCUTS = (("Pain now", "now/"), ("Is this serious?", "check/"), ("Exercises", "exercises/"))
_SCREENSHOTS = (
    ("narrow-home.png", "720x1480", "narrow"),
    ("narrow-check.png", "720x1480", "narrow"),
    ("narrow-result.png", "720x1480", "narrow"),
    ("wide-home.png", "1280x800", "wide"),
)


def manifest() -> bytes:
    """Return the manifest as JSON. Its id never changes; "/" opens in the phone's language."""
    return json.dumps(
        {
            "id": "/?app",
            **_TEXT,
            "lang": "en",
            "dir": "ltr",
            "start_url": "/?src=pwa",
            "scope": "/",
            "display": "standalone",
            "display_override": ["standalone", "minimal-ui"],
            "orientation": "portrait",
            "background_color": "#fbf7f0",
            "theme_color": "#fbf7f0",
            "categories": ["health", "medical"],
            "launch_handler": {"client_mode": ["focus-existing", "auto"]},
            "icons": [
                _icon("icon-192.png", "192x192", "any"),
                _icon("icon-512.png", "512x512", "any"),
                _icon("icon.svg", "any", "any"),
                _icon("icon-maskable-512.png", "512x512", "maskable"),
                _icon("icon-monochrome-512.png", "512x512", "monochrome"),
            ],
            "shortcuts": [
                {"name": name, "url": f"/en/{route}", "icons": [_icon("icon-192.png", "192x192")]}
                for name, route in _SHORTCUTS
            ],
            "screenshots": [
                {
                    "src": f"/icons/{name}",
                    "sizes": sizes,
                    "type": "image/png",
                    "form_factor": form_factor,
                }
                for name, sizes, form_factor in _SCREENSHOTS
            ],
        },
        ensure_ascii=False,
        separators=(",", ":"),
    ).encode()


def _icon(name: str, sizes: str, purpose: str = "any") -> dict[str, str]:
    kind = "image/svg+xml" if name.endswith(".svg") else "image/png"
    return {"src": f"/icons/{name}", "sizes": sizes, "type": kind, "purpose": purpose}
