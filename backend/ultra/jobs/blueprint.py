"""Everything that the jobs service answers, under /api/jobs."""

from ultra.jobs.dead_letters.routes import routes as dead_letters
from ultra.jobs.hooks.routes import routes as hooks
from ultra.jobs.jobs.routes import routes as jobs
from ultra.jobs.offers.routes import routes as offers
from ultra.jobs.schedules.routes import routes as schedules
from ultra.jobs.statistics.routes import routes as statistics
from ultra.jobs.workers.routes import routes as workers

ROUTES = [dead_letters, hooks, offers, schedules, statistics, workers, jobs]
