"""What people are told when a service announces something.

Each reaction may run twice: what it tells has a key of its own, so nobody hears of it twice.
"""

from ultra.auth import public as auth
from ultra.auth.events import AuditLogBroken
from ultra.jobs.events import JobGivenUp
from ultra.kit.db import transaction
from ultra.kit.events import on
from ultra.kit.tasks import Job
from ultra.kit.tasks.registry import find_task
from ultra.kit.tasks.states import GIVEN_UP
from ultra.notifications.events import EndpointDisabled
from ultra.notifications.kinds import Kind
from ultra.notifications.news import service as news
from ultra.notifications.news.service import News
from ultra.projects.events import GitHubReconnectNeeded
from ultra.video import public as video
from ultra.video.events import VideoFailed, VideoReady

OWN_TASKS = "notifications."


@on(VideoReady, title={"tr": "Hazır videoyu bildir", "en": "Tell of a ready video"})
def tell_of_ready_video(event: VideoReady) -> None:
    with transaction() as session:
        found = video.find_video(session, event.workspace_id, event.video_id)
        if found is None or found.completed_in is None:
            return
        facts = {"video_id": str(found.id), "title": found.title}
        told = News(f"video:{found.completed_in}", Kind.VIDEO_READY, facts, event.workspace_id)
        news.spread(session, told, auth.member_ids(session, event.workspace_id))


@on(VideoFailed, title={"tr": "İşlenemeyen videoyu bildir", "en": "Tell of a failed video"})
def tell_of_failed_video(event: VideoFailed) -> None:
    with transaction() as session:
        found = video.find_video(session, event.workspace_id, event.video_id)
        if found is None or found.failed_in is None:
            return
        facts = {
            "video_id": str(found.id),
            "title": found.title,
            "code": event.code,
            "reason": found.error_facts,
        }
        told = News(f"video:{found.failed_in}", Kind.VIDEO_FAILED, facts, event.workspace_id)
        news.spread(session, told, auth.member_ids(session, event.workspace_id))


@on(JobGivenUp, title={"tr": "Duran işi bildir", "en": "Tell of a job that was given up"})
def tell_of_dead_job(event: JobGivenUp) -> None:
    """Of jobs whose service tells nobody; news of our own failures would have no end."""
    known = find_task(event.name)
    if event.name.startswith(OWN_TASKS) or (known and known.failed):
        return
    if event.error_code == auth.AUDIT_CHAIN_BROKEN:
        # Each day's job says so; the break itself is told once.
        return
    with transaction() as session:
        job = session.get(Job, event.job_id)
        if job is None or job.state not in GIVEN_UP or job.finished_at is None:
            # Somebody has looked after it already.
            return
        facts = {
            "job_id": str(event.job_id),
            "name": event.name,
            "error_code": event.error_code,
        }
        key = f"job:{event.job_id}:{job.finished_at.isoformat()}"
        if event.workspace_id is None:
            people = auth.operator_ids(session)
        else:
            people = auth.member_ids(session, event.workspace_id)
        news.spread(session, News(key, Kind.JOB_DEAD, facts, event.workspace_id), people)


@on(EndpointDisabled, title={"tr": "Kapatılan bağlantıyı bildir", "en": "Tell of a cut connection"})
def tell_of_disabled_endpoint(event: EndpointDisabled) -> None:
    facts = {
        "endpoint_id": str(event.endpoint_id),
        "name": event.name,
        "reason": event.reason,
    }
    key = f"endpoint:{event.endpoint_id}:{event.at.isoformat()}"
    told = News(key, Kind.WEBHOOK_DISABLED, facts, event.workspace_id, event.endpoint_id)
    with transaction() as session:
        news.spread(session, told, auth.member_ids(session, event.workspace_id))


@on(GitHubReconnectNeeded, title={"tr": "Kopan hesabı bildir", "en": "Tell of a lost account"})
def tell_of_lost_connection(event: GitHubReconnectNeeded) -> None:
    facts = {"connection_id": str(event.connection_id), "login": event.login}
    key = f"connection:{event.connection_id}:{event.at.isoformat()}"
    told = News(key, Kind.CONNECTION_LOST, facts, event.workspace_id)
    with transaction() as session:
        news.spread(session, told, auth.member_ids(session, event.workspace_id))


@on(AuditLogBroken, title={"tr": "Bozulan denetim kaydını bildir", "en": "Tell of a broken log"})
def tell_of_broken_audit_log(event: AuditLogBroken) -> None:
    facts = {
        "position": event.position,
        "workspace_id": str(event.chain) if event.chain.int else None,
    }
    key = f"audit:{event.chain}:{event.position}:{event.at.isoformat()}"
    with transaction() as session:
        told = News(key, Kind.INSTALLATION_AUDIT, facts, None)
        news.spread(session, told, auth.operator_ids(session))
