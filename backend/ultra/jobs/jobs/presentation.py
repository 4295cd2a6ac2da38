"""A job as its reader sees it: the row, with its title and what it works on."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from ultra.jobs.jobs.schemas import ChildRead, JobDetail, JobRead, SubjectRead
from ultra.kit import clock
from ultra.kit.errors import Language
from ultra.kit.tasks import Job
from ultra.kit.tasks.registry import find_task
from ultra.kit.tasks.subjects import Subject
from ultra.settings import settings

MADE = ("title", "max_attempts", "subject", "lateness_seconds", "duration_seconds")
"""Fields that are no columns."""


def title_of(name: str, language: Language) -> str:
    """What a task does, in a few words; its name when this version of the code lacks it."""
    known = find_task(name)
    return known.title[language] if known else name


def present(job: Job, language: Language, subjects: Mapping[UUID, Subject]) -> JobRead:
    return JobRead.model_validate(_values(job, language, subjects))


def present_in_full(
    job: Job, language: Language, subjects: Mapping[UUID, Subject], children: Sequence[Job]
) -> JobDetail:
    return JobDetail.model_validate(
        {
            **_values(job, language, subjects),
            **{
                name: getattr(job, name)
                for name in set(JobDetail.model_fields) - {*MADE, "children"}
            },
            "children": [
                ChildRead(
                    id=child.id,
                    name=child.name,
                    title=title_of(child.name, language),
                    state=child.state,
                )
                for child in children
            ],
        }
    )


def _values(job: Job, language: Language, subjects: Mapping[UUID, Subject]) -> dict[str, Any]:
    known = find_task(job.name)
    subject = subjects.get(job.subject_id) if job.subject_id else None
    return {
        **{name: getattr(job, name) for name in JobRead.model_fields if name not in MADE},
        "title": title_of(job.name, language),
        "max_attempts": known.max_attempts if known else settings.jobs.max_attempts,
        "subject": SubjectRead.model_validate(subject) if subject else None,
        "lateness_seconds": _lateness(job),
        "duration_seconds": _duration(job),
    }


def _lateness(job: Job) -> float | None:
    # A retry sets the due time anew, behind the first start: that says nothing of lateness.
    if job.started_at is None or job.started_at < job.not_before:
        return None
    return _seconds(job.not_before, job.started_at)


def _duration(job: Job) -> float | None:
    if job.started_at is None:
        return None
    return _seconds(job.started_at, job.finished_at or clock.now())


def _seconds(start: datetime, end: datetime) -> float:
    return round(max(0.0, (end - start).total_seconds()), 3)
