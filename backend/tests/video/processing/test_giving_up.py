"""A job's end is told late: what a person decided meanwhile stands."""

import pytest
from flask.testing import FlaskClient

from tests.factories.auth import SignedUp, sign_up
from tests.factories.video import add_video
from tests.kit.tasks.toys import jobs_named
from ultra.kit.tasks import Job, JobState, Lease, Refused, lease, outcomes
from ultra.kit.tasks.admission import admit_once
from ultra.kit.tasks.runner import run_job
from ultra.video.videos.models import waiting_steps
from ultra.video.videos.service import PROCESS
from ultra.video.videos.states import VideoStatus


@pytest.fixture
def person(client: FlaskClient) -> SignedUp:
    return sign_up(client)


class Story:
    """A video whose first job ends, and what its person does before that is told."""

    def __init__(self, client: FlaskClient, person: SignedUp) -> None:
        self.client = client
        video = add_video(person, status=VideoStatus.FAILED, steps=waiting_steps())
        self.path = f"/api/video/{video.id}"
        self.press("retry")

    def press(self, button: str) -> None:
        answer = self.client.post(f"{self.path}/{button}")
        assert answer.status_code == 200, answer.text

    @property
    def status(self) -> str:
        found: str = self.client.get(self.path).get_json()["status"]
        return found

    @property
    def jobs(self) -> list[Job]:
        return jobs_named(PROCESS)

    def claim(self) -> Lease:
        admit_once()
        held = lease.claim(self.jobs[0].id, "renders")
        assert held
        return held

    def tell(self) -> None:
        [told] = jobs_named("video.fail_video")
        admit_once()
        run_job(told.id)


@pytest.fixture
def story(client: FlaskClient, person: SignedUp) -> Story:
    return Story(client, person)


def test_called_off_while_it_rendered_and_tried_again(story: Story) -> None:
    held = story.claim()
    story.press("cancel")
    outcomes.finish_cancelled(held)
    story.press("retry")
    story.tell()
    assert story.status == "queued"
    assert [job.state for job in story.jobs] == [JobState.CANCELLED, JobState.QUEUED]


def test_called_off_on_the_page_of_jobs_and_tried_again(story: Story) -> None:
    answer = story.client.post(f"/api/jobs/{story.jobs[0].id}/cancel")
    assert answer.status_code == 200
    story.press("cancel")
    story.press("retry")
    story.tell()
    assert story.status == "queued"


def test_given_up_called_off_and_tried_again(story: Story) -> None:
    outcomes.record_error(story.claim(), Refused("no", code="no"))
    story.press("cancel")
    story.press("retry")
    story.tell()
    assert story.status == "queued"


def test_what_nobody_took_up_has_failed(story: Story) -> None:
    outcomes.record_error(story.claim(), Refused("no", code="no"))
    story.tell()
    assert story.status == "failed"


def test_the_second_run_tells_of_its_own_end(story: Story) -> None:
    held = story.claim()
    story.press("cancel")
    outcomes.finish_cancelled(held)
    story.press("retry")
    story.tell()
    admit_once()
    second = lease.claim(story.jobs[1].id, "renders")
    assert second
    outcomes.record_error(second, Refused("no", code="no"))
    admit_once()
    run_job(jobs_named("video.fail_video")[1].id)
    assert story.status == "failed"
