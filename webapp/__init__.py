"""Easeback: help for a back or neck that has just locked, with or without a network."""

from __future__ import annotations

import os
from collections.abc import Mapping

from flask import Flask

from webapp import cli, config
from webapp.extensions import db
from webapp.i18n import catalogues
from webapp.web import entry, security, site
from webapp.web.errors import handlers
from webapp.web.release_layer import ReleaseLayer


def create_app(
    environment: Mapping[str, str] | None = None, build: site.Build | None = None
) -> Flask:
    """Return the application; raise BadSetting, KnowledgeError or IncompleteLanguage."""
    settings = config.from_environment(os.environ if environment is None else environment)
    build = build or site.build(catalogues.load(settings.languages))
    app = Flask(__name__, static_folder=None)
    app.config.update(
        SQLALCHEMY_DATABASE_URI=settings.database_url,
        RELEASE_ID=build.release.id,
        RELEASE_DATE=build.release.site.date,
        REVOKED=settings.revoked,
        LANGUAGES=settings.languages,
        PAGES=frozenset(build.release.site.pages),
    )
    db.init_app(app)
    app.register_blueprint(entry.blueprint)
    handlers.init_app(app, build.release)
    cli.init_app(app, build)

    security.init_app(app)
    app.wsgi_app = ReleaseLayer(app.wsgi_app, build.release)  # type: ignore[method-assign]
    return app
