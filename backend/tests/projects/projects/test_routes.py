"""Projects through HTTP: lists, changes, archive, cover, videos."""

from collections.abc import Iterator
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, update

from tests.factories.auth import SignedUp
from tests.factories.projects import PROJECTS, add_project, path_of
from tests.factories.video import add_completed_video, add_video
from ultra.kit import live
from ultra.kit.db import transaction
from ultra.kit.ids import new_id
from ultra.kit.redis import redis
from ultra.projects.projects import service as projects
from ultra.projects.projects.models import Project


def names(client: FlaskClient, query: str = "") -> list[str]:
    answer = client.get(f"{PROJECTS}?{query}")
    assert answer.status_code == 200, answer.text
    return [item["name"] for item in answer.get_json()["items"]]


def pages(client: FlaskClient, path: str, limit: int) -> Iterator[list[dict[str, Any]]]:
    cursor = ""
    while True:
        found = client.get(f"{path}?limit={limit}{cursor}").get_json()
        yield found["items"]
        if found["next_cursor"] is None:
            return
        cursor = f"&cursor={found['next_cursor']}"


def news(person: SignedUp) -> list[str]:
    return [entry["event"] for _, entry in redis.xrange(live.stream_of(person.user_id))]


def code(answer: Any) -> str:
    return str(answer.get_json()["code"])


class TestList:
    def test_newest_first_without_gap_or_repeat(
        self, client: FlaskClient, person: SignedUp
    ) -> None:
        for number in range(7):
            add_project(client, str(number))
        found = [item["name"] for page in pages(client, PROJECTS, 3) for item in page]
        assert found == ["6", "5", "4", "3", "2", "1", "0"]

    def test_those_of_one_moment_are_all_listed(
        self, client: FlaskClient, person: SignedUp
    ) -> None:
        for number in range(5):
            add_project(client, str(number))
        with transaction() as session:
            session.execute(update(Project).values(created_at=func.now()))
        found = [item["name"] for page in pages(client, PROJECTS, 2) for item in page]
        assert sorted(found) == ["0", "1", "2", "3", "4"]

    def test_searches_name_and_description(self, client: FlaskClient, person: SignedUp) -> None:
        add_project(client, "Kapadokya")
        add_project(client, "Deniz", description="Balonlar KAPADOKYA üstünde")
        add_project(client, "%50")
        assert names(client, "q=kapadokya") == ["Deniz", "Kapadokya"]
        assert names(client, "q=%2550") == ["%50"]
        assert names(client, "q=_") == []

    @pytest.mark.parametrize("wanted", ["ışık", "IŞIK", "Işık", "işik"])
    def test_searches_as_turkish_is_typed(
        self, client: FlaskClient, person: SignedUp, wanted: str
    ) -> None:
        add_project(client, "Işıklar")
        add_project(client, "Deniz", description="kış IŞIĞI, gece ışıkları")
        assert names(client, f"q={wanted}") == ["Deniz", "Işıklar"]

    def test_the_archive_is_a_list_of_its_own(self, client: FlaskClient, person: SignedUp) -> None:
        add_project(client, "Süren")
        old = add_project(client, "Biten")
        assert client.post(path_of(old, "/archive")).status_code == 200
        assert names(client) == ["Süren"]
        assert names(client, "archived=true") == ["Biten"]

    def test_shows_only_the_workspaces_own(
        self, client: FlaskClient, stranger: FlaskClient
    ) -> None:
        add_project(client)
        assert names(stranger) == []


