"""Attacks by way of an upload: on who may send, on what is stored, on who gets it back.

What is no video at all is refused in tests/video; here the file is in order and the rest is not.
"""

import io
import unicodedata
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.factories import media
from tests.factories.auth import SignedUp, as_browser, sign_up
from tests.factories.video import upload
from tests.kit.tasks.toys import jobs_named
from tests.video.uploads.tus_client import COLLECTION, Tus, id_of
from tests.walls.callers import member
from ultra.kit.access import Scope
from ultra.kit.db import read_only, transaction
from ultra.kit.roles import Role
from ultra.kit.storage import storage
from ultra.settings import settings
from ultra.video.uploads import service as uploads
from ultra.video.uploads.models import Upload
from ultra.video.videos.models import Video

FIRST = 1000


@pytest.fixture
def person(client: FlaskClient) -> SignedUp:
    return sign_up(client)


def begin(client: FlaskClient) -> tuple[Tus, str, bytes]:
    """An upload of which the first bytes are there, and the rest of it."""
    content = media.clip().read_bytes()
    tus = Tus(client)
    path = tus.create(len(content))
    assert tus.send(path, 0, content[:FIRST]).status_code == 204
    return tus, path, content[FIRST:]


def with_token(app: Flask, token: str) -> FlaskClient:
    """A program that shows a token."""
    program = app.test_client()
    program.environ_base["HTTP_AUTHORIZATION"] = f"Bearer {token}"
    return program


def send_form(client: FlaskClient, name: str = "a.mp4", **headers: str) -> TestResponse:
    data = {"file": (io.BytesIO(media.clip().read_bytes()), name)}
    given = {header.replace("_", "-"): value for header, value in headers.items()}
    return client.post("/api/video/upload", data=data, headers=given)


def assert_nothing_came() -> None:
    """No further byte of the one upload, no video, no work, no file half received."""
    with read_only() as session:
        assert session.query(Video).count() == 0
        assert [row.offset for row in session.query(Upload)] in ([], [FIRST])
    assert jobs_named("video.process_video") == []
    assert list((settings.home / "incoming").glob("*")) == []


class TestWhoMaySend:
    def test_a_stranger_sends_nothing(self, app: Flask, stores: None) -> None:
        assert send_form(as_browser(app)).status_code == 401
        answer = Tus(as_browser(app)).call("POST", COLLECTION, Upload_Length="1000")
        assert answer.status_code == 401
        assert_nothing_came()

    def test_a_form_on_another_site(self, client: FlaskClient, person: SignedUp) -> None:
        # The browser adds the cookies to it; the token of our pages it cannot know.
        assert send_form(client, X_CSRF_Token="").status_code == 403
        elsewhere = {"Sec_Fetch_Site": "cross-site", "Origin": "https://saldirgan.example"}
        assert send_form(client, **elsewhere).status_code == 403
        assert_nothing_came()
        # With the token, on our own page, the very same form is taken.
        assert send_form(client).status_code == 202

    @pytest.mark.parametrize("role", [Role.ANALYST, Role.VIEWER])
    def test_a_role_that_only_looks(self, app: Flask, person: SignedUp, role: Role) -> None:
        caller = member(app, person.workspace_id, role)
        assert caller.token
        program = with_token(app, caller.token)
        assert send_form(program).status_code == 403
        assert Tus(program).call("POST", COLLECTION, Upload_Length="1000").status_code == 403
        assert_nothing_came()

    def test_a_key_that_may_only_read(
        self, app: Flask, client: FlaskClient, person: SignedUp
    ) -> None:
        body = {"name": "Okuyucu", "scopes": [Scope.VIDEO_READ]}
        made = client.post("/api/auth/keys", json=body)
        assert made.status_code == 201, made.text
        key = made.get_json()["key"]
        assert send_form(with_token(app, key)).status_code == 403
        assert_nothing_came()


class TestWhileItComes:
    """Who may no longer send sends no further byte of what they began."""

    def test_somebody_becomes_a_viewer(
        self, app: Flask, client: FlaskClient, person: SignedUp
    ) -> None:
        caller = member(app, person.workspace_id, Role.EDITOR)
        assert caller.token
        assert caller.person
        tus, path, rest = begin(with_token(app, caller.token))
        who = f"/api/workspaces/current/members/{caller.person.user_id}"
        assert client.patch(who, json={"role": "viewer"}).status_code == 200
        assert tus.send(path, FIRST, rest).status_code == 403
        assert client.delete(who).status_code == 204
        assert tus.send(path, FIRST, rest).status_code in (403, 404)
        assert_nothing_came()

    def test_somebody_signs_out(self, client: FlaskClient, person: SignedUp) -> None:
        tus, path, rest = begin(client)
        assert client.post("/api/auth/logout").status_code == 204
        assert tus.send(path, FIRST, rest).status_code == 401
        assert_nothing_came()

    def test_somebody_goes_to_another_workspace(
        self, client: FlaskClient, person: SignedUp
    ) -> None:
        tus, path, rest = begin(client)
        other = client.post("/api/workspaces", json={"name": "Başka"}).get_json()["id"]
        assert client.post(f"/api/workspaces/{other}/switch").status_code == 200
        assert tus.send(path, FIRST, rest).status_code == 404
        assert_nothing_came()
        assert client.post(f"/api/workspaces/{person.workspace_id}/switch").status_code == 200
        assert tus.send(path, FIRST, rest).status_code == 204

    @pytest.mark.parametrize("method", ["PATCH", "HEAD", "DELETE"])
    def test_a_stranger_finds_its_address(
        self, app: Flask, client: FlaskClient, person: SignedUp, method: str
    ) -> None:
        tus, path, rest = begin(client)
        stranger = as_browser(app)
        sign_up(stranger)
        found = Tus(stranger).call(
            method,
            path,
            rest if method == "PATCH" else b"",
            Upload_Offset=str(FIRST),
            Content_Type="application/offset+octet-stream",
        )
        assert found.status_code == 404
        assert tus.offset(path) == FIRST
        assert_nothing_came()


