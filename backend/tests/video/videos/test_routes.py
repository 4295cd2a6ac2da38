"""Videos through HTTP: lists, changes, deletion, cancel and retry."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, update

from tests.factories.auth import SignedUp, as_browser, sign_up
from tests.factories.video import add_completed_video, add_video, upload
from tests.kit.tasks.toys import jobs_named
from ultra.kit import live
from ultra.kit.db import read_only, transaction
from ultra.kit.redis import redis
from ultra.kit.storage import storage
from ultra.kit.tasks import JobState, lease, outcomes
from ultra.kit.tasks.admission import admit_once
from ultra.settings import settings
from ultra.video.processing import service as processing
from ultra.video.videos.models import Video
from ultra.video.videos.states import VideoStatus

PROCESS = "video.process_video"


@pytest.fixture
def person(client: FlaskClient) -> SignedUp:
    return sign_up(client)


def titles(client: FlaskClient, query: str = "") -> list[str]:
    answer = client.get(f"/api/video?{query}")
    assert answer.status_code == 200, answer.text
    return [item["title"] for item in answer.get_json()["items"]]


def pages(client: FlaskClient, path: str, limit: int) -> Iterator[list[dict[str, Any]]]:
    cursor = ""
    while True:
        found = client.get(f"{path}?limit={limit}{cursor}").get_json()
        yield found["items"]
        if found["next_cursor"] is None:
            return
        cursor = f"&cursor={found['next_cursor']}"


def activity(client: FlaskClient) -> list[str]:
    return [item["kind"] for item in client.get("/api/video/activity").get_json()["items"]]


def set_status(video_id: str, status: VideoStatus, **more: Any) -> None:
    with transaction() as session:
        session.execute(
            update(Video).where(Video.id == UUID(video_id)).values(status=status, **more)
        )


def news(person: SignedUp) -> list[str]:
    return [entry["event"] for _, entry in redis.xrange(live.stream_of(person.user_id))]


class TestList:
    def test_is_empty_for_a_new_person(self, client: FlaskClient, person: SignedUp) -> None:
        found = client.get("/api/video").get_json()
        assert found == {"items": [], "next_cursor": None}

    def test_newest_first_without_gap_or_repeat(
        self, client: FlaskClient, person: SignedUp
    ) -> None:
        for number in range(7):
            add_video(person, title=str(number))
        found = [item["title"] for page in pages(client, "/api/video", 3) for item in page]
        assert found == ["6", "5", "4", "3", "2", "1", "0"]

    def test_videos_of_one_moment_are_all_listed(
        self, client: FlaskClient, person: SignedUp
    ) -> None:
        for number in range(5):
            add_video(person, title=str(number))
        with transaction() as session:
            session.execute(update(Video).values(created_at=func.now()))
        found = [item["title"] for page in pages(client, "/api/video", 2) for item in page]
        assert sorted(found) == ["0", "1", "2", "3", "4"]

    def test_searches_titles_without_regard_to_case(
        self, client: FlaskClient, person: SignedUp
    ) -> None:
        for title in ("Yaz tatili", "TATIL planı", "Kedi", "50% indirim", "50 kişi"):
            add_video(person, title=title)
        assert titles(client, "q=tatil") == ["TATIL planı", "Yaz tatili"]
        # A percent sign is looked for, not a wildcard.
        assert titles(client, "q=50%25") == ["50% indirim"]
        assert titles(client, "q=yok") == []

    @pytest.mark.parametrize("wanted", ["ışık", "IŞIK", "Işık", "işik"])
    def test_searches_titles_as_turkish_is_typed(
        self, client: FlaskClient, person: SignedUp, wanted: str
    ) -> None:
        for title in ("Işıklar", "Gece IŞIKLARI", "Karanlık"):
            add_video(person, title=title)
        assert titles(client, f"q={wanted}") == ["Gece IŞIKLARI", "Işıklar"]

    def test_filters_by_status(self, client: FlaskClient, person: SignedUp) -> None:
        add_video(person, title="a", status=VideoStatus.FAILED)
        add_video(person, title="b", status=VideoStatus.COMPLETED)
        assert titles(client, "status=failed") == ["a"]

    @pytest.mark.parametrize("query", ["status=odd", "limit=0", "limit=101", "cursor=%25%25"])
    def test_refuses_a_query_that_is_none(
        self, client: FlaskClient, person: SignedUp, query: str
    ) -> None:
        assert client.get(f"/api/video?{query}").status_code == 422

    def test_shows_one_workspace(self, client: FlaskClient, person: SignedUp, app: Flask) -> None:
        add_video(person)
        other = as_browser(app)
        sign_up(other)
        assert titles(other) == []


class TestRename:
    def test_changes_the_title(self, client: FlaskClient, person: SignedUp) -> None:
        video = add_video(person)
        answer = client.patch(f"/api/video/{video.id}", json={"title": "  Güz  "})
        assert answer.get_json()["title"] == "Güz"
        assert titles(client) == ["Güz"]
        assert news(person) == ["video.updated"]

    @pytest.mark.parametrize("body", [{"title": ""}, {"title": "   "}, {"title": "x" * 201}, {}])
    def test_refuses_a_title_that_is_none(
        self, client: FlaskClient, person: SignedUp, body: dict[str, str]
    ) -> None:
        video = add_video(person)
        assert client.patch(f"/api/video/{video.id}", json=body).status_code == 422
        assert titles(client) == ["Tatil"]

    def test_changes_nothing_else(self, client: FlaskClient, person: SignedUp) -> None:
        video = add_video(person)
        body = {"title": "Güz", "status": "completed"}
        assert client.patch(f"/api/video/{video.id}", json=body).status_code == 422


class TestDelete:
    def test_hides_the_video(self, client: FlaskClient, person: SignedUp) -> None:
        video = add_video(person)
        assert client.delete(f"/api/video/{video.id}").status_code == 204
        assert client.get(f"/api/video/{video.id}").status_code == 404
        assert client.delete(f"/api/video/{video.id}").status_code == 404
        assert titles(client) == []
        assert news(person) == ["video.deleted"]

    def test_stops_the_work(self, client: FlaskClient, person: SignedUp) -> None:
        video_id = upload(client)["id"]
        client.delete(f"/api/video/{video_id}")
        [job] = jobs_named(PROCESS)
        assert job.state is JobState.CANCELLED

    def test_can_be_undone(self, client: FlaskClient, person: SignedUp) -> None:
        video = add_completed_video(person, {"poster.jpg": b"x"})
        client.delete(f"/api/video/{video.id}")
        answer = client.post(f"/api/video/{video.id}/restore")
        assert answer.get_json()["status"] == "completed"
        assert client.get(f"/api/video/{video.id}/poster").status_code == 200
        assert activity(client) == ["restored", "deleted"]
        assert news(person) == ["video.deleted", "video.created"]

    def test_what_was_not_deleted_cannot_be_restored(
        self, client: FlaskClient, person: SignedUp
    ) -> None:
        answer = client.post(f"/api/video/{add_video(person).id}/restore")
        assert (answer.status_code, answer.get_json()["code"]) == (409, "video_not_deleted")


class TestPurge:
    def delete(self, client: FlaskClient, video: Video, hours: float) -> None:
        client.delete(f"/api/video/{video.id}")
        with transaction() as session:
            session.execute(
                update(Video)
                .where(Video.id == video.id)
                .values(deleted_at=func.now() - timedelta(hours=hours))
            )

    def test_removes_the_files_for_good(self, client: FlaskClient, person: SignedUp) -> None:
        video = add_completed_video(person, {"poster.jpg": b"x", "stream/master.m3u8": b"y"})
        folder = processing.folder_of(video)
        assert len(storage().list(folder)) == 3
        self.delete(client, video, settings.video.deleted_keep_hours + 0.1)
        assert processing.purge_deleted() == 1
        assert storage().list(folder) == []
        path = storage().local_path(folder)
        assert path
        assert not path.exists()
        assert client.post(f"/api/video/{video.id}/restore").status_code == 404

    def test_keeps_what_can_still_be_restored(self, client: FlaskClient, person: SignedUp) -> None:
        video = add_completed_video(person, {"poster.jpg": b"x"})
        self.delete(client, video, settings.video.deleted_keep_hours - 0.1)
        assert processing.purge_deleted() == 0
        assert client.post(f"/api/video/{video.id}/restore").status_code == 200

    def test_keeps_what_was_not_deleted(self, client: FlaskClient, person: SignedUp) -> None:
        add_completed_video(person, {"poster.jpg": b"x"})
        assert processing.purge_deleted() == 0

    def test_the_activity_stays(self, client: FlaskClient, person: SignedUp) -> None:
        self.delete(client, add_video(person), settings.video.deleted_keep_hours + 1)
        processing.purge_deleted()
        assert activity(client) == ["deleted"]


class TestCancel:
    def test_calls_the_work_off(self, client: FlaskClient, person: SignedUp) -> None:
        video_id = upload(client)["id"]
        answer = client.post(f"/api/video/{video_id}/cancel")
        assert answer.get_json()["status"] == "cancelled"
        [job] = jobs_named(PROCESS)
        assert job.state is JobState.CANCELLED
        assert activity(client) == ["cancelled", "uploaded"]
        assert news(person)[-1] == "video.updated"

    @pytest.mark.parametrize(
        "status", [VideoStatus.COMPLETED, VideoStatus.FAILED, VideoStatus.CANCELLED]
    )
    def test_needs_work_to_call_off(
        self, client: FlaskClient, person: SignedUp, status: VideoStatus
    ) -> None:
        video = add_video(person, status=status)
        answer = client.post(f"/api/video/{video.id}/cancel")
        assert (answer.status_code, answer.get_json()["code"]) == (409, "video_not_cancellable")


class TestRetry:
    @pytest.mark.parametrize("status", [VideoStatus.FAILED, VideoStatus.CANCELLED])
    def test_asks_for_the_work_again(
        self, client: FlaskClient, person: SignedUp, status: VideoStatus
    ) -> None:
        video = add_video(person, status=status, error_code="truncated", error_facts={})
        answer = client.post(f"/api/video/{video.id}/retry").get_json()
        assert (answer["status"], answer["error"]) == ("queued", None)
        [job] = jobs_named(PROCESS)
        assert job.args == [str(video.id)]
        assert activity(client) == ["retried"]

    def test_keeps_the_steps_that_were_done(self, client: FlaskClient, person: SignedUp) -> None:
        steps = add_video(person).steps
        steps[0].update(status="done", progress=100.0, seconds=1.5)
        steps[1].update(status="failed", progress=40.0)
        video = add_video(person, status=VideoStatus.FAILED, steps=steps)
        found = client.post(f"/api/video/{video.id}/retry").get_json()["steps"]
        assert [step["status"] for step in found[:3]] == ["done", "waiting", "waiting"]
        assert found[1]["progress"] == 0

    @pytest.mark.parametrize(
        "status", [VideoStatus.COMPLETED, VideoStatus.QUEUED, VideoStatus.PROCESSING]
    )
    def test_needs_a_failed_or_cancelled_video(
        self, client: FlaskClient, person: SignedUp, status: VideoStatus
    ) -> None:
        video = add_video(person, status=status)
        answer = client.post(f"/api/video/{video.id}/retry")
        assert (answer.status_code, answer.get_json()["code"]) == (409, "video_not_retryable")

    def test_waits_until_the_old_run_has_stopped(
        self, client: FlaskClient, person: SignedUp
    ) -> None:
        video_id = upload(client)["id"]
        [job] = jobs_named(PROCESS)
        admit_once()
        held = lease.claim(job.id, "renders")
        assert held
        client.post(f"/api/video/{video_id}/cancel")
        answer = client.post(f"/api/video/{video_id}/retry")
        assert (answer.status_code, answer.get_json()["code"]) == (409, "video_still_stopping")
        assert client.get(f"/api/video/{video_id}").get_json()["status"] == "cancelled"
        outcomes.finish_cancelled(held)
        assert client.post(f"/api/video/{video_id}/retry").status_code == 200


class TestError:
    @pytest.mark.parametrize(("language", "word"), [("tr", "Dosya"), ("en", "The file")])
    def test_is_told_in_the_callers_language(
        self, client: FlaskClient, person: SignedUp, language: str, word: str
    ) -> None:
        video = add_video(person, status=VideoStatus.FAILED, error_code="truncated", error_facts={})
        headers = {"Accept-Language": language}
        error = client.get(f"/api/video/{video.id}", headers=headers).get_json()["error"]
        assert error["code"] == "truncated"
        assert error["detail"].startswith(word)

    @pytest.mark.parametrize(
        ("error", "code"),
        [("WorkerDied", "processing_crashed"), ("ValueError", "processing_failed")],
    )
    def test_a_run_that_was_given_up_is_a_failed_video(
        self, client: FlaskClient, person: SignedUp, error: str, code: str
    ) -> None:
        video_id = upload(client)["id"]
        processing.give_up(UUID(video_id), error)
        found = client.get(f"/api/video/{video_id}").get_json()
        assert (found["status"], found["error"]["code"]) == ("failed", code)
        assert activity(client) == ["failed", "uploaded"]

    def test_giving_up_does_not_touch_a_finished_video(
        self, client: FlaskClient, person: SignedUp
    ) -> None:
        video = add_video(person, status=VideoStatus.COMPLETED)
        processing.give_up(video.id, "WorkerDied")
        with read_only() as session:
            assert session.get_one(Video, video.id).status is VideoStatus.COMPLETED


class TestSummary:
    def test_counts_what_is_there(self, client: FlaskClient, person: SignedUp) -> None:
        add_video(person, status=VideoStatus.COMPLETED, duration=10.5, size=100)
        add_video(person, status=VideoStatus.PROCESSING, duration=4.5, size=10)
        add_video(person, status=VideoStatus.FAILED, size=1)
        gone = add_video(person, status=VideoStatus.COMPLETED, duration=99)
        client.delete(f"/api/video/{gone.id}")
        assert client.get("/api/video/summary").get_json() == {
            "total": 3,
            "processing": 1,
            "completed": 1,
            "failed": 1,
            "seconds": 15.0,
            "bytes": 111,
        }

    def test_is_zero_for_a_new_person(self, client: FlaskClient, person: SignedUp) -> None:
        found = client.get("/api/video/summary").get_json()
        assert set(found.values()) == {0}


class TestActivity:
    def test_pages_newest_first(self, client: FlaskClient, person: SignedUp) -> None:
        ids = [str(add_video(person, title=str(number)).id) for number in range(5)]
        for video_id in ids:
            client.delete(f"/api/video/{video_id}")
        found = [item for page in pages(client, "/api/video/activity", 2) for item in page]
        assert [item["video_id"] for item in found] == ids[::-1]
        assert [item["title"] for item in found] == ["4", "3", "2", "1", "0"]


class TestWorkspaceWall:
    def test_every_route_of_a_video_is_closed_to_others(
        self, client: FlaskClient, person: SignedUp, app: Flask
    ) -> None:
        files = {"poster.jpg": b"x", "sprite.vtt": b"x", "stream/master.m3u8": b"x"}
        video = add_completed_video(person, files)
        other = as_browser(app)
        sign_up(other)
        names = {"get_sprite": "sprite.vtt", "get_stream": "master.m3u8"}
        checked = 0
        for rule in app.url_map.iter_rules():
            if "video_id" not in rule.arguments:
                continue
            name = names.get(rule.endpoint.rpartition(".")[2], "")
            path = rule.rule.replace("<uuid:video_id>", str(video.id)).replace("<name>", name)
            for method in sorted((rule.methods or set()) - {"OPTIONS"}):
                body = {"title": "Benim"} if method == "PATCH" else None
                answer = other.open(path, method=method, json=body)
                assert (method, path, answer.status_code) == (method, path, 404)
                checked += 1
        assert checked >= 12
        found = client.get(f"/api/video/{video.id}").get_json()
        assert (found["status"], found["title"]) == ("completed", "Tatil")
