"""Jobs: what people see of background work, and the ways in which they start it.

Nouns: jobs (lists, one job, what may be done to it), log (the log of each job and its quick state),
dead_letters (many at once), statistics, workers, offers (what people may have started), schedules
(by the clock), hooks (by a webhook from outside). The engine itself is `kit.tasks`.
"""
