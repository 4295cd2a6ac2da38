"""Builds the Flask application of one process: all services, or only those that it is to mount."""

from collections.abc import Mapping, Sequence
from importlib import import_module
from typing import Any

from flask_openapi3 import Info, OpenAPI
from werkzeug.middleware.proxy_fix import ProxyFix

from ultra import __version__
from ultra.gateway import (
    access,
    allowances,
    errors,
    forward,
    health,
    live,
    openapi,
    origins,
    reports,
    requests,
    well_known,
)
from ultra.settings import SERVICES, settings


def create_app(
    services: Sequence[str] = SERVICES, urls: Mapping[str, str] | None = None
) -> OpenAPI:
    """An app that mounts `services`, and forwards those that `urls` names to another process."""
    app = OpenAPI(
        __name__,
        info=Info(title="Ultrarslanoğlu Core", version=__version__),
        doc_ui=False,
        static_folder=None,
        security_schemes=openapi.SECURITY,
        validation_error_callback=errors.answer_validation_error,
    )
    app.config.update(MAX_FORM_MEMORY_SIZE=500_000, MAX_FORM_PARTS=100, PROPAGATE_EXCEPTIONS=False)
    app.json.ensure_ascii = False  # type: ignore[attr-defined]
    # Of X-Forwarded-For only the entries that our own proxies wrote are believed.
    if hops := settings.gateway.trusted_proxies:
        proxied = ProxyFix(app.wsgi_app, x_for=hops, x_proto=0, x_host=0)
        app.wsgi_app = proxied  # type: ignore[method-assign]
    requests.set_up(app)
    origins.set_up(app)
    allowances.set_up(app)
    access.set_up(app)
    errors.set_up(app)
    health.set_up(app)
    elsewhere = urls or {}
    for service in services:
        if service not in elsewhere:
            _mount(app, service)
    for service, url in elsewhere.items():
        app.register_blueprint(forward.make_blueprint(service, url))
    live.set_up(app)
    reports.set_up(app)
    well_known.set_up(app)
    openapi.set_up(app)
    return app


def _mount(app: OpenAPI, service: str) -> None:
    # By name, so that a process which mounts one service does not import the others.
    blueprint: Any = import_module(f"ultra.{service}.blueprint")
    for routes in blueprint.ROUTES:
        app.register_api(routes)


def create_configured_app() -> OpenAPI:
    """The app that this process's settings ask for."""
    return create_app(settings.services, settings.service_urls)
