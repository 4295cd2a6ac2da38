"""The state of a job in Redis, for reading it often: a copy that may vanish and never goes back.

Notes arrive late, twice or out of order; the number in a note (`seq`) decides which is the newest.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Self
from uuid import UUID

from redis.exceptions import RedisError

from ultra.jobs.log.models import PROGRESS, Note
from ultra.kit.log import get_logger
from ultra.kit.redis import redis
from ultra.kit.tasks import Job, JobState

log = get_logger()

KEPT_SECONDS = 24 * 3600

# ARGV: seq, whether the same seq may be written again, seconds to keep, then pairs of fields. Gives
# back 1 when pages have not been told of this seq: `told` is apart, because a copy that was rebuilt
# for one reader is no news to the others.
WRITE = """
local known = tonumber(redis.call('hget', KEYS[1], 'seq') or '-1')
local seq, again = tonumber(ARGV[1]), ARGV[2] == '1'
if seq > known or (again and seq == known) then
  redis.call('hset', KEYS[1], 'seq', seq, unpack(ARGV, 5))
end
local told = tonumber(redis.call('hget', KEYS[1], 'told') or '-1')
local is_news = ARGV[4] == '1' and (seq > told or (again and seq == told))
if is_news then redis.call('hset', KEYS[1], 'told', seq) end
redis.call('expire', KEYS[1], ARGV[3])
return is_news and 1 or 0
"""
_write = redis.register_script(WRITE)


@dataclass(frozen=True)
class QuickState:
    workspace_id: UUID | None
    state: JobState
    progress: float | None
    progress_note: str | None
    seq: int

    @classmethod
    def of(cls, job: Job) -> Self:
        return cls(job.workspace_id, job.state, job.progress, job.progress_note, job.seq)


def key_of(job_id: UUID) -> str:
    return f"job:{job_id}"


def read(job_id: UUID) -> QuickState | None:
    """None when Redis does not have it, or cannot be asked."""
    try:
        found: dict[str, str] = redis.hgetall(key_of(job_id))  # type: ignore[assignment]
    except RedisError as error:
        log.warning("job.state_not_read", error=str(error)[:200])
        return None
    if "state" not in found:
        return None
    workspace, progress = found.get("workspace_id"), found.get("progress")
    return QuickState(
        UUID(workspace) if workspace else None,
        JobState(found["state"]),
        float(progress) if progress else None,
        found.get("progress_note") or None,
        int(found["seq"]),
    )


def rebuild(job: Job) -> None:
    """Copy a row to Redis; without effect when Redis knows something newer or is away."""
    state = QuickState.of(job)
    fields = _fields(
        state.workspace_id, state.state, state.progress or "", state.progress_note or ""
    )
    try:
        _write([key_of(job.id)], [state.seq, 1, KEPT_SECONDS, 0, *fields])
    except RedisError as error:
        log.warning("job.state_not_written", error=str(error)[:200])


def write(notes: Sequence[Note]) -> list[Note]:
    """Copy what the notes say; those that pages have not been told of yet. Raises RedisError."""
    pipe = redis.pipeline(transaction=False)
    for note in notes:
        is_progress = note.entry.event == PROGRESS
        arguments = [note.entry.seq, int(is_progress), KEPT_SECONDS, 1, *_fields_of(note)]
        _write([key_of(note.job_id)], arguments, client=pipe)
    answers = pipe.execute()
    return [note for note, is_news in zip(notes, answers, strict=True) if is_news]


def _fields_of(note: Note) -> list[Any]:
    facts, state = note.entry.facts, note.entry.state
    if note.entry.event == PROGRESS:
        progress = facts.get("progress")
        told = (progress if progress is not None else "", facts.get("progress_note") or "")
        return _fields(note.workspace_id, state, *told)
    if note.entry.event == "put_back":
        return _fields(note.workspace_id, state, "", "")
    if state is JobState.DONE:
        return _fields(note.workspace_id, state, 1.0, "")
    # Other changes say nothing of the progress: what was known stays.
    return _fields(note.workspace_id, state)


def _fields(
    workspace_id: UUID | None, state: JobState, progress: Any = None, note: str | None = None
) -> list[Any]:
    fields: list[Any] = ["workspace_id", str(workspace_id or ""), "state", state.value]
    if progress is not None:
        fields += ["progress", progress, "progress_note", note]
    return fields
