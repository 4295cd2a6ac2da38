"""Lets due jobs into the broker's queues: few at a time, each workspace in its turn.

What is in a broker queue can be neither overtaken nor shared out any more, so only a little is let
in ahead of the workers. A workspace with a thousand jobs and one with a single job then take turns.
"""

from dataclasses import dataclass

from sqlalchemy import ARRAY, Integer, String, bindparam, text

from ultra.kit.db import transaction
from ultra.kit.tasks.registry import Priority, Queue
from ultra.settings import settings

# 1. `room`: how much each broker queue may still take.
# 2. `groups`: every (queue, priority, workspace) with waiting jobs, found by hopping from one to
#    the next in the index ix_jobs_waiting: the cost is that of the groups, not of the jobs.
# 3. `picked`: the oldest due jobs of each group; `turn` is a job's place in its own group.
# 4. `chosen`: first everybody's first job, then everybody's second… as far as there is room.
_ADMIT = text(
    """
with recursive room as (
  select limits.queue, limits.priority, limits.depth - count(jobs.id) as free
  from unnest(cast(:queues as text[]), cast(:priorities as text[]), cast(:depths as int[]))
       as limits (queue, priority, depth)
  left join jobs on jobs.state = 'queued' and jobs.queue = limits.queue
                and jobs.priority = limits.priority
  group by limits.queue, limits.priority, limits.depth
), groups as (
  (select queue, priority, share from jobs where state = 'waiting'
   order by queue, priority, share limit 1)
  union all
  select next.queue, next.priority, next.share
  from groups cross join lateral (
    select queue, priority, share from jobs
    where state = 'waiting'
      and (queue, priority, share) > (groups.queue, groups.priority, groups.share)
    order by queue, priority, share limit 1
  ) next
), picked as (
  select job.id, groups.queue, groups.priority, room.free, job.not_before,
         row_number() over (
           partition by groups.queue, groups.priority, groups.share order by job.not_before, job.id
         ) as turn
  from groups
  join room on room.queue = groups.queue and room.priority = groups.priority and room.free > 0
  cross join lateral (
    select id, not_before from jobs
    where state = 'waiting' and queue = groups.queue and priority = groups.priority
      and share = groups.share and not_before <= now()
    order by not_before
    limit least(room.free, :longest)
    for update skip locked
  ) job
), chosen as (
  select id from (
    select id, free, row_number() over (
      partition by queue, priority order by turn, not_before, id) as place
    from picked
  ) placed where place <= free
), changed as (
  update jobs set state = 'queued', sent_at = now(), sends = 0, seq = seq + 1
  from chosen where jobs.id = chosen.id
  returning jobs.id, jobs.queue, jobs.priority, jobs.seq, jobs.workspace_id, jobs.name
), sent as (
  insert into outbox (carrier, topic, body)
  select 'broker', queue || '.' || priority, jsonb_build_object('job_id', id) from changed
), noted as (
  insert into outbox (carrier, topic, body)
  select 'journal', id::text, jsonb_build_object(
    'job_id', id, 'workspace_id', workspace_id, 'name', name, 'seq', seq,
    'at', clock_timestamp(), 'event', 'queued', 'state', 'queued')
  from changed
)
select (select count(*) from changed) as admitted,
       exists (
         select 1 from room
         where free <= (select count(*) from changed
                        where changed.queue = room.queue and changed.priority = room.priority)
       ) as is_full,
       (
         select extract(epoch from min(soonest.not_before) - now()) from groups cross join lateral (
           select not_before from jobs
           where state = 'waiting' and queue = groups.queue and priority = groups.priority
             and share = groups.share and not_before > now()
           order by not_before limit 1
         ) soonest
       ) as next_due
"""
).bindparams(
    bindparam("queues", type_=ARRAY(String)),
    bindparam("priorities", type_=ARRAY(String)),
    bindparam("depths", type_=ARRAY(Integer)),
)


@dataclass(frozen=True)
class Admitted:
    count: int
    is_full: bool
    """Some queue has no room left, so there may be more to let in soon."""
    next_due: float | None
    """Seconds until a job comes due that is not due yet; None when there is none."""


def admit_once() -> Admitted:
    """One round over all that is due."""
    keys = [(queue, priority) for queue in Queue for priority in Priority]
    with transaction() as session:
        row = session.execute(
            _ADMIT,
            {
                "queues": [str(queue) for queue, _ in keys],
                "priorities": [str(priority) for _, priority in keys],
                "depths": [settings.jobs.pool(queue).depth for queue, _ in keys],
                "longest": settings.jobs.turns,
            },
        ).one()
    next_due = None if row.next_due is None else float(row.next_due)
    return Admitted(row.admitted, row.is_full or row.admitted >= settings.jobs.turns, next_due)
