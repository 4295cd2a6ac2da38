"""The demo account and its sample video, made through the same HTTP API that everybody uses."""

import json
import os
import secrets
import tempfile
from pathlib import Path
from typing import Any

import urllib3

from ultra.cli.terminal import console, fail, step
from ultra.settings import settings

EMAIL = "demo@example.com"
NAME = "Demo"
TITLE = "Altın ve kırmızı"
TIMEOUT = urllib3.Timeout(connect=5, read=120)


def create() -> None:
    """Make both where they are missing, and print how to sign in."""
    password = _password()
    with step("Demo account"):
        session = _sign_in(password)
    with step("Sample video") as tell:
        if _has_video(session):
            tell("was there already")
        else:
            _upload(session)
    console.print(f"\n  Demo     {EMAIL}   password {password}", markup=False)


def _password() -> str:
    """A password of this instance's own: a known one would open every demo that stands online."""
    path = settings.home / "demo_password"
    if not path.exists():
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(12))
    return path.read_text().strip()


def _sign_in(password: str) -> str:
    account = {"email": EMAIL, "password": password, "name": NAME}
    status, answer = _send("POST", "/api/auth/register", body=account)
    if status == 409:
        status, answer = _send(
            "POST", "/api/auth/login", body={"email": EMAIL, "password": password}
        )
        if status == 401:
            raise fail(
                f"{EMAIL} exists with another password. Sign in with the one that you chose, "
                "or delete the account."
            )
    _expect_success("The demo account could not be made", status, answer)
    return str(answer["token"])


def _has_video(session: str) -> bool:
    status, answer = _send("GET", "/api/video?limit=100", session=session)
    _expect_success("The videos of the demo account cannot be listed", status, answer)
    return any(video["title"] == TITLE for video in answer["items"])


def _upload(session: str) -> None:
    # It draws the video, which no other command needs.
    from ultra.local import sample_video

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "sample.mp4"
        sample_video.draw(path)
        fields = {"title": TITLE, "file": (path.name, path.read_bytes(), "video/mp4")}
        status, answer = _send("POST", "/api/video/upload", session=session, fields=fields)
    _expect_success("The sample video could not be uploaded", status, answer)


def _send(
    method: str,
    path: str,
    *,
    session: str | None = None,
    body: dict[str, Any] | None = None,
    fields: dict[str, Any] | None = None,
) -> tuple[int, dict[str, Any]]:
    headers = {"Accept-Language": "en"}
    if session is not None:
        headers["Authorization"] = f"Bearer {session}"
    url = f"http://127.0.0.1:{settings.gateway_port}{path}"
    with urllib3.PoolManager(timeout=TIMEOUT, retries=False) as pool:
        if body is not None:
            answer = pool.request(method, url, headers=headers, json=body)
        else:
            answer = pool.request(method, url, headers=headers, fields=fields)
    try:
        return answer.status, dict(answer.json())
    except (json.JSONDecodeError, ValueError):
        return answer.status, {"detail": f"the answer was no JSON (status {answer.status})"}


def _expect_success(sentence: str, status: int, answer: dict[str, Any]) -> None:
    if status >= 300:
        raise fail(f"{sentence}: {answer.get('detail', f'status {status}')}")
