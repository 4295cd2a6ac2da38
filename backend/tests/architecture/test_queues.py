"""Every queue has a worker in the table of processes, and every task a name of its service."""

from ultra.kit.tasks import Priority, Queue, load_tasks
from ultra.kit.tasks.broker import queue_names
from ultra.kit.tasks.registry import get_task
from ultra.local import product
from ultra.settings import SERVICES, settings
from ultra.video.videos import service as videos


def test_every_queue_has_a_worker() -> None:
    served: set[str] = set()
    for process in product.table(settings):
        if "ultra.worker" in process.command and "run" in process.command:
            served |= set(process.command[process.command.index("run") + 1 :])
    assert served == set(Queue)


def test_urgent_work_is_looked_at_first() -> None:
    names = queue_names([Queue.API, Queue.GENERAL])
    assert names[:2] == ["api.high", "general.high"]
    assert names[-2:] == ["api.low", "general.low"]
    assert len(names) == 2 * len(Priority)


def test_tasks_are_named_after_their_service() -> None:
    load_tasks()
    task = get_task(videos.PROCESS)
    assert task.queue is Queue.VIDEO
    assert task.failed
    assert get_task(task.failed).queue is not Queue.VIDEO
    assert task.name.partition(".")[0] in SERVICES
