"""The chaos run: jobs are asked for, faults strike, and at the end every effect is counted.

It starts the product by its own supervisor, in a home of its own. Jobs arrive in two ways: straight
into the database, and as signed webhooks through the gateway, repeated until they are accepted.
"""

import json
import random
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from redis import Redis
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from tests.chaos import jobs
from tests.chaos.faults import Faults
from tests.chaos.proxy import Proxy
from ultra.kit.db import engine, read_only, transaction
from ultra.kit.ids import new_id
from ultra.kit.tasks import enqueue, load_tasks
from ultra.kit.webhooks import sign
from ultra.local import child, product
from ultra.local.processes import Process
from ultra.local.stack import Stack
from ultra.settings import Settings, settings

AHEAD_SECONDS = 70 * 60
SETTLE_SECONDS = 240
"""How long after the last fault everything must have come to rest, and a second more for each
twenty jobs: that is the least that a busy machine works off."""
NOTES_PERCENT, COUNT_PERCENT, CHAIN_PERCENT, GRIND_PERCENT = 10, 25, 5, 3
WORKSPACES = 7
FEW = 6
"""So few open jobs are named one by one, for whoever wonders what they wait for."""

Say = Callable[[str], None]


@dataclass
class Verdict:
    """What was asked for, and what came of it."""

    jobs: int = 0
    faults: dict[str, int] = field(default_factory=dict)
    seconds: float = 0.0
    settle_seconds: float = 0.0
    lost: list[str] = field(default_factory=list)
    doubled: list[str] = field(default_factory=list)
    unsettled: list[str] = field(default_factory=list)
    outbox: int = 0
    crashes: int = 0
    refused: int = 0
    """Effects that the receiver refused because their worker had lost the job."""
    gaps: list[str] = field(default_factory=list)
    """Jobs whose log misses an entry."""

    @property
    def is_good(self) -> bool:
        return not (self.lost or self.doubled or self.unsettled or self.outbox or self.gaps)

    def as_text(self) -> str:
        struck = ", ".join(f"{name} {count}" for name, count in sorted(self.faults.items()))
        return f"""\
{self.jobs} jobs, {sum(self.faults.values())} faults in {self.seconds:.0f} s
at rest {self.settle_seconds:.0f} s after the last
faults: {struck}
lost {len(self.lost)}, doubled {len(self.doubled)}, unsettled {len(self.unsettled)}, \
left in the outbox {self.outbox}, logs with gaps {len(self.gaps)}
crashes survived {self.crashes}, late effects refused {self.refused}"""


def table(given: Settings) -> list[Process]:
    """The product's processes, with the chaos run's workers, and Redis behind the proxy."""
    usual = {process.name: process for process in product.table(given)}
    door = {"ULTRA_REDIS_URL": f"unix://{proxy_socket()}"}
    prepared = ("postgres", "redis", "migrate")

    def worker(name: str, *arguments: str) -> Process:
        command = (usual["gateway"].command[0], "-m", "tests.chaos.worker", *arguments)
        return Process(
            name, command, after=prepared, environment=door, grace_seconds=20, settle_seconds=1
        )

    pools = ("api", "analytics", "general")
    return [
        usual["postgres"],
        usual["redis"],
        usual["migrate"],
        usual["sandbox"],
        _with(usual["gateway"], door),
        worker("dispatcher-1", "dispatch"),
        worker("dispatcher-2", "dispatch"),
        worker("worker-1", "run", *pools),
        worker("worker-2", "--ahead", str(AHEAD_SECONDS), "run", *pools),
        worker("worker-video", "run", "video"),
    ]


def _with(process: Process, environment: dict[str, str]) -> Process:
    return Process(**{**process.__dict__, "environment": environment})


def proxy_socket() -> Path:
    return settings.run_dir / "redis-proxy.sock"


def run(*, count: int, faults: int, seed: int, pace: float = 2.5, say: Say = print) -> Verdict:
    """Ask for `count` jobs while `faults` strike, `pace` seconds apart on average."""
    dice = random.Random(seed)
    # The supervisor's patience with a process that keeps dying would only make the run longer.
    child.LONGEST_PAUSE_SECONDS = 1
    load_tasks()
    settings.run_dir.mkdir(mode=0o700, exist_ok=True)
    redis_socket = settings.run_dir / "redis.sock"
    with (
        Proxy(redis_socket, proxy_socket()) as proxy,
        Stack(settings, table=table) as stack,
        Redis(unix_socket_path=str(redis_socket), socket_timeout=5) as store,
    ):
        try:
            _make_table()
            feeder = Feeder(count, dice.randrange(2**32), seconds=max(faults * pace * 0.9, 1))
            return _strike(stack, proxy, store, feeder, dice, faults=faults, pace=pace, say=say)
        finally:
            engine.dispose()


