"""What becomes of incoming webhooks and schedules stands in the audit log."""

from typing import Any

from flask.testing import FlaskClient
from sqlalchemy import select

from tests.factories.auth import SignedUp
from tests.factories.jobs import create_hook
from tests.jobs.test_schedules import create, listed, patch
from ultra.auth.audit.models import INSTALLATION, Entry
from ultra.kit.db import read_only, transaction
from ultra.kit.tasks import schedules


def entries(chain: Any, object_type: str) -> list[Entry]:
    with read_only() as session:
        query = select(Entry).where(Entry.chain == chain, Entry.object_type == object_type)
        return list(session.scalars(query.order_by(Entry.position)))


def told(found: list[Entry]) -> list[tuple[str, dict[str, Any]]]:
    return [(entry.action, entry.facts) for entry in found]


class TestHooks:
    def test_each_change_is_there(self, client: FlaskClient, person: SignedUp) -> None:
        hook = create_hook(client)
        path = f"/api/jobs/hooks/{hook['id']}"
        for _ in range(2):
            client.patch(path, json={"name": "Yeni", "is_enabled": False})
        new = client.post(f"{path}/rotate").get_json()["secret"]
        assert client.delete(path).status_code == 204
        created, *rest = entries(person.workspace_id, "hook")
        assert (created.action, created.user_id) == ("hook.created", person.user_id)
        assert created.facts["offer"] == hook["offer"]
        assert told(rest) == [
            (
                "hook.changed",
                {
                    "name": {"from": hook["name"], "to": "Yeni"},
                    "is_enabled": {"from": True, "to": False},
                },
            ),
            ("hook.secret_renewed", {"name": "Yeni"}),
            ("hook.deleted", {"name": "Yeni", "offer": hook["offer"]}),
        ]
        # Neither a secret nor the address, which is one.
        written = client.get("/api/audit").text
        for secret in (hook["secret"], new, hook["url"].rpartition("/")[2]):
            assert secret not in written


class TestSchedules:
    def test_each_change_is_there(self, client: FlaskClient, person: SignedUp) -> None:
        made = create(client)
        for _ in range(2):
            patch(client, made, every_seconds=7200, is_paused=True)
        assert client.delete(f"/api/jobs/schedules/{made['id']}").status_code == 204
        created, *rest = entries(person.workspace_id, "schedule")
        assert created.action == "schedule.created"
        assert created.facts["input"] == {"text": "günaydın"}
        assert told(rest) == [
            (
                "schedule.changed",
                {
                    "name": made["name"],
                    "every_seconds": {"from": 3600, "to": 7200},
                    "is_paused": {"from": False, "to": True},
                },
            ),
            ("schedule.deleted", {"name": made["name"]}),
        ]

    def test_what_an_operator_does_elsewhere_is_the_installations(
        self, client: FlaskClient, person: SignedUp, operators_client: FlaskClient
    ) -> None:
        made = create(client)
        patch(operators_client, made, is_paused=True)
        found = entries(person.workspace_id, "schedule")
        assert [entry.action for entry in found] == ["schedule.created"]
        [entry] = entries(INSTALLATION, "schedule")
        assert (entry.action, entry.object_id) == ("schedule.changed", made["id"])

    def test_so_is_what_they_do_to_the_products_own(
        self, person: SignedUp, operators_client: FlaskClient
    ) -> None:
        with transaction() as session:
            schedules.plant_code_schedules(session)
        shown = listed(operators_client, "scope=all")
        first = next(each for each in shown if each["origin"] == "code")
        patch(operators_client, first, is_paused=True)
        [entry] = entries(INSTALLATION, "schedule")
        assert entry.facts["name"] == first["name"]
