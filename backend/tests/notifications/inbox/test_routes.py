"""Notifications through HTTP, and what open pages hear."""

import json
from typing import Any
from uuid import uuid4

import pytest
from flask.testing import FlaskClient
from sqlalchemy import delete

from tests.factories.auth import SignedUp
from tests.factories.notifications import API, failed, preferences, ready
from ultra.auth import public as auth
from ultra.auth.workspaces.models import Membership
from ultra.kit import live
from ultra.kit.db import read_only, transaction
from ultra.kit.redis import redis
from ultra.notifications.inbox import repository
from ultra.notifications.inbox.presentation import present


def items(client: FlaskClient, query: str = "") -> list[dict[str, Any]]:
    answer = client.get(f"{API}?{query}")
    assert answer.status_code == 200, answer.text
    found: list[dict[str, Any]] = answer.get_json()["items"]
    return found


def unread(client: FlaskClient) -> int:
    count: int = client.get(f"{API}/unread").get_json()["count"]
    return count


def news(person: SignedUp) -> list[tuple[str, Any]]:
    entries = redis.xrange(live.stream_of(person.user_id))
    return [
        (entry["event"], json.loads(entry["data"]))
        for _, entry in entries
        if entry["event"].startswith("notification.")
    ]


class TestList:
    def test_tells_what_happened_in_the_callers_language(
        self, client: FlaskClient, person: SignedUp
    ) -> None:
        video = ready(person, "Yaz <b>tatili</b>")
        (found,) = items(client)
        assert found["kind"] == "video.ready"
        assert found["title"] == "Your video is ready"
        assert found["body"] == "“Yaz <b>tatili</b>” is ready to play and download."
        assert found["href"] == f"/videos/{video.id}"
        assert (found["read_at"], found["is_urgent"]) == (None, False)
        place = {"id": str(person.workspace_id), "name": person.workspace["name"]}
        assert found["workspace"] == place
        assert client.post(f"{API}/{found['id']}/read").get_json()["workspace"] == place
        turkish = client.get(API, headers={"Accept-Language": "tr"}).get_json()["items"][0]
        assert turkish["title"] == "Videonuz hazır"
        assert turkish["id"] == found["id"]

    def test_says_where_it_was_also_when_the_person_is_elsewhere_now(
        self, client: FlaskClient, person: SignedUp
    ) -> None:
        other = client.post("/api/workspaces", json={"name": "Öteki"}).get_json()["id"]
        ready(person)
        assert client.post(f"/api/workspaces/{other}/switch").status_code == 200
        (found,) = items(client)
        assert found["workspace"]["id"] == str(person.workspace_id)

    def test_names_no_workspace_that_the_person_has_left(
        self, client: FlaskClient, person: SignedUp
    ) -> None:
        ready(person)
        with transaction() as session:
            session.execute(delete(Membership).where(Membership.user_id == person.user_id))
        with read_only() as session:
            (row,) = repository.page(
                session, person.user_id, is_unread=None, kind=None, after=None, limit=5
            )
            assert (
                present(row, "en", auth.workspace_names(session, person.user_id)).workspace is None
            )

    def test_a_failed_video_says_why_and_is_urgent(
        self, client: FlaskClient, person: SignedUp
    ) -> None:
        failed(person, "truncated")
        (found,) = items(client)
        assert found["is_urgent"] is True
        assert "The file is incomplete" in found["body"]

    def test_newest_first_without_gap_or_repeat(
        self, client: FlaskClient, person: SignedUp
    ) -> None:
        for number in range(5):
            ready(person, str(number))
        seen, cursor = [], ""
        while True:
            page = client.get(f"{API}?limit=2{cursor}").get_json()
            seen += [item["body"][1] for item in page["items"]]
            if page["next_cursor"] is None:
                break
            cursor = f"&cursor={page['next_cursor']}"
        assert seen == ["4", "3", "2", "1", "0"]

    def test_filters(self, client: FlaskClient, person: SignedUp) -> None:
        ready(person)
        failed(person)
        first, second = items(client)
        client.post(f"{API}/{first['id']}/read")
        assert [each["id"] for each in items(client, "unread=true")] == [second["id"]]
        assert [each["id"] for each in items(client, "unread=false")] == [first["id"]]
        assert [each["kind"] for each in items(client, "kind=video.failed")] == ["video.failed"]
        assert client.get(f"{API}?kind=odd").status_code == 422

    def test_holds_nothing_that_the_person_does_not_want_there(
        self, client: FlaskClient, person: SignedUp
    ) -> None:
        preferences(client, kinds={"video.ready": {"in_app": False}})
        ready(person)
        assert (items(client), unread(client), news(person)) == ([], 0, [])


