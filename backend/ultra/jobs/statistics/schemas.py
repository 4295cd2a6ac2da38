"""Shapes of requests and responses about statistics."""

from datetime import datetime
from enum import IntEnum

from pydantic import Field

from ultra.jobs.visibility import View
from ultra.kit.http import RequestShape, ResponseShape


class Hours(IntEnum):
    """How far back a chart goes."""

    HOUR = 1
    DAY = 24
    WEEK = 168


class SummaryQuery(RequestShape):
    scope: View = View.OWN


class ChartQuery(RequestShape):
    scope: View = View.OWN
    hours: Hours = Hours.DAY


class StateCounts(ResponseShape):
    waiting: int
    queued: int
    running: int
    paused: int
    done: int = Field(description="Within the last 24 hours")
    cancelled: int = Field(description="Within the last 24 hours")
    failed: int
    dead: int


class QueueRead(ResponseShape):
    queue: str
    priority: str
    waiting: int
    queued: int
    running: int
    oldest_seconds: float | None = Field(description="How long its first due job has been waiting")


class Lateness(ResponseShape):
    """Seconds from when jobs were due until they began; null when none ended lately."""

    p50: float | None
    p95: float | None
    p99: float | None


class JobsSummary(ResponseShape):
    states: StateCounts
    dead_letters: int
    oldest_due_seconds: float | None
    queues: list[QueueRead] = Field(description="Only those with open jobs")
    lateness: Lateness = Field(description="Of jobs that ended within the last hour")
    per_minute_now: int = Field(description="Jobs done within the last minute")


class ChartPoint(ResponseShape):
    at: datetime = Field(description="Where its time span begins")
    done: int
    failed: int
    dead: int
    p50_lateness: float | None
    p95_lateness: float | None


class JobsChart(ResponseShape):
    bucket_seconds: int
    points: list[ChartPoint] = Field(description="Without gaps, the oldest first")
