"""News for tests, the jobs that carry them, and where they arrive."""

import json
import secrets
from base64 import urlsafe_b64encode
from dataclasses import dataclass
from datetime import timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import Any
from uuid import UUID

import http_ece
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from flask.testing import FlaskClient
from sqlalchemy import func, select

from tests.factories.auth import SignedUp
from tests.factories.video import add_video
from tests.kit.tasks import toys
from ultra.kit import mail
from ultra.kit.clock import now
from ultra.kit.db import read_only, transaction
from ultra.kit.events import announce
from ultra.kit.tasks import Job, JobState
from ultra.kit.tasks.admission import admit_once
from ultra.kit.tasks.runner import run_job
from ultra.notifications.deliveries.models import Delivery
from ultra.video.events import VideoFailed, VideoReady
from ultra.video.videos.models import Video, VideoActivity
from ultra.video.videos.states import ActivityKind, VideoStatus

API = "/api/notifications"


def complete_video(person: SignedUp, title: str = "Tatil") -> Video:
    """A video as its processing leaves it; nothing is announced yet."""
    video = add_video(person, title=title, status=VideoStatus.COMPLETED)
    _note(video, ActivityKind.COMPLETED)
    return video


def complete_again(video: Video) -> None:
    _note(video, ActivityKind.COMPLETED)


def tell_ready(video: Video) -> None:
    with transaction() as session:
        announce(session, VideoReady(video.id, video.workspace_id))


def ready(person: SignedUp, title: str = "Tatil") -> Video:
    """A video is ready, and whoever reacts to it has reacted; nothing is delivered yet."""
    video = complete_video(person, title)
    tell_ready(video)
    run_due("notifications.tell%")
    return video


def failed(person: SignedUp, code: str = "not_a_video") -> Video:
    video = add_video(person, status=VideoStatus.FAILED, error_code=code, error_facts={})
    _note(video, ActivityKind.FAILED)
    with transaction() as session:
        announce(session, VideoFailed(video.id, video.workspace_id, code))
    run_due("notifications.tell%")
    return video


def _note(video: Video, kind: ActivityKind) -> None:
    with transaction() as session:
        session.add(
            VideoActivity(
                workspace_id=video.workspace_id, video_id=video.id, kind=kind, title=video.title
            )
        )


def run_due(pattern: str = "notifications.%") -> int:
    """Do every job that is due, also those that these ask for; how many."""
    total = 0
    while True:
        admit_once()
        with read_only() as session:
            query = select(Job.id).where(Job.state == JobState.QUEUED, Job.name.like(pattern))
            found = session.scalars(query.order_by(Job.id)).all()
        if not found:
            return total
        for job_id in found:
            run_job(job_id)
        total += len(found)


def run_now(job_id: UUID) -> Job:
    """Do a job at once, whatever it waits for."""
    toys.change(job_id, not_before=func.now())
    admit_once()
    run_job(job_id)
    return toys.find(job_id)


def deliveries(**values: Any) -> list[Delivery]:
    """Those with these values, oldest first."""
    with read_only() as session:
        return list(session.scalars(select(Delivery).filter_by(**values).order_by(Delivery.id)))


def only(**values: Any) -> Delivery:
    (found,) = deliveries(**values)
    return found


def job_of(delivery: Delivery) -> Job:
    assert delivery.job_id is not None
    return toys.find(delivery.job_id)


def add_endpoint(client: FlaskClient, url: str, kind: str = "webhook", **more: Any) -> Any:
    body = {"type": kind, "name": "Muhasebe", "url": url, **more}
    answer = client.post(f"{API}/endpoints", json=body)
    assert answer.status_code == 201, answer.text
    return answer.get_json()


@dataclass(frozen=True)
class Browser:
    """A browser that takes push messages, with the keys that only it has."""

    id: str
    key: ec.EllipticCurvePrivateKey
    auth: bytes

    def read(self, body: bytes) -> Any:
        return json.loads(
            http_ece.decrypt(body, private_key=self.key, auth_secret=self.auth, version="aes128gcm")
        )


def subscription(url: str, key: ec.EllipticCurvePrivateKey, auth: bytes) -> dict[str, Any]:
    point = key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    return {"endpoint": url, "keys": {"p256dh": base64url(point), "auth": base64url(auth)}}


def add_browser(client: FlaskClient, url: str) -> Browser:
    key, auth = ec.generate_private_key(ec.SECP256R1()), secrets.token_bytes(16)
    answer = client.post(f"{API}/push/subscriptions", json=subscription(url, key, auth))
    assert answer.status_code == 201, answer.text
    return Browser(answer.get_json()["id"], key, auth)


def base64url(data: bytes) -> str:
    return urlsafe_b64encode(data).decode().rstrip("=")


def preferences(client: FlaskClient, **changes: Any) -> Any:
    """Change some of the person's preferences; `kinds` maps a kind to its channels."""
    wanted = client.get(f"{API}/preferences").get_json()
    chosen = changes.pop("kinds", {})
    told = ("title", "description", "is_urgent", "fixed", "for_endpoints")
    kinds = [
        {name: value for name, value in kind.items() if name not in told}
        | chosen.get(kind["kind"], {})
        for kind in wanted["kinds"]
    ]
    answer = client.put(f"{API}/preferences", json={**wanted, **changes, "kinds": kinds})
    assert answer.status_code == 200, answer.text
    return answer.get_json()


def quiet_now(client: FlaskClient) -> None:
    """Quiet hours from an hour ago to one to two hours from now."""
    hours = {
        "is_on": True,
        "start": f"{now() - timedelta(hours=1):%H:%M}",
        "end": f"{now() + timedelta(hours=2):%H:00}",
    }
    preferences(client, zone="UTC", quiet_hours=hours)


def mails() -> list[EmailMessage]:
    """What lies in the mailbox, oldest first."""
    found = []
    for path in sorted(mail.folder().glob("*.eml")):
        message = message_from_bytes(path.read_bytes(), policy=default)
        assert isinstance(message, EmailMessage)
        found.append(message)
    return found


def part(message: EmailMessage, subtype: str) -> str:
    """The text or the HTML of a mail."""
    found = message.get_body((subtype,))
    assert found is not None
    content: str = found.get_content()
    return content
