"""What the walls cost: a request with row-level security against the same one without.

    ./ultra bench walls

Starts the embedded stack in a temporary folder. Both ways take turns request by request in one
process, so that a busy machine hurts both alike; what counts is the difference of the pairs. Beside
it: what an entry of the audit log costs, and how long a long log takes to verify.
"""

import os
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from uuid import UUID

PAIRS, VIDEOS, ENTRIES = 400, 1000, 50_000

HOME = Path(tempfile.mkdtemp(prefix="ultra-bench-"))
os.environ["ULTRA_HOME"] = str(HOME)
os.environ["ULTRA_LOG_LEVEL"] = "ERROR"
sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "backend"))

from sqlalchemy import text  # noqa: E402

from ultra.auth.audit import service as audit  # noqa: E402
from ultra.gateway.app import create_app  # noqa: E402
from ultra.kit import db, migrate, walls  # noqa: E402
from ultra.kit.db import read_only, transaction  # noqa: E402
from ultra.kit.ids import new_id  # noqa: E402
from ultra.kit.log import set_up_logging  # noqa: E402
from ultra.kit.tasks import load_tasks  # noqa: E402
from ultra.local.stack import Stack  # noqa: E402
from ultra.settings import settings  # noqa: E402
from ultra.video.videos.models import Video  # noqa: E402
from ultra.video.videos.states import VideoStatus  # noqa: E402

PASSWORD = "a long password for one bench"  # noqa: S105 - of nobody


def milliseconds(act: Callable[[], object]) -> float:
    began = time.perf_counter()
    act()
    return (time.perf_counter() - began) * 1000


def compare(name: str, act: Callable[[], object]) -> None:
    """Print the medians of both ways, and the median of the pairs' differences."""
    pairs: list[tuple[float, float]] = []
    for number in range(PAIRS + 50):
        found = {}
        # Each way is the first one of a pair as often as the other.
        for is_walled in (number % 2 == 0, number % 2 == 1):
            db._walls_stand[:] = [is_walled]  # noqa: SLF001 - there is no setting for this
            found[is_walled] = milliseconds(act)
        if number >= 50:
            pairs.append((found[False], found[True]))
    differences = sorted(walled - plain for plain, walled in pairs)
    low, high = (differences[int(len(differences) * share)] for share in (0.25, 0.75))
    print(
        f"{name:28} without {statistics.median(p for p, _ in pairs):6.2f} ms   "
        f"with {statistics.median(w for _, w in pairs):6.2f} ms   "
        f"difference {statistics.median(differences):+.3f} ms "
        f"(half of them {low:+.2f} to {high:+.2f})"
    )


def fill(owners: list[tuple[UUID, UUID]]) -> None:
    """Many videos of several workspaces, so that a policy has something to leave out."""
    with transaction() as session:
        session.add_all(
            Video(
                id=new_id(),
                workspace_id=workspace_id,
                created_by=user_id,
                title=f"Video {number}",
                filename="video.mp4",
                size=1,
                status=VideoStatus.UPLOADED,
            )
            for workspace_id, user_id in owners
            for number in range(VIDEOS)
        )
    with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("vacuum analyze videos"))


def measure() -> None:
    for name in type(settings.limits).model_fields:
        setattr(settings.limits, name, "10000000/minute")
    load_tasks()
    app = create_app()
    tokens, owners = [], []
    for number in range(10):
        person = {"email": f"p{number}@example.test", "password": PASSWORD, "name": "P"}
        answer = app.test_client().post("/api/auth/register", json=person)
        assert answer.status_code == 201, answer.text
        found = answer.get_json()
        tokens.append(found["token"])
        owners.append((UUID(found["workspace"]["id"]), UUID(found["user"]["id"])))
    fill(owners)
    # The first person is an operator, for whom there is no wall.
    client, headers = app.test_client(), {"Authorization": f"Bearer {tokens[1]}"}

    def get(path: str) -> Callable[[], object]:
        def act() -> None:
            answer = client.get(path, headers=headers)
            assert answer.status_code == 200, answer.text

        return act

    def rename() -> None:
        body = {"name": "Another"}
        assert client.patch("/api/auth/me", json=body, headers=headers).status_code == 200

    print(f"{VIDEOS * 10} videos of 10 workspaces, {PAIRS} pairs of requests each\n")
    compare("GET /api/auth/me", get("/api/auth/me"))
    compare("GET /api/video (24 of 1000)", get("/api/video"))
    compare("GET /api/jobs/summary", get("/api/jobs/summary"))
    compare("PATCH /api/auth/me", rename)
    db._walls_stand.clear()  # noqa: SLF001 - as it was
    measure_audit()


def measure_audit() -> None:
    chain = new_id()

    def nothing() -> None:
        with transaction() as session:
            session.execute(text("select 1"))

    def one() -> None:
        with transaction() as session:
            session.execute(text("select 1"))
            audit.record(session, "bench.done", workspace_id=chain, facts={"n": 1})

    pairs = [(milliseconds(nothing), milliseconds(one)) for _ in range(PAIRS)][50:]
    print(f"\nan entry of the audit log: {statistics.median(b - a for a, b in pairs):.2f} ms")
    with transaction() as session:
        for number in range(ENTRIES):
            audit.record(session, "bench.done", workspace_id=chain, facts={"n": number})
    with read_only() as session:
        began = time.perf_counter()
        verdict = audit.verify(session, chain)
    assert verdict.is_whole
    seconds = time.perf_counter() - began
    print(f"verifying: {verdict.entries / seconds:,.0f} entries a second")


if __name__ == "__main__":
    set_up_logging("bench")
    try:
        with Stack(settings, only={"postgres", "redis"}):
            migrate.upgrade()
            with db.engine.connect() as connection:
                assert walls.can_become(connection)
            measure()
    finally:
        shutil.rmtree(HOME, ignore_errors=True)