class TestRead:
    def test_marks_one_and_back(self, client: FlaskClient, person: SignedUp) -> None:
        ready(person)
        ready(person)
        first = items(client)[0]
        answer = client.post(f"{API}/{first['id']}/read")
        assert answer.get_json()["read_at"]
        assert unread(client) == 1
        again = client.post(f"{API}/{first['id']}/read").get_json()
        assert again["read_at"] == answer.get_json()["read_at"]
        assert client.post(f"{API}/{first['id']}/unread").get_json()["read_at"] is None
        assert unread(client) == 2

    def test_marks_all(self, client: FlaskClient, person: SignedUp) -> None:
        for _ in range(3):
            ready(person)
        answer = client.post(f"{API}/read-all", json={"before": None})
        assert answer.get_json() == {"changed": 3}
        assert unread(client) == 0
        assert client.post(f"{API}/read-all", json={}).get_json() == {"changed": 0}

    def test_what_came_after_the_newest_seen_stays_unread(
        self, client: FlaskClient, person: SignedUp
    ) -> None:
        ready(person)
        ready(person)
        seen = items(client)[0]["id"]
        ready(person)
        answer = client.post(f"{API}/read-all", json={"before": seen})
        assert answer.get_json() == {"changed": 2}
        assert unread(client) == 1
        assert client.post(f"{API}/read-all", json={"before": str(uuid4())}).status_code == 404


class TestDelete:
    def test_removes_it_from_the_list(self, client: FlaskClient, person: SignedUp) -> None:
        ready(person)
        path = f"{API}/{items(client)[0]['id']}"
        assert client.delete(path).status_code == 204
        assert (items(client), unread(client)) == ([], 0)
        assert client.delete(path).status_code == 404
        assert client.post(f"{path}/read").status_code == 404


@pytest.mark.parametrize(("verb", "tail"), [("post", "/read"), ("post", "/unread"), ("delete", "")])
def test_somebody_elses_is_not_there(
    client: FlaskClient, person: SignedUp, stranger: FlaskClient, verb: str, tail: str
) -> None:
    ready(person)
    before = items(client)
    answer = stranger.open(f"{API}/{before[0]['id']}{tail}", method=verb.upper())
    assert answer.status_code == 404
    assert items(stranger) == []
    assert items(client) == before


class TestOpenPages:
    def test_hear_of_a_new_one(self, client: FlaskClient, person: SignedUp) -> None:
        video = ready(person)
        ((event, data),) = news(person)
        assert event == "notification.created"
        assert data == {
            "id": items(client)[0]["id"],
            "kind": "video.ready",
            "title_tr": "Videonuz hazır",
            "title_en": "Your video is ready",
            "href": f"/videos/{video.id}",
            "workspace_id": str(person.workspace_id),
            "unread": 1,
        }

    def test_hear_of_what_was_read_elsewhere(self, client: FlaskClient, person: SignedUp) -> None:
        ready(person)
        ready(person)
        first = items(client)[0]["id"]
        client.post(f"{API}/{first}/read")
        client.post(f"{API}/read-all", json={})
        told = [data for event, data in news(person) if event == "notification.read"]
        assert told == [{"ids": [first], "unread": 1}, {"ids": None, "unread": 0}]