NAMES = {
    "a path upwards": "../../../../etc/cron.d/ultra.mp4",
    "a path of Windows": r"..\..\Windows\win.ini.mp4",
    "a header's end": "a.mp4\r\nSet-Cookie: ultra=1\r\n\r\n<script>alert(1)</script>",
    "written backwards": "tatil\u202e4pm.exe",
    "a page": '"><img src=x onerror=alert(1)>.html',
    "very long": "ş" * 5000 + ".mp4",
    "nothing": "  ",
    "NUL": "a\0b.mp4",
    "an order to the terminal": "\x1b[2Jtatil.mp4",
}


class TestTheName:
    """The name comes from a stranger; it decides nothing and comes back as text."""

    @pytest.mark.parametrize("name", NAMES.values(), ids=NAMES)
    def test_is_a_word_and_nothing_else(
        self, client: FlaskClient, person: SignedUp, name: str
    ) -> None:
        tus = Tus(client)
        content = media.clip().read_bytes()
        path = tus.create(len(content), name)
        assert tus.send(path, 0, content).status_code == 204
        [video] = client.get("/api/video").get_json()["items"]
        self._assert_plain(video["filename"])
        self._assert_plain(video["title"])
        # As the job does that joins the pieces: the place where it lies holds nothing of the name.
        key = f"workspaces/{person.workspace_id}/videos/{video['id']}/original"
        with transaction() as session:
            uploads.assemble(uploads.parts_of(session, id_of(path)), key)
            session.query(Video).one().original_key = key

        answer = client.get(f"/api/video/{video['id']}/download?kind=original")
        assert (answer.status_code, answer.data) == (200, content)
        assert answer.mimetype == "application/octet-stream"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        disposition = answer.headers["Content-Disposition"]
        assert disposition.startswith("attachment;")
        assert disposition.isascii()
        assert "Set-Cookie" not in answer.headers
        # Whatever it is, no browser runs anything in it or shows it inside a page.
        assert "default-src 'none'" in answer.headers["Content-Security-Policy"]

    @pytest.mark.parametrize(
        "part",
        [
            'filename="a\0\x1b.mp4"',
            "filename*=UTF-8''a%00%0d%0aSet-Cookie:%20x%1b%E2%80%AE.mp4",
            'filename="a\u202e4pm.exe"',
        ],
    )
    def test_in_a_form_as_well(self, client: FlaskClient, person: SignedUp, part: str) -> None:
        body = (
            '--b\r\nContent-Disposition: form-data; name="title"\r\n\r\nYaz\0\x1b[2J tatili\r\n'
            f'--b\r\nContent-Disposition: form-data; name="file"; {part}\r\n\r\n'
        ).encode() + media.clip().read_bytes()
        answer = client.post(
            "/api/video/upload",
            data=body + b"\r\n--b--\r\n",
            content_type="multipart/form-data; boundary=b",
        )
        assert answer.status_code == 202
        self._assert_plain(answer.get_json()["filename"])
        assert answer.get_json()["title"] == "Yaz [2J tatili"

    def _assert_plain(self, name: str) -> None:
        assert 0 < len(name) <= 255
        kinds = {unicodedata.category(character) for character in name}
        assert not kinds & {"Cc", "Zl", "Zp"}
        assert "\u202e" not in name


class TestWhatComesBack:
    def test_a_stranger_gets_nothing_of_it(
        self, app: Flask, client: FlaskClient, person: SignedUp
    ) -> None:
        video_id = upload(client)["id"]
        stranger = as_browser(app)
        sign_up(stranger)
        for rest in ("", "/download?kind=original", "/download", "/master.m3u8", "/poster.webp"):
            assert stranger.get(f"/api/video/{video_id}{rest}").status_code == 404, rest
            assert as_browser(app).get(f"/api/video/{video_id}{rest}").status_code in (401, 404)

    def test_a_file_that_is_a_page_as_well_is_not_shown(
        self, client: FlaskClient, person: SignedUp
    ) -> None:
        page = b"<html><script>alert(1)</script></html>"
        content = media.clip().read_bytes() + page
        data: dict[str, Any] = {"file": (io.BytesIO(content), "a.html")}
        video_id = client.post("/api/video/upload", data=data).get_json()["id"]
        answer = client.get(
            f"/api/video/{video_id}/download?kind=original", headers={"Accept": "text/html"}
        )
        assert answer.mimetype == "application/octet-stream"
        assert answer.headers["Content-Disposition"].startswith("attachment;")
        key = f"workspaces/{person.workspace_id}/videos/{video_id}/original"
        assert b"".join(storage().read(key)) == content
