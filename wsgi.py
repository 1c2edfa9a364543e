"""The application for WSGI servers. A setting that cannot be used stops the start with one line."""

from __future__ import annotations

import sys

from webapp import create_app
from webapp.config import BadSetting
from webapp.database import UnusableDatabase
from webapp.i18n.catalogues import IncompleteLanguage
from webapp.knowledge.errors import KnowledgeError

try:
    app = create_app()
except (BadSetting, KnowledgeError, IncompleteLanguage, UnusableDatabase) as fault:
    sys.exit(f"easeback: {fault}")
