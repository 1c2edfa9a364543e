"""A browser of the tests' own around WebKitGTK: unlike MiniBrowser it keeps its profile.

WebKitWebDriver starts it and drives it as any other. MiniBrowser forgets everything at its end once
it is driven, so that no restart could be tested with it. It needs no bindings, only the library::

    webkit_browser.py PROFILE [SCRIPT]

PROFILE is the folder to keep everything in, SCRIPT a file that is run before those of each page.
"""

from __future__ import annotations

import ctypes
import ctypes.util
import sys
from ctypes import CFUNCTYPE, c_char_p, c_int, c_ulong, c_void_p
from pathlib import Path

LIBRARY = "libwebkit2gtk-4.1.so.0"
_SMALL_PHONE = (360, 740)

_AUTOMATION_STARTED = CFUNCTYPE(None, c_void_p, c_void_p, c_void_p)
_CREATE_WEB_VIEW = CFUNCTYPE(c_void_p, c_void_p, c_void_p)


class WebKitBrowser:
    """A window with a view, and one more for each tab, in a context that keeps what pages keep."""

    def __init__(self, profile: Path, script: str) -> None:
        self._webkit = ctypes.CDLL(LIBRARY)
        self._gtk = ctypes.CDLL("libgtk-3.so.0")
        self._gobject = ctypes.CDLL("libgobject-2.0.so.0")
        self._script = script
        self._gtk.gtk_init(None, None)
        self._context = self._keeping(profile)
        self._callbacks = (_AUTOMATION_STARTED(self._begin), _CREATE_WEB_VIEW(self._give_view))
        self._first: int | None = self._window()
        self._connect(self._context, b"automation-started", self._callbacks[0])
        allow = self._webkit.webkit_web_context_set_automation_allowed
        allow(c_void_p(self._context), c_int(1))

    def run(self) -> None:
        """Run until the driver, or a signal, ends the process."""
        self._gtk.gtk_main()

    def _keeping(self, profile: Path) -> int:
        """Return a context with a profile."""
        new_data = self._pointer(self._webkit.webkit_website_data_manager_new)
        data = new_data(
            c_char_p(b"base-data-directory"),
            c_char_p(bytes(profile / "data")),
            c_char_p(b"base-cache-directory"),
            c_char_p(bytes(profile / "cache")),
            None,
        )
        self._webkit.webkit_web_context_get_type.restype = c_ulong
        context = self._pointer(self._gobject.g_object_new)(
            c_ulong(self._webkit.webkit_web_context_get_type()),
            c_char_p(b"website-data-manager"),
            c_void_p(data),
            # As MiniBrowser has it, and every browser that people use.
            c_char_p(b"process-swap-on-cross-site-navigation-enabled"),
            c_int(1),
            None,
        )
        return int(context)

    def _window(self) -> int:
        """Return the view of a window that is shown."""
        user_content = self._pointer(self._webkit.webkit_user_content_manager_new)()
        if self._script:
            new_script = self._pointer(self._webkit.webkit_user_script_new)
            source = c_char_p(self._script.encode())
            script = new_script(source, c_int(0), c_int(0), None, None)
            add = self._webkit.webkit_user_content_manager_add_script
            add(c_void_p(user_content), c_void_p(script))
        self._webkit.webkit_web_view_get_type.restype = c_ulong
        view = self._pointer(self._gobject.g_object_new)(
            c_ulong(self._webkit.webkit_web_view_get_type()),
            c_char_p(b"web-context"),
            c_void_p(self._context),
            c_char_p(b"user-content-manager"),
            c_void_p(user_content),
            c_char_p(b"is-controlled-by-automation"),
            c_int(1),
            None,
        )
        window = self._pointer(self._gtk.gtk_window_new)(c_int(0))
        self._gtk.gtk_window_set_default_size(c_void_p(window), *map(c_int, _SMALL_PHONE))
        self._gtk.gtk_container_add(c_void_p(window), c_void_p(view))
        self._gtk.gtk_widget_show_all(c_void_p(window))
        return int(view)

    def _begin(self, _context: int, session: int, _data: int) -> None:
        # The driver asks for a browser of this name.
        about = self._pointer(self._webkit.webkit_application_info_new)()
        self._webkit.webkit_application_info_set_name(c_void_p(about), c_char_p(b"MiniBrowser"))
        tell = self._webkit.webkit_automation_session_set_application_info
        tell(c_void_p(session), c_void_p(about))
        self._connect(session, b"create-web-view", self._callbacks[1])

    def _give_view(self, _session: int, _data: int) -> int:
        """Return the view that is there, the first time, then new ones."""
        view, self._first = self._first, None
        return view or self._window()

    def _connect(self, target: int, signal: bytes, callback: object) -> None:
        connect = self._gobject.g_signal_connect_data
        connect(c_void_p(target), c_char_p(signal), callback, None, None, c_int(0))

    @staticmethod
    def _pointer(function: ctypes._NamedFuncPointer) -> ctypes._NamedFuncPointer:
        function.restype = c_void_p
        return function


if __name__ == "__main__":
    _, folder, *rest = sys.argv
    WebKitBrowser(Path(folder), "".join(Path(name).read_text("utf-8") for name in rest)).run()
