"""The application for other WSGI servers and for ``flask``; ours is ``webapp/serve.py``.

A setting that cannot be used stops the start with one line.
"""

from __future__ import annotations

import sys

from webapp import create_app
from webapp.config import BadSetting
from webapp.i18n.catalogues import IncompleteLanguage
from webapp.knowledge.errors import KnowledgeError

try:
    app = create_app()
except (BadSetting, KnowledgeError, IncompleteLanguage) as fault:
    sys.exit(f"easeback: {fault}")