def _strike(
    stack: Stack,
    proxy: Proxy,
    store: Redis,
    feeder: "Feeder",
    dice: random.Random,
    *,
    faults: int,
    pace: float,
    say: Say,
) -> Verdict:
    tools = Faults(stack, proxy, store, dice)
    began = time.monotonic()
    feeder.start()
    for number in range(faults):
        time.sleep(dice.uniform(0.2, 2 * pace - 0.2))
        name = tools.strike()
        say(f"{number + 1:4d}  {time.monotonic() - began:6.1f} s  {name}")
    tools.calm()
    feeder.join()
    last = time.monotonic()
    _wait_for_rest(last + SETTLE_SECONDS + feeder.count / 20, say)
    verdict = Verdict(jobs=feeder.count, faults=tools.done)
    verdict.seconds, verdict.settle_seconds = last - began, time.monotonic() - last
    _count(verdict, feeder)
    return verdict


class Feeder(threading.Thread):
    """Asks for the jobs, evenly over the time of the faults, and insists on each."""

    def __init__(self, count: int, seed: int, *, seconds: float) -> None:
        super().__init__(name="feeder")
        self.count = count
        self._dice = random.Random(seed)
        self._pause = seconds / count
        self._workspaces = [new_id() for _ in range(WORKSPACES)]
        self.delivered: set[str] = set()
        self.counted: set[str] = set()
        self.noted: set[str] = set()
        self.failure: BaseException | None = None
        self._hook = _make_hook()

    def run(self) -> None:
        try:
            began = time.monotonic()
            for number in range(self.count):
                ahead = began + number * self._pause - time.monotonic()
                if ahead > 0:
                    time.sleep(ahead)
                self._ask(f"{number:06d}")
        except BaseException as error:  # noqa: BLE001 - told by the verdict
            self.failure = error

    def _ask(self, key: str) -> None:
        chance = self._dice.randrange(100)
        if chance < NOTES_PERCENT:
            self.noted.add(key)
            _insist(lambda: self._hook.call(key))
        elif chance < NOTES_PERCENT + COUNT_PERCENT:
            self.counted.add(key)
            self._enqueue(jobs.COUNT, key)
        elif chance < NOTES_PERCENT + COUNT_PERCENT + CHAIN_PERCENT:
            self.counted |= {f"{key}:{link}" for link in range(1, jobs.LINKS + 1)}
            self._enqueue(jobs.CHAIN, key, 1)
        elif chance < NOTES_PERCENT + COUNT_PERCENT + CHAIN_PERCENT + GRIND_PERCENT:
            self.counted.add(key)
            self._enqueue(jobs.GRIND, key)
        else:
            self.delivered.add(key)
            self._enqueue(jobs.DELIVER, key)

    def _enqueue(self, name: str, key: str, *more: Any) -> None:
        workspace_id = self._dice.choice(self._workspaces)
        arguments = [key, *more, *([str(workspace_id)] if name == jobs.CHAIN else [])]

        def ask() -> None:
            # The same key again after a commit that nobody heard of makes no second job.
            with transaction() as session:
                enqueue(
                    session, name, *arguments, workspace_id=workspace_id, trigger_key=f"chaos:{key}"
                )

        _insist(ask)


@dataclass(frozen=True)
class Hook:
    """An incoming webhook of a person who signed up, which leaves notes."""

    url: str
    secret: str

    def call(self, key: str) -> None:
        """Raises OSError unless it was accepted; repeating it does no harm."""
        body = json.dumps({"title": key}).encode()
        headers = sign([self.secret], f"msg_{key}", datetime.now(UTC), body)
        request = urllib.request.Request(
            self.url, body, {**headers, "Content-Type": "application/json"}, method="POST"
        )
        with urllib.request.urlopen(request, timeout=15) as answer:
            answer.read()


