"""HTTP of statistics."""

from typing import Any

from ultra.jobs.statistics import service as statistics
from ultra.jobs.statistics.schemas import ChartQuery, JobsChart, JobsSummary, SummaryQuery
from ultra.jobs.visibility import wall
from ultra.kit.access import Scope, current_actor
from ultra.kit.db import read_only
from ultra.kit.http import Routes

routes = Routes("jobs", "statistics", prefix="/api/jobs")


@routes.route_to("get", "/summary", access=Scope.JOBS_READ, returns=JobsSummary)
def get_jobs_summary(query: SummaryQuery) -> Any:
    """How much waits, runs and was given up, and how late work begins."""
    with read_only() as session:
        return statistics.summarise(session, wall(current_actor(), query.scope))


@routes.route_to("get", "/charts", access=Scope.JOBS_READ, returns=JobsChart)
def get_jobs_charts(query: ChartQuery) -> Any:
    """How many jobs ended, and how late they began, over the last hour, day or week."""
    with read_only() as session:
        return statistics.chart(session, wall(current_actor(), query.scope), query.hours)
