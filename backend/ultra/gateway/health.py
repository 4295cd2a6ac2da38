"""Is it alive, is it ready, how is it doing."""

import os

from flask import Flask, Response, jsonify
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, generate_latest, multiprocess
from prometheus_client import REGISTRY as PROCESS_REGISTRY
from redis.exceptions import RedisError
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from ultra.kit import migrate
from ultra.kit.access import Scope
from ultra.kit.db import read_only
from ultra.kit.redis import redis
from ultra.kit.vault import metrics as vault


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


def metrics() -> Response:
    """Prometheus text of all server processes of this gateway."""
    registry = PROCESS_REGISTRY
    if "PROMETHEUS_MULTIPROC_DIR" in os.environ:  # noqa: TID251 - set by __main__ for the library
        registry = CollectorRegistry()
        multiprocess.MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
    # Counted in the database, so it is the same in each process.
    told = generate_latest(registry) + generate_latest(vault.REGISTRY)
    return Response(told, content_type=CONTENT_TYPE_LATEST)
