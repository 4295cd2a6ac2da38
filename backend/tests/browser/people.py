"""People of the browser tests who call the API as their pages do, and what reaches them."""

import json
import re
import time
import urllib.request
from collections.abc import Callable
from typing import Any
from uuid import uuid4

from playwright.sync_api import APIRequestContext

from tests.browser.conftest import Product
from tests.factories.media import clip

PASSWORD = "uzun ve güzel bir parola"
NO_CONTENT = 204
NEWS_SECONDS = 150


def ask(url: str, body: Any = None) -> Any:
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(url, data, {"Content-Type": "application/json"})
    with urllib.request.urlopen(request, timeout=15) as answer:
        return json.load(answer)


def wait_for(look: Callable[[], list[Any]], what: str) -> Any:
    """The first of what `look` finds."""
    give_up_at = time.monotonic() + NEWS_SECONDS
    while time.monotonic() < give_up_at:
        if found := look():
            return found[0]
        time.sleep(0.5)
    raise AssertionError(f"no {what} within {NEWS_SECONDS} s")


class Person:
    """Somebody who calls the API as their pages do."""

    def __init__(self, requests: APIRequestContext, product: Product) -> None:
        self.requests = requests
        self.product = product
        self.email = f"{uuid4().hex[:12]}@example.com"

    def post(self, path: str, body: Any = None, **options: Any) -> Any:
        return self._call("post", path, body, **options)

    def put(self, path: str) -> None:
        self._call("put", path)

    def _call(self, method: str, path: str, body: Any = None, **options: Any) -> Any:
        headers = {"Origin": self.product.url, "Accept": "application/json"}
        if path != "/api/auth/register":
            token = self.requests.get(f"{self.product.url}/api/auth/csrf").json()["token"]
            headers["X-CSRF-Token"] = token
        answer = self.requests.fetch(
            self.product.url + path,
            method=method,
            data=body,
            headers=headers,
            timeout=30_000,
            **options,
        )
        assert answer.ok, f"{path}: {answer.text()}"
        return None if answer.status == NO_CONTENT else answer.json()

    def find(self, path: str) -> list[Any]:
        return list(self.requests.get(self.product.url + path).json()["items"])

    def register(self, name: str) -> None:
        self.post("/api/auth/register", {"email": self.email, "name": name, "password": PASSWORD})

    def join(self) -> None:
        def find_token() -> list[str]:
            mails = ask(f"{self.product.sandbox}/mailbox/messages?to={self.email}")
            return re.findall(r"/invitations/([\w-]+)", " ".join(m["text"] for m in mails))

        token = wait_for(find_token, "invitation")
        self.post(f"/api/invitations/{token}/accept", {"confirm_other_address": False})


def furnish(owner: Person) -> dict[str, str]:
    """Something to look at on every page.

    Of two videos one fails, because behind its first bytes the file is none; the job fails, because
    the video that its schedule names is not there.
    """
    broken = bytes.fromhex("1a45dfa3") + b"webm" + b"\0" * 4_096
    video = upload(owner, "bozuk.webm", "video/webm", broken)
    ready = upload(owner, "iyi.mp4", "video/mp4", clip(2).read_bytes())
    schedule = {
        "name": "Yeniden işle",
        "kind": "interval",
        "every_seconds": 86_400,
        "zone": "Europe/Istanbul",
        "offer": "video.process_again",
        "input": {"video_id": str(uuid4())},
    }
    planned = owner.post("/api/jobs/schedules", schedule)["id"]
    owner.post(f"/api/jobs/schedules/{planned}/run")
    note = {"title": {"value": "Yeni form"}, "body": {"value": "Biri formu doldurdu."}}
    hook = {"name": "Form aracı", "offer": "notifications.send_note", "mapping": note}
    channel = {
        "type": "webhook",
        "name": "Ekip kanalı",
        "url": f"{owner.product.sandbox}/catch/ekip",
    }
    known = {
        "video": video,
        "ready": ready,
        "project": owner.post("/api/projects", {"name": "Yaz turu", "description": ""})["id"],
        "hook": owner.post("/api/jobs/hooks", hook)["id"],
        "endpoint": owner.post("/api/notifications/endpoints", channel)["id"],
    }
    owner.put(f"/api/projects/{known['project']}/videos/{ready}")
    wait_for(lambda: owner.find("/api/video?status=failed"), "failed video")
    wait_for(lambda: owner.find("/api/video?status=completed"), "finished video")
    job = wait_for(lambda: owner.find("/api/jobs?state=dead&state=failed"), "dead letter")
    return {**known, "job": job["id"]}


def upload(owner: Person, name: str, media_type: str, content: bytes) -> str:
    file = {"name": name, "mimeType": media_type, "buffer": content}
    return str(owner.post("/api/video/upload", multipart={"file": file})["id"])
