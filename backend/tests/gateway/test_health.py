"""Alive, ready, and not ready when the database is behind the code."""

from flask.testing import FlaskClient
from sqlalchemy import text

from ultra.kit.db import transaction


def test_it_is_alive_and_ready(client: FlaskClient) -> None:
    assert client.get("/livez").get_json() == {"status": "alive"}
    answer = client.get("/readyz")
    assert answer.status_code == 200
    assert answer.get_json() == {"status": "ready", "checks": {"database": True, "redis": True}}


def test_it_is_not_ready_for_an_older_database(client: FlaskClient) -> None:
    with transaction() as session:
        newest = session.scalar(text("select version_num from alembic_version"))
        session.execute(text("update alembic_version set version_num = 'older'"))
    try:
        answer = client.get("/readyz")
        assert answer.status_code == 503
        assert answer.get_json()["checks"] == {"database": False, "redis": True}
        assert client.get("/livez").status_code == 200
    finally:
        with transaction() as session:
            session.execute(text("update alembic_version set version_num = :v"), {"v": newest})
