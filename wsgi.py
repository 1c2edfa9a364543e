"""The application for other WSGI servers and for ``flask``; ours is ``webapp/serve.py``.

A setting that cannot be used stops the start with one line.
"""

from __future__ import annotations

import sys

from click import get_current_context
from flask.cli import ScriptInfo

from webapp import create_app
from webapp.config import BadSetting
from webapp.i18n.catalogues import IncompleteLanguage
from webapp.knowledge.errors import KnowledgeError
from webapp.web import served

try:
    app = create_app()
    command = get_current_context(silent=True)  # a server may have been begun by one, too
    if not (command and command.find_object(ScriptInfo)):  # those of `flask` serve nothing
        served.remember(app)
        app.wsgi_app.finish()  # type: ignore[attr-defined]
except (BadSetting, KnowledgeError, IncompleteLanguage, served.OtherBytes) as fault:
    sys.exit(f"easeback: {fault}")
