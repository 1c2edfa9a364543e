"""A hostile web page of another origin, whose button posts a form to our check."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

_PAGE = """<!doctype html><meta name="referrer" content="{policy}"><title>hostile</title>
<form method="post" action="{target}"><input type="hidden" name="saddle-numb" value="yes">
<input type="hidden" name="at" value="danger"><button name="go" value="next">Win a prize</button>
</form>"""


@contextmanager
def hostile_site(target: str) -> Iterator[str]:
    """Lend the address of the page; a referrer policy comes after its last slash.

    It has another name than our pages (localhost, not 127.0.0.1), so that it is another site.
    """

    class Page(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            page = _PAGE.format(policy=self.path.strip("/"), target=target)
            self.wfile.write(page.encode())

        def log_message(self, *_: object) -> None:
            """Keep the test's output clean."""

    with ThreadingHTTPServer(("localhost", 0), Page) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://localhost:{server.server_port}/"
        server.shutdown()