def _make_hook() -> Hook:
    base = f"http://127.0.0.1:{settings.gateway_port}"

    def post(path: str, body: Any, token: str = "") -> Any:
        headers = {"Content-Type": "application/json"}
        if token:
            headers["Authorization"] = f"Bearer {token}"
        request = urllib.request.Request(base + path, json.dumps(body).encode(), headers)
        with urllib.request.urlopen(request, timeout=15) as answer:
            return json.load(answer)

    password = f"{new_id()}"
    person = {"email": f"{new_id()}@example.test", "password": password, "name": "Kaos"}
    token = post("/api/auth/register", person)["token"]
    wanted = {
        "name": "chaos",
        "signature": "standard",
        "offer": "notifications.send_note",
        "mapping": {"title": {"from": "/title"}, "body": {"value": "chaos"}},
    }
    made = post("/api/jobs/hooks", wanted, token)
    return Hook(base + "/api/jobs/hooks/" + made["url"].rsplit("/", 1)[1], made["secret"])


def _insist(ask: Callable[[], None]) -> None:
    """Again and again until it is accepted, as a sender of webhooks does."""
    give_up_at = time.monotonic() + 120
    while True:
        try:
            ask()
        except (SQLAlchemyError, OSError, urllib.error.URLError) as error:
            if isinstance(error, urllib.error.HTTPError) and error.code < 500:
                raise
            if time.monotonic() > give_up_at:
                raise
            time.sleep(0.3)
        else:
            return


def _make_table() -> None:
    with transaction() as session:
        session.execute(text("create table chaos_effects (key text not null)"))


OPEN = text(
    "select id::text, name, state, owner, lease_until, not_before, sends, error_code from jobs "
    "where state in ('waiting', 'queued', 'running', 'paused', 'failed', 'dead') "
    "and trigger <> 'schedule'"
)


def _wait_for_rest(give_up_at: float, say: Say) -> None:
    while time.monotonic() < give_up_at:
        try:
            with read_only() as session:
                open_jobs = session.execute(OPEN).all()
                waiting = len(open_jobs)
                outbox = session.scalar(text("select count(*) from outbox"))
        except SQLAlchemyError:
            open_jobs, waiting, outbox = [], 1, 0
        if not waiting and not outbox:
            return
        say(f"      {waiting} jobs open, {outbox} messages in the outbox")
        for row in open_jobs[:5] if waiting < FEW else []:
            say(f"        {tuple(map(str, row))}")
        time.sleep(2)


def _count(verdict: Verdict, feeder: Feeder) -> None:
    if feeder.failure:
        raise feeder.failure
    counts: dict[str, int] = {}
    with read_only() as session:
        found = [
            "select key, count(*) from chaos_effects group by 1",
            "select 'note:' || (facts ->> 'title'), count(*) from notifications group by 1",
        ]
        for query in found:
            counts.update((key, number) for key, number in session.execute(text(query)))
        verdict.unsettled = [f"{row.name} {row.id} {row.state}" for row in session.execute(OPEN)]
        verdict.outbox = session.scalar(text("select count(*) from outbox")) or 0
        verdict.crashes = session.scalar(text("select sum(crashes) from jobs")) or 0
        verdict.gaps = _find_gaps(session)
    address = f"http://127.0.0.1:{settings.sandbox_port}/effects"
    with urllib.request.urlopen(address, timeout=15) as answer:
        truth = json.load(answer)
    verdict.refused = truth["refused"]
    verdict.doubled = [*truth["doubled"], *(key for key, number in counts.items() if number > 1)]
    wanted = feeder.counted | {f"note:{key}" for key in feeder.noted}
    verdict.lost = sorted(wanted - set(counts))
    if truth["keys"] != len(feeder.delivered):
        verdict.lost += sorted(key for key in feeder.delivered if not _is_delivered(key))


def _is_delivered(key: str) -> bool:
    address = f"http://127.0.0.1:{settings.sandbox_port}/effects/{key}"
    with urllib.request.urlopen(address, timeout=15) as answer:
        return bool(json.load(answer)["count"])


def _find_gaps(session: Any) -> list[str]:
    """Jobs whose log in the documents has not every entry that the row has counted."""
    rows = session.execute(
        text(
            "select jobs.id::text as id, jobs.seq, "
            "       coalesce(jsonb_array_length(documents.body -> 'entries'), 0) as entries "
            "from jobs left join documents on documents.collection = 'job_logs' "
            "  and documents.id = jobs.id where jobs.state not in ('waiting', 'queued', 'running')"
        )
    )
    return [f"{row.id}: {row.entries} of {row.seq}" for row in rows if row.entries != row.seq]
