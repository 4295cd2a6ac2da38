"""The process that refreshes a session dies between the commit and the answer."""

import os
import signal
import subprocess
import sys

from sqlalchemy import func, select

from tests.factories.auth import as_browser, sign_up
from ultra.auth import public
from ultra.auth.sessions.models import EndReason, RefreshToken, SignInSession
from ultra.kit.db import read_only

# It does what the route does, and dies where the route would begin to answer.
REFRESH_AND_DIE = """
import os, signal, sys
from ultra.auth.sessions import service as sessions
from ultra.kit.db import transaction
from ultra.kit.tasks import load_tasks

load_tasks()
with transaction() as session:
    opened = sessions.refresh(session, sys.stdin.read())
assert opened is not None
os.kill(os.getpid(), signal.SIGKILL)
"""


def refresh_and_die(token):
    done = subprocess.run(
        [sys.executable, "-c", REFRESH_AND_DIE],
        env=os.environ,
        input=token,
        text=True,
        capture_output=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == -signal.SIGKILL, done.stderr


def test_whoever_tries_again_goes_on(client, app):
    sign_up(client)
    token = client.get_cookie(public.REFRESH_COOKIE).value
    refresh_and_die(token)
    with read_only() as session:
        # The step was made, and nobody was told.
        assert session.scalar(select(func.max(RefreshToken.generation))) == 2
    assert client.post("/api/auth/refresh").status_code == 200
    assert client.get("/api/auth/me").status_code == 200
    with read_only() as session:
        assert session.scalar(select(func.max(RefreshToken.generation))) == 2
    # And so do those that come after it.
    assert client.post("/api/auth/refresh").status_code == 200


def test_a_process_that_ended_a_stolen_session_has_ended_it(client, app):
    sign_up(client)
    stolen = client.get_cookie(public.REFRESH_COOKIE).value
    for _ in range(2):
        client.post("/api/auth/refresh")
    code = REFRESH_AND_DIE.replace("assert opened is not None", "assert opened is None")
    done = subprocess.run(
        [sys.executable, "-c", code],
        env=os.environ,
        input=stolen,
        text=True,
        capture_output=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == -signal.SIGKILL, done.stderr
    with read_only() as session:
        assert session.scalars(select(SignInSession.end_reason)).one() is EndReason.TOKEN_REUSED
    assert as_browser(app).post("/api/auth/refresh").status_code == 401
    assert client.get("/api/auth/me").status_code == 401
