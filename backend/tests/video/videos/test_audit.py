"""What becomes of a video as a whole stands in the audit log, also once the video is gone."""

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select, update

from tests.factories.auth import SignedUp, sign_up
from tests.factories.video import add_video
from ultra.auth.audit.models import Entry
from ultra.kit.db import read_only, transaction
from ultra.settings import settings
from ultra.video.processing import service as processing
from ultra.video.videos.models import Video


@pytest.fixture
def person(client: FlaskClient) -> SignedUp:
    return sign_up(client)


def test_deleting_and_bringing_back(client: FlaskClient, person: SignedUp) -> None:
    video = add_video(person, title="Tatil")
    path = f"/api/video/{video.id}"
    assert client.delete(path).status_code == 204
    assert client.post(f"{path}/restore").status_code == 200
    client.delete(path)
    with transaction() as session:
        age = func.make_interval(0, 0, 0, 0, settings.video.deleted_keep_hours + 1)
        session.execute(update(Video).values(deleted_at=func.now() - age))
    assert processing.purge_deleted() == 1
    with read_only() as session:
        query = select(Entry).where(Entry.object_id == str(video.id)).order_by(Entry.position)
        found = list(session.scalars(query))
    assert [(each.action, each.user_id) for each in found] == [
        ("video.deleted", person.user_id),
        ("video.restored", person.user_id),
        ("video.deleted", person.user_id),
        # The product itself, when the time was over.
        ("video.removed", None),
    ]
    assert {each.chain for each in found} == {person.workspace_id}
    assert all(each.facts == {"title": "Tatil"} for each in found)
