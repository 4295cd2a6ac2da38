"""Is it alive, is it ready, how is it doing."""

import hmac
import ipaddress
import os

from flask import Flask, Response, jsonify, request
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, generate_latest, multiprocess
from prometheus_client import REGISTRY as PROCESS_REGISTRY
from pydantic import SecretStr
from redis.exceptions import RedisError
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from ultra.kit import migrate
from ultra.kit.access import Scope
from ultra.kit.db import read_only
from ultra.kit.errors import Forbidden
from ultra.kit.http import bearer_token
from ultra.kit.redis import redis
from ultra.kit.vault import metrics as vault
from ultra.settings import settings

FORWARDED = ("Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto")


def set_up(app: Flask) -> None:
    for rule, view in (("/livez", livez), ("/readyz", readyz), ("/metrics", metrics)):
        view.access = Scope.PUBLIC  # type: ignore[attr-defined]
        view.is_probe = True  # type: ignore[attr-defined]
        app.add_url_rule(rule, view.__name__, view)


def livez() -> Response:
    """This process answers. Says nothing of what it depends on: a restart would not mend that."""
    return jsonify(status="alive")


def readyz() -> Response:
    """Everything that a request needs is there: database at the newest migration, Redis."""
    checks = {"database": _check_database(), "redis": _check_redis()}
    response = jsonify(status="ready" if all(checks.values()) else "not ready", checks=checks)
    response.status_code = 200 if all(checks.values()) else 503
    return response


def _check_database() -> bool:
    try:
        with read_only() as session:
            found = session.scalar(text("select version_num from alembic_version"))
    except SQLAlchemyError:
        return False
    return bool(found == migrate.newest())


def _check_redis() -> bool:
    try:
        return redis.ping() is True
    except RedisError:
        return False


class MetricsForbidden(Forbidden):
    tr = "Ölçümleri yalnızca bu makine veya ULTRA_METRICS_TOKEN anahtarını getiren görebilir."
    en = "Figures are for this machine, and for whoever brings ULTRA_METRICS_TOKEN."


def metrics() -> Response:
    """Prometheus text of all server processes of this gateway."""
    if not _may_see_metrics():
        raise MetricsForbidden
    registry = PROCESS_REGISTRY
    if "PROMETHEUS_MULTIPROC_DIR" in os.environ:  # noqa: TID251 - set by __main__ for the library
        registry = CollectorRegistry()
        multiprocess.MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
    # Counted in the database, so it is the same in each process.
    told = generate_latest(registry) + generate_latest(vault.REGISTRY)
    return Response(told, content_type=CONTENT_TYPE_LATEST)


def _may_see_metrics() -> bool:
    """Whoever brings the token, and who asks from this machine itself and for nobody else.

    A proxy beside us, such as the website, is at this machine as well: it says that it passes on
    what another has asked for.
    """
    token = settings.metrics_token
    if token and hmac.compare_digest((bearer_token() or "").encode(), _plain(token)):
        return True
    if any(name in request.headers for name in FORWARDED):
        return False
    try:
        return ipaddress.ip_address(request.remote_addr or "").is_loopback
    except ValueError:
        return False


def _plain(token: SecretStr) -> bytes:
    return token.get_secret_value().encode()