class TestOne:
    def test_is_what_was_given(self, client: FlaskClient, person: SignedUp) -> None:
        made = add_project(client, "  Yaz  ", description="Kısa filmler")
        found = client.get(path_of(made)).get_json()
        assert found == made
        assert (found["name"], found["description"]) == ("Yaz", "Kısa filmler")
        assert (found["videos"], found["cover_video_id"], found["archived_at"]) == (0, None, None)

    def test_name_and_description_change(self, client: FlaskClient, person: SignedUp) -> None:
        made = add_project(client, description="eski")
        found = client.patch(path_of(made), json={"description": ""}).get_json()
        assert (found["name"], found["description"]) == (made["name"], "")
        assert found["updated_at"] > made["updated_at"]

    @pytest.mark.parametrize("wrong", [{}, {"name": " "}, {"name": "x" * 121}, {"color": "red"}])
    def test_wrong_changes_change_nothing(
        self, client: FlaskClient, person: SignedUp, wrong: dict[str, str]
    ) -> None:
        made = add_project(client)
        assert client.patch(path_of(made), json=wrong).status_code == 422
        assert client.get(path_of(made)).get_json() == made

    def test_is_gone_when_deleted(self, client: FlaskClient, person: SignedUp) -> None:
        made = add_project(client)
        video = add_video(person)
        client.put(path_of(made, f"/videos/{video.id}"))
        assert client.delete(path_of(made)).status_code == 204
        assert code(client.get(path_of(made))) == "project_not_found"
        assert client.get(f"/api/video/{video.id}").status_code == 200

    def test_there_is_a_limit(
        self, client: FlaskClient, person: SignedUp, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(projects, "MOST", 1)
        add_project(client)
        answer = client.post(PROJECTS, json={"name": "İkinci"})
        assert (answer.status_code, code(answer)) == (409, "too_many_projects")

    def test_open_pages_hear_of_it(self, client: FlaskClient, person: SignedUp) -> None:
        made = add_project(client)
        client.patch(path_of(made), json={"name": "Yeni ad"})
        client.delete(path_of(made))
        told = [event for event in news(person) if event.startswith("project")]
        assert told == ["project.created", "project.updated", "project.deleted"]


class TestArchive:
    def test_can_be_looked_at_and_not_changed(self, client: FlaskClient, person: SignedUp) -> None:
        made = add_project(client)
        video = add_video(person)
        assert client.post(path_of(made, "/archive")).get_json()["archived_at"]
        assert client.get(path_of(made)).status_code == 200
        for answer in (
            client.patch(path_of(made), json={"name": "x"}),
            client.put(path_of(made, f"/videos/{video.id}")),
            client.put(path_of(made, "/cover"), json={"video_id": None}),
            client.put(path_of(made, "/repositories"), json={"full_names": []}),
            client.post(path_of(made, "/archive")),
        ):
            assert (answer.status_code, code(answer)) == (409, "project_archived")
        assert client.post(path_of(made, "/restore")).get_json()["archived_at"] is None
        assert code(client.post(path_of(made, "/restore"))) == "project_not_archived"

    def test_can_be_deleted(self, client: FlaskClient, person: SignedUp) -> None:
        made = add_project(client)
        client.post(path_of(made, "/archive"))
        assert client.delete(path_of(made)).status_code == 204


class TestVideos:
    def ids(self, client: FlaskClient, project: dict[str, Any]) -> list[str]:
        items = client.get(path_of(project, "/videos")).get_json()["items"]
        return [item["id"] for item in items]

    def test_come_and_go(self, client: FlaskClient, person: SignedUp) -> None:
        made, video = add_project(client), add_video(person)
        for _ in range(2):
            assert client.put(path_of(made, f"/videos/{video.id}")).status_code == 204
        assert self.ids(client, made) == [str(video.id)]
        assert client.get(path_of(made)).get_json()["videos"] == 1
        assert client.delete(path_of(made, f"/videos/{video.id}")).status_code == 204
        again = client.delete(path_of(made, f"/videos/{video.id}"))
        assert (again.status_code, code(again)) == (404, "project_video_not_found")
        assert self.ids(client, made) == []

    def test_show_what_lists_need(self, client: FlaskClient, person: SignedUp) -> None:
        made = add_project(client)
        video = add_completed_video(person, {"poster.jpg": b"jpeg"}, title="Köprü")
        client.put(path_of(made, f"/videos/{video.id}"))
        [item] = client.get(path_of(made, "/videos")).get_json()["items"]
        assert item.pop("added_at")
        assert item == {
            "id": str(video.id),
            "title": "Köprü",
            "status": "completed",
            "duration": 10.0,
            "has_poster": True,
        }

    def test_belong_to_many_projects(self, client: FlaskClient, person: SignedUp) -> None:
        video = add_video(person)
        for made in (add_project(client), add_project(client)):
            client.put(path_of(made, f"/videos/{video.id}"))
            assert self.ids(client, made) == [str(video.id)]

    def test_are_paged(self, client: FlaskClient, person: SignedUp) -> None:
        made = add_project(client)
        added = [str(add_video(person).id) for _ in range(5)]
        for video_id in added:
            client.put(path_of(made, f"/videos/{video_id}"))
        found = [it["id"] for page in pages(client, path_of(made, "/videos"), 2) for it in page]
        assert found == added[::-1]

    def test_deleted_ones_leave_and_come_back(self, client: FlaskClient, person: SignedUp) -> None:
        made, video = add_project(client), add_video(person)
        client.put(path_of(made, f"/videos/{video.id}"))
        client.put(path_of(made, "/cover"), json={"video_id": str(video.id)})
        client.delete(f"/api/video/{video.id}")
        assert self.ids(client, made) == []
        shown = client.get(path_of(made)).get_json()
        assert (shown["videos"], shown["cover_video_id"]) == (0, None)
        client.post(f"/api/video/{video.id}/restore")
        assert self.ids(client, made) == [str(video.id)]
        shown = client.get(path_of(made)).get_json()
        assert (shown["videos"], shown["cover_video_id"]) == (1, str(video.id))

    def test_unknown_ones_are_refused(self, client: FlaskClient, person: SignedUp) -> None:
        made = add_project(client)
        answer = client.put(path_of(made, f"/videos/{new_id()}"))
        assert (answer.status_code, code(answer)) == (404, "project_video_not_found")

    def test_of_another_workspace_are_unknown(
        self, client: FlaskClient, person: SignedUp, stranger: FlaskClient
    ) -> None:
        theirs = add_project(stranger)
        video = add_video(person)
        answer = stranger.put(path_of(theirs, f"/videos/{video.id}"))
        assert (answer.status_code, code(answer)) == (404, "project_video_not_found")


class TestCover:
    def test_is_one_of_its_videos(self, client: FlaskClient, person: SignedUp) -> None:
        made, video = add_project(client), add_video(person)
        wanted = {"video_id": str(video.id)}
        answer = client.put(path_of(made, "/cover"), json=wanted)
        assert (answer.status_code, code(answer)) == (404, "project_video_not_found")
        client.put(path_of(made, f"/videos/{video.id}"))
        shown = client.put(path_of(made, "/cover"), json=wanted).get_json()
        assert shown["cover_video_id"] == str(video.id)
        shown = client.put(path_of(made, "/cover"), json={"video_id": None}).get_json()
        assert shown["cover_video_id"] is None

    def test_leaves_with_its_video(self, client: FlaskClient, person: SignedUp) -> None:
        made, video = add_project(client), add_video(person)
        client.put(path_of(made, f"/videos/{video.id}"))
        client.put(path_of(made, "/cover"), json={"video_id": str(video.id)})
        client.delete(path_of(made, f"/videos/{video.id}"))
        client.put(path_of(made, f"/videos/{video.id}"))
        assert client.get(path_of(made)).get_json()["cover_video_id"] is None


class TestMembers:
    def test_are_those_of_the_workspace(self, client: FlaskClient, person: SignedUp) -> None:
        made = add_project(client)
        items = client.get(path_of(made, "/members")).get_json()["items"]
        assert items == [{"id": str(person.user_id), "name": "Ayşe Yılmaz"}]
