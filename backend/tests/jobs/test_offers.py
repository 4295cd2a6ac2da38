"""Offers: the list, their fields, and the one that the video service gives."""

from typing import Any

import pytest
from flask.testing import FlaskClient

from tests.factories.auth import SignedUp
from tests.factories.video import add_completed_video, add_video
from tests.jobs import toys
from tests.kit.tasks.toys import jobs_named
from ultra.jobs.offers.errors import OfferInputInvalid
from ultra.jobs.offers.service import check
from ultra.kit.db import transaction
from ultra.kit.ids import new_id
from ultra.kit.tasks import Trigger
from ultra.kit.tasks.offers import all_offers, find_offer, offer
from ultra.video.videos.errors import VideoAtWork, VideoNotFound
from ultra.video.videos.states import VideoStatus


def offers(client: FlaskClient, language: str = "en") -> dict[str, dict[str, Any]]:
    answer = client.get("/api/jobs/offers", headers={"Accept-Language": language})
    return {each["name"]: each for each in answer.get_json()["items"]}


def test_the_list_says_what_each_needs(client: FlaskClient, person: SignedUp) -> None:
    found = offers(client)
    assert found["video.process_again"]["title"] == "Process a video again"
    assert found["video.process_again"]["fields"] == [
        {
            "name": "video_id",
            "label": "The video's id",
            "type": "uuid",
            "required": True,
            "max_length": None,
        }
    ]
    fields = {each["name"]: each for each in found[toys.WRITE_DOWN]["fields"]}
    assert (fields["text"]["type"], fields["text"]["max_length"]) == ("string", 50)
    assert (fields["page"]["type"], fields["page"]["required"]) == ("integer", False)
    assert fields["owner_id"]["type"] == "uuid"


def test_the_list_speaks_the_callers_language(client: FlaskClient, person: SignedUp) -> None:
    found = offers(client, "tr")["video.process_again"]
    assert (found["title"], found["fields"][0]["label"]) == (
        "Bir videoyu yeniden işle",
        "Videonun kimliği",
    )


def test_every_offer_has_words_for_people() -> None:
    for each in all_offers():
        words = [each.title, each.description, *(field.label for field in each.fields)]
        assert all(text["tr"] and text["en"] for text in words), each.name


def test_a_name_is_given_once() -> None:
    with pytest.raises(ValueError, match="two offers"):
        offer(toys.WRITE_DOWN, input=toys.WriteDown, title={}, description={})(toys.start)


def test_an_input_that_does_not_fit_names_its_field() -> None:
    known = find_offer(toys.WRITE_DOWN)
    assert known
    for given, field in (
        ({}, "text"),
        ({"text": "x" * 51}, "text"),
        ({"text": "a\0b"}, "text"),
        ({"text": "\ud800"}, "text"),
        ({"text": "x", "page": 0}, "page"),
        ({"text": "x", "extra": 1}, "extra"),
    ):
        with pytest.raises(OfferInputInvalid) as refused:
            check(known, given)
        assert refused.value.facts == {"field": field}


class TestProcessAgain:
    def start(self, person: SignedUp, video_id: Any, key: str = "k") -> Any:
        known = find_offer("video.process_again")
        assert known
        with transaction() as session:
            wanted = check(known, {"video_id": str(video_id)})
            return known.start(session, person.workspace_id, wanted, Trigger.WEBHOOK, key)

    @pytest.mark.parametrize("status", [VideoStatus.FAILED, VideoStatus.CANCELLED])
    def test_takes_up_what_was_not_finished(
        self, person: SignedUp, client: FlaskClient, status: VideoStatus
    ) -> None:
        video = add_video(person, status=status)
        job_id = self.start(person, video.id)
        [job] = jobs_named("video.process_video")
        assert (job.id, job.trigger, job.trigger_key) == (job_id, Trigger.WEBHOOK, "k")
        assert client.get(f"/api/video/{video.id}").get_json()["status"] == "queued"

    def test_begins_a_finished_one_from_the_start(
        self, person: SignedUp, client: FlaskClient
    ) -> None:
        video = add_completed_video(
            person, {"poster.jpg": b"x"}, progress=100.0, warnings=["classical_detection"]
        )
        self.start(person, video.id)
        found = client.get(f"/api/video/{video.id}").get_json()
        assert (found["status"], found["progress"], found["warnings"]) == ("queued", 0.0, [])
        assert {step["status"] for step in found["steps"]} == {"waiting"}

    def test_refuses_what_is_at_work(self, person: SignedUp) -> None:
        video = add_video(person, status=VideoStatus.PROCESSING)
        with pytest.raises(VideoAtWork):
            self.start(person, video.id)

    def test_refuses_another_workspaces(self, person: SignedUp, operator: SignedUp) -> None:
        video = add_video(operator, status=VideoStatus.FAILED)
        for unknown in (video.id, new_id()):
            with pytest.raises(VideoNotFound):
                self.start(person, unknown)
        assert jobs_named("video.process_video") == []
