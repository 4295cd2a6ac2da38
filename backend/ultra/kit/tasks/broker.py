"""Celery on Redis, set up as a transport and a pool of processes, and nothing more.

Each setting has its reason in docs/decisions/0008-jobs.md; the settings were chosen by breaking
things on purpose, not from the documentation alone.
"""

from celery import Celery
from kombu.exceptions import OperationalError
from redis.exceptions import RedisError

from ultra.kit.outbox import CarrierDown
from ultra.kit.tasks.registry import Priority, Queue
from ultra.settings import settings

RUN_JOB = "ultra.run_job"
"""The one Celery task there is: run the job of this id."""


def queue_names(pools: list[Queue]) -> list[str]:
    """The broker queues of these pools, most urgent first."""
    return [f"{pool}.{priority}" for priority in Priority for pool in pools]


def make_celery() -> Celery:
    """The application that both sides share."""
    address = settings.redis_address
    if address.startswith("unix://"):
        address = "redis+socket://" + address.removeprefix("unix://")
    app = Celery("ultra", broker=address, set_as_current=False)
    app.conf.update(
        # The row drives retries, so the broker must not: a finished, failed or killed task is
        # acknowledged, and what is unfinished in the table is handed out again by the sweeper.
        task_acks_late=True,
        task_acks_on_failure=True,
        task_acks_on_timeout=True,
        task_reject_on_worker_lost=False,
        task_ignore_result=True,
        task_store_errors_even_if_ignored=False,
        worker_prefetch_multiplier=1,
        worker_cancel_long_running_tasks_on_connection_loss=False,
        broker_connection_retry=True,
        broker_connection_retry_on_startup=True,
        broker_connection_max_retries=None,
        broker_channel_error_retry=True,
        broker_transport_options={
            "visibility_timeout": 4 * 3600,
            "unacked_restore_interval": 10,
            "unacked_restore_throttle": 1,
            # Without a limit a half-open connection blocks a worker for ever.
            "socket_timeout": 10,
            "socket_connect_timeout": 3,
            "socket_keepalive": not address.startswith("redis+socket"),
            "health_check_interval": 10,
            "retry_on_timeout": False,
            "queue_order_strategy": "ultra.kit.tasks.turns:Turns",
            # Our priorities are queues of their own; the transport's would be four lists for each.
            "priority_steps": [0],
            "global_keyprefix": "celery:",
        },
        task_serializer="json",
        accept_content=["json"],
        result_accept_content=["json"],
        task_default_queue="misdirected",
        task_create_missing_queues=True,
        worker_hijack_root_logger=False,
        # Our log lines go to standard output, which Celery would turn into log lines.
        worker_redirect_stdouts=False,
        worker_max_tasks_per_child=200,
        worker_send_task_events=False,
        timezone="UTC",
    )
    return app


celery = make_celery()


def send(topic: str, job_id: str) -> None:
    """Put a job's id on a broker queue. Raises CarrierDown within the time limits above."""
    try:
        celery.send_task(RUN_JOB, args=[job_id], queue=topic, retry=False)
    except (OperationalError, RedisError, OSError) as error:
        raise CarrierDown(str(error)) from error
