"""Easeback: help for a back or neck that has just locked, with or without a network."""

from __future__ import annotations

import os
from collections.abc import Mapping

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

from webapp import commands, config, database
from webapp.extensions import bind_database
from webapp.i18n import catalogues
from webapp.web import entry, readiness, request_id, security, site, visitor
from webapp.web.archive import Archive
from webapp.web.backup import routes as backup
from webapp.web.errors import handlers
from webapp.web.feedback import views as feedback
from webapp.web.operator import Operator
from webapp.web.release_layer import ReleaseLayer


def create_app(
    environment: Mapping[str, str] | None = None, build: site.Build | None = None
) -> Flask:
    """Return the application, which has not asked its database yet.

    Raise BadSetting, KnowledgeError or IncompleteLanguage.
    """
    settings = config.from_environment(os.environ if environment is None else environment)
    build = build or site.build(
        catalogues.load(settings.languages),
        killed=settings.killed,
        operator=Operator(settings.operator, settings.contact),
        edition=settings.edition,
    )
    app = Flask(__name__, static_folder=None)
    # Else the router would send people to what a request calls our host, with all of its query.
    app.url_map.strict_slashes = app.url_map.merge_slashes = False
    app.config.update(
        SQLALCHEMY_DATABASE_URI=settings.database_url,
        SQLALCHEMY_ENGINE_OPTIONS=database.engine_options(settings.database_url),
        RELEASE_ID=build.release.id,
        RELEASE_DATE=build.release.site.date,
        ORIGIN=settings.origin,
        RELEASE_VERSION=build.release.site.version,
        REVOKED=settings.revoked,
        ROLLBACK=settings.rollback,
        KILLED=settings.killed,
        LANGUAGES=tuple(words.language for words in build.words),
        PAGES=frozenset(build.release.site.pages),
        PROXIES=settings.proxies,
    )
    request_id.init_app(app)
    bind_database(app)
    visitor.init_app(app, settings.limits, settings.database_url)
    app.register_blueprint(entry.blueprint)
    app.register_blueprint(backup.blueprint)
    readiness.init_app(app)
    handlers.init_app(app, build.release)
    feedback.init_app(app, build.draw)
    commands.init_app(app, build)

    security.init_app(app)
    behind = ProxyFix(app.wsgi_app, settings.proxies, x_proto=0)
    archive = Archive(settings.keep, settings.earlier) if settings.keep else None
    app.wsgi_app = ReleaseLayer(  # type: ignore[method-assign]
        behind, build.release, settings.origin, archive
    )
    return app
