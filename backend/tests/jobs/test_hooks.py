"""Incoming webhooks: genuine calls start one job each; forged, old and repeated ones none."""

import threading
from datetime import UTC, datetime, timedelta
from typing import Any, ClassVar

import pytest
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from sqlalchemy import func, select, update

from tests.factories.auth import SignedUp
from tests.factories.jobs import create_hook
from tests.factories.video import add_video
from tests.jobs import toys
from tests.jobs.callers import address, call, github_headers, post, standard_headers
from tests.kit.tasks.toys import jobs_named
from ultra.jobs.hooks import service as hooks
from ultra.jobs.hooks.models import Hook, HookCall
from ultra.kit.db import read_only, transaction
from ultra.kit.ids import new_id
from ultra.kit.tasks import Trigger
from ultra.kit.webhooks import make_secret
from ultra.video.videos.states import VideoStatus

BODY = {"data": {"text": "merhaba"}}


def calls(client: FlaskClient, hook: dict[str, Any], language: str = "en") -> list[dict[str, Any]]:
    path = f"/api/jobs/hooks/{hook['id']}/calls"
    answer = client.get(path, headers={"Accept-Language": language})
    assert answer.status_code == 200, answer.text
    found: list[dict[str, Any]] = answer.get_json()["items"]
    return found


def started() -> list[Any]:
    return [job.args[0] for job in jobs_named(toys.WRITE_DOWN)]


def read(client: FlaskClient, hook: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = client.get(f"/api/jobs/hooks/{hook['id']}").get_json()
    return found


@pytest.fixture
def hook(client: FlaskClient, person: SignedUp) -> dict[str, Any]:
    return create_hook(client)


@pytest.fixture
def github(client: FlaskClient, person: SignedUp) -> dict[str, Any]:
    return create_hook(client, signature="github")


class TestManaging:
    def test_a_new_hook_shows_its_secret_once(
        self, client: FlaskClient, hook: dict[str, Any]
    ) -> None:
        assert hook["secret"].startswith("whsec_")
        assert hook["url"].endswith(address(hook))
        assert hook["id"] not in hook["url"]
        shown = read(client, hook)
        assert "secret" not in shown
        assert {**shown, "secret": hook["secret"]} == hook
        [listed] = client.get("/api/jobs/hooks").get_json()["items"]
        assert listed == shown
        assert shown["mapping"] == {"text": {"from": "/data/text"}}

    def test_the_secret_is_sealed_in_the_database(self, hook: dict[str, Any]) -> None:
        with read_only() as session:
            [row] = session.scalars(select(Hook))
        assert hook["secret"].encode() not in row.sealed_secret

    def test_a_seal_opens_for_its_own_hook_alone(
        self, client: FlaskClient, hook: dict[str, Any]
    ) -> None:
        other = create_hook(client)
        with transaction() as session:
            [sealed] = session.scalars(select(Hook.sealed_secret).where(Hook.id == hook["id"]))
            session.execute(update(Hook).where(Hook.id == other["id"]).values(sealed_secret=sealed))
        answer = call(client, {**other, "secret": hook["secret"]}, BODY)
        assert answer.status_code == 401
        assert started() == []
        [noted] = client.get(f"/api/jobs/hooks/{other['id']}/calls").get_json()["items"]
        assert noted["code"] == "secret_lost"

    def test_can_be_changed_and_switched_off(
        self, client: FlaskClient, hook: dict[str, Any]
    ) -> None:
        path = f"/api/jobs/hooks/{hook['id']}"
        change = {"name": "Yeni", "mapping": {"text": {"value": "sabit"}}}
        answer = client.patch(path, json=change)
        assert answer.get_json()["mapping"] == {"text": {"value": "sabit"}}
        assert call(client, hook, b"").status_code == 202
        assert started() == ["sabit"]
        client.patch(path, json={"is_enabled": False})
        assert call(client, hook, b"").status_code == 404
        client.patch(path, json={"is_enabled": True})
        assert call(client, hook, b"").status_code == 202

    def test_can_be_deleted(self, client: FlaskClient, hook: dict[str, Any]) -> None:
        call(client, hook, BODY)
        assert client.delete(f"/api/jobs/hooks/{hook['id']}").status_code == 204
        assert client.get(f"/api/jobs/hooks/{hook['id']}").status_code == 404
        assert call(client, hook, BODY).status_code == 404

    REFUSED: ClassVar[list[tuple[dict[str, Any], str]]] = [
        ({"offer": "tests.nothing"}, "offer_unknown"),
        ({"mapping": {}}, "field_not_mapped"),
        ({"mapping": {"page": {"from": "/a"}}}, "field_not_mapped"),
        ({"mapping": {"text": {"from": "a/b"}}}, "pointer_invalid"),
        (
            {"mapping": {"text": {"from": "/a"}, "colour": {"value": "x"}}},
            "offer_input_invalid",
        ),
        ({"mapping": {"text": {"value": "x" * 51}}}, "offer_input_invalid"),
        ({"mapping": {"text": {"from": "/a"}, "page": {"value": "iki"}}}, "offer_input_invalid"),
        ({"mapping": {"text": {"from": "/a", "value": "x"}}}, "invalid"),
        ({"mapping": {"text": {}}}, "invalid"),
        ({"mapping": {"text": {"value": "a\0b"}}}, "invalid"),
        ({"mapping": {"text": {"from": "/a\0"}}}, "invalid"),
        ({"mapping": {"te\0xt": {"from": "/a"}}}, "offer_input_invalid"),
        ({"signature": "md5"}, "invalid"),
        ({"name": " "}, "invalid"),
    ]

    def test_what_does_not_fit_is_refused(self, client: FlaskClient, hook: dict[str, Any]) -> None:
        whole = {"name": "x", "offer": toys.WRITE_DOWN, "mapping": {"text": {"value": "x"}}}
        for change, code in self.REFUSED:
            for answer in (
                client.patch(f"/api/jobs/hooks/{hook['id']}", json=change),
                client.post("/api/jobs/hooks", json=whole | change),
            ):
                found = (answer.status_code, answer.get_json().get("code"))
                assert found == (422, code), (change, answer.text)
        [listed] = client.get("/api/jobs/hooks").get_json()["items"]
        assert listed == read(client, hook) == {k: v for k, v in hook.items() if k != "secret"}

    def test_there_is_a_limit(
        self, client: FlaskClient, hook: dict[str, Any], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(hooks, "MOST", 1)
        body = {"name": "x", "offer": toys.WRITE_DOWN, "mapping": {"text": {"value": "x"}}}
        answer = client.post("/api/jobs/hooks", json=body)
        assert (answer.status_code, answer.get_json()["code"]) == (409, "too_many_hooks")

    def test_lists_page(self, client: FlaskClient, person: SignedUp) -> None:
        made = [create_hook(client, name=str(number))["id"] for number in range(5)]
        page = client.get("/api/jobs/hooks?limit=3").get_json()
        rest = client.get(f"/api/jobs/hooks?limit=3&cursor={page['next_cursor']}").get_json()
        found = [each["id"] for each in page["items"] + rest["items"]]
        assert (found, rest["next_cursor"]) == (made[::-1], None)

    def test_others_see_and_change_nothing(
        self, operators_client: FlaskClient, hook: dict[str, Any]
    ) -> None:
        """Not even operators: a hook acts for its workspace."""
        other = operators_client
        assert other.get("/api/jobs/hooks").get_json()["items"] == []
        for hook_id in (hook["id"], new_id()):
            path = f"/api/jobs/hooks/{hook_id}"
            answers = [
                other.get(path),
                other.get(f"{path}/calls"),
                other.patch(path, json={"name": "x"}),
                other.post(f"{path}/rotate"),
                other.delete(path),
            ]
            assert [answer.status_code for answer in answers] == [404] * 5
        assert call(other, hook, BODY).status_code == 202


class TestCall:
    @pytest.mark.parametrize("kind", ["hook", "github"])
    def test_starts_a_job_of_the_hooks_workspace(
        self, client: FlaskClient, person: SignedUp, kind: str, request: pytest.FixtureRequest
    ) -> None:
        hook = request.getfixturevalue(kind)
        answer = call(client, hook, BODY)
        assert answer.status_code == 202, answer.text
        [job] = jobs_named(toys.WRITE_DOWN)
        assert answer.get_json() == {"job_id": str(job.id), "duplicate": False}
        assert (job.args, job.workspace_id) == (["merhaba", None], person.workspace_id)
        assert job.trigger is Trigger.WEBHOOK
        [noted] = calls(client, hook)
        assert (noted["status"], noted["job_id"], noted["reason"]) == (
            "accepted",
            str(job.id),
            None,
        )
        found = read(client, hook)
        assert (found["calls_ok"], found["calls_refused"]) == (1, 0)
        assert found["last_called_at"] is not None

    def test_maps_what_the_body_holds(self, client: FlaskClient, person: SignedUp) -> None:
        hook = create_hook(
            client,
            mapping={
                "text": {"from": "/commits/0/id"},
                "page": {"from": "/number"},
                "link": {"from": "/missing"},
                "owner_id": {"from": "/nothing"},
            },
        )
        body = {"commits": [{"id": 7.5}], "number": "12", "nothing": None}
        assert call(client, hook, body).status_code == 202
        [job] = jobs_named(toys.WRITE_DOWN)
        assert job.args == ["7.5", 12]

    @pytest.mark.parametrize("token", ["unknown", "x" * 90, "a b", "%00"])
    def test_an_unknown_address_is_none(
        self, client: FlaskClient, hook: dict[str, Any], token: str
    ) -> None:
        answer = client.application.test_client().post(f"/api/jobs/hooks/{token}", data=b"{}")
        assert answer.status_code in (404, 422)

    def test_a_deleted_workspace_hears_nothing_until_it_comes_back(
        self, client: FlaskClient, person: SignedUp, hook: dict[str, Any]
    ) -> None:
        client.delete("/api/workspaces/current", json={"name": person.workspace["name"]})
        unknown = client.application.test_client().post("/api/jobs/hooks/unknown").get_json()
        for secret in (hook["secret"], make_secret()):
            answer = call(client, {**hook, "secret": secret}, BODY)
            assert (answer.status_code, answer.get_json()["code"]) == (404, unknown["code"])
        assert started() == []
        with read_only() as session:
            assert session.scalars(select(HookCall)).all() == []
        client.post(f"/api/workspaces/{person.workspace_id}/restore")
        assert call(client, hook, BODY).status_code == 202
        assert started() == ["merhaba"]

    def test_the_id_is_no_address(self, client: FlaskClient, hook: dict[str, Any]) -> None:
        answer = client.application.test_client().post(f"/api/jobs/hooks/{hook['id']}", data=b"{}")
        assert answer.status_code == 404

    def test_a_large_body_is_refused(self, client: FlaskClient, hook: dict[str, Any]) -> None:
        body = {"data": {"text": "x"}, "more": "x" * 256 * 1024}
        assert call(client, hook, body).status_code == 413
        assert call(client, hook, {**BODY, "more": "x" * 255 * 1024}).status_code == 202

    def test_a_body_is_not_read_before_its_signature(
        self, client: FlaskClient, hook: dict[str, Any]
    ) -> None:
        """Neither is it told apart for a stranger whether it was JSON."""
        for body in (b"{", b"[" * 200_000, b"\xff\xfe", b"", BODY):
            answer = post(client, hook, body, {})
            assert (answer.status_code, answer.get_json()["code"]) == (401, "call_not_verified")


class TestForged:
    FORGERIES: ClassVar[dict[str, Any]] = {
        "no headers": lambda _: {},
        "another secret": lambda h: standard_headers({**h, "secret": make_secret()}, BODY),
        "another body": lambda h: standard_headers(h, {"data": {"text": "başka"}}),
        "another id": lambda h: {**standard_headers(h, BODY), "webhook-id": "msg_x"},
        "another time": lambda h: {
            **standard_headers(h, BODY),
            "webhook-timestamp": str(int(datetime.now(UTC).timestamp()) - 1),
        },
        "too old": lambda h: standard_headers(
            h, BODY, at=datetime.now(UTC) - timedelta(minutes=5, seconds=2)
        ),
        "too new": lambda h: standard_headers(
            h, BODY, at=datetime.now(UTC) + timedelta(minutes=5, seconds=5)
        ),
        "a long id": lambda h: standard_headers(h, BODY, message_id="m" * 300),
        "the other kind": lambda h: github_headers(h, BODY),
        "garbage": lambda _: {
            "webhook-id": "msg_1",
            "webhook-timestamp": "soon",
            "webhook-signature": "v1",
        },
    }

    def test_starts_nothing(self, client: FlaskClient, hook: dict[str, Any]) -> None:
        for number, (name, forge) in enumerate(self.FORGERIES.items(), 1):
            answer = post(client, hook, BODY, forge(hook))
            found = (answer.status_code, answer.get_json()["code"])
            assert found == (401, "call_not_verified"), name
            noted = calls(client, hook)[0]
            assert (noted["status"], noted["job_id"]) == ("refused", None), name
            assert noted["reason"]
            assert noted["reason"] != calls(client, hook, "tr")[0]["reason"]
            assert read(client, hook)["calls_refused"] == number
        assert started() == []

    GITHUB_FORGERIES: ClassVar[dict[str, Any]] = {
        "no headers": lambda _: {},
        "another secret": lambda h: github_headers({**h, "secret": "x"}, BODY),
        "another body": lambda h: github_headers(h, {"x": 1}),
        "no algorithm": lambda h: {
            "X-Hub-Signature-256": github_headers(h, BODY)["X-Hub-Signature-256"][7:]
        },
        "sha1": lambda _: {"X-Hub-Signature": "sha1=" + "0" * 40},
        "not ascii": lambda _: {"X-Hub-Signature-256": "sha256=\xe9"},
        "a long id": lambda h: github_headers(h, BODY, delivery="d" * 300),
        "the other kind": lambda h: standard_headers(h, BODY),
    }

    def test_starts_nothing_at_github_hooks(
        self, client: FlaskClient, github: dict[str, Any]
    ) -> None:
        for name, forge in self.GITHUB_FORGERIES.items():
            answer = post(client, github, BODY, forge(github))
            assert answer.status_code == 401, name
        assert started() == []

    def test_takes_no_id_from_a_genuine_call(
        self, client: FlaskClient, hook: dict[str, Any]
    ) -> None:
        forged = standard_headers({**hook, "secret": make_secret()}, BODY, message_id="msg_1")
        assert post(client, hook, BODY, forged).status_code == 401
        assert call(client, hook, BODY, message_id="msg_1").status_code == 202

    def test_cannot_fill_the_database(
        self, client: FlaskClient, hook: dict[str, Any], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(hooks, "VAIN_PER_MINUTE", 3)
        for _ in range(4):
            post(client, hook, BODY, {})
            call(client, hook, BODY, message_id="msg_1")
        noted = [each["status"] for each in calls(client, hook)]
        # One that was accepted is always written down.
        assert noted == ["duplicate", "refused", "accepted", "refused"]
        found = read(client, hook)
        assert (found["calls_refused"], found["calls_ok"]) == (4, 4)

    @hypothesis_settings(
        max_examples=40,
        deadline=None,
        suppress_health_check=[HealthCheck.function_scoped_fixture],
    )
    @given(
        headers=st.fixed_dictionaries(
            {},
            optional={
                name: st.text(st.characters(min_codepoint=32, max_codepoint=255), max_size=60)
                for name in (
                    "webhook-id",
                    "webhook-timestamp",
                    "webhook-signature",
                    "x-hub-signature-256",
                    "x-github-delivery",
                )
            },
        ),
        body=st.binary(max_size=200),
    )
    def test_no_noise_gets_through_or_breaks_it(
        self,
        client: FlaskClient,
        hook: dict[str, Any],
        github: dict[str, Any],
        headers: dict[str, str],
        body: bytes,
    ) -> None:
        for each in (hook, github):
            assert post(client, each, body, headers).status_code == 401


class TestRepeated:
    def test_the_same_message_starts_one_job(
        self, client: FlaskClient, hook: dict[str, Any]
    ) -> None:
        first = call(client, hook, BODY, message_id="msg_1")
        # Sent again it has another time, so another signature, and the same id.
        again = call(
            client, hook, BODY, message_id="msg_1", at=datetime.now(UTC) + timedelta(seconds=2)
        )
        assert (first.status_code, again.status_code) == (202, 200)
        assert again.get_json() == {"job_id": first.get_json()["job_id"], "duplicate": True}
        assert started() == ["merhaba"]
        noted = calls(client, hook)
        assert [each["status"] for each in noted] == ["duplicate", "accepted"]
        assert noted[0]["job_id"] == first.get_json()["job_id"]
        assert read(client, hook)["calls_ok"] == 2

    def test_two_hooks_have_ids_of_their_own(
        self, client: FlaskClient, hook: dict[str, Any]
    ) -> None:
        other = create_hook(client)
        for each in (hook, other):
            assert call(client, each, BODY, message_id="msg_1").status_code == 202

    def test_a_github_delivery_starts_one_job(
        self, client: FlaskClient, github: dict[str, Any]
    ) -> None:
        assert call(client, github, BODY, delivery="d1").status_code == 202
        assert call(client, github, BODY, delivery="d1").status_code == 200
        assert call(client, github, {"data": {"text": "b"}}, delivery="d2").status_code == 202
        # GitHub signs the body alone, so one that was seen before counts under no other id.
        assert call(client, github, BODY, delivery="d3").status_code == 200
        assert call(client, github, BODY).status_code == 200
        assert call(client, github, {"data": {"text": "c"}}, delivery="d1").status_code == 200
        assert started() == ["merhaba", "b"]

    def test_githubs_greeting_is_welcome_and_starts_nothing(
        self, client: FlaskClient, github: dict[str, Any]
    ) -> None:
        greeting = {"zen": "Keep it logically awesome.", "hook_id": 1}
        headers = {**github_headers(github, greeting, delivery="d1"), "X-GitHub-Event": "ping"}
        answer = post(client, github, greeting, headers)
        assert (answer.status_code, answer.get_json()) == (
            202,
            {"job_id": None, "duplicate": False},
        )
        # A header alone, which nobody signed, makes no greeting of another call.
        headers = {**github_headers(github, BODY, delivery="d2"), "X-GitHub-Event": "ping"}
        assert post(client, github, BODY, headers).status_code == 202
        assert started() == ["merhaba"]

    def test_many_at_the_same_time_start_one_job(
        self, client: FlaskClient, hook: dict[str, Any]
    ) -> None:
        codes: list[int] = []
        together = threading.Barrier(8)

        def send() -> None:
            together.wait()
            codes.append(call(client, hook, BODY, message_id="msg_1").status_code)

        threads = [threading.Thread(target=send) for _ in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert sorted(codes) == [200] * 7 + [202]
        assert started() == ["merhaba"]
        assert read(client, hook)["calls_ok"] == 8

    def test_a_refused_message_may_come_again_when_all_is_well(
        self, client: FlaskClient, hook: dict[str, Any]
    ) -> None:
        path = f"/api/jobs/hooks/{hook['id']}"
        client.patch(path, json={"mapping": {"text": {"from": "/wrong"}}})
        assert call(client, hook, BODY, message_id="msg_1").status_code == 422
        client.patch(path, json={"mapping": {"text": {"from": "/data/text"}}})
        assert call(client, hook, BODY, message_id="msg_1").status_code == 202
        assert call(client, hook, BODY, message_id="msg_1").status_code == 200


class TestUnfit:
    UNFIT: ClassVar[list[tuple[Any, str]]] = [
        (b"{", "body_not_json"),
        (b"[" * 100_000, "body_not_json"),
        (b"\xff", "body_not_json"),
        ({"data": {}}, "pointer_leads_nowhere"),
        ([], "pointer_leads_nowhere"),
        ({"data": {"text": {"deep": 1}}}, "not_plain"),
        ({"data": {"text": None}}, "not_plain"),
        ({"data": {"text": "x" * 51}}, "offer_input_invalid"),
        ({"data": {"text": "a\0b"}}, "offer_input_invalid"),
        (b'{"data": {"text": "\\ud800"}}', "offer_input_invalid"),
    ]

    def test_is_refused_and_said_in_the_calls(
        self, client: FlaskClient, hook: dict[str, Any]
    ) -> None:
        for body, code in self.UNFIT:
            answer = call(client, hook, body)
            assert (answer.status_code, answer.get_json()["code"]) == (422, code), body
            noted = calls(client, hook)[0]
            assert (noted["status"], noted["code"]) == ("refused", code)
            assert noted["reason"] == answer.get_json()["detail"]
        assert started() == []

    def test_what_the_offer_refuses_leaves_nothing_behind(
        self, client: FlaskClient, hook: dict[str, Any]
    ) -> None:
        for text, status, code in (("busy", 409, "too_busy"), ("away", 503, "away")):
            answer = call(client, hook, {"data": {"text": text}})
            assert (answer.status_code, answer.get_json()["code"]) == (status, code)
        assert started() == []
        assert [each["code"] for each in calls(client, hook)] == ["away", "too_busy"]

    def test_a_foreign_video_is_not_found(
        self, client: FlaskClient, person: SignedUp, operator: SignedUp
    ) -> None:
        mapping = {"video_id": {"from": "/id"}}
        hook = create_hook(client, offer="video.process_again", mapping=mapping)
        own, foreign = (add_video(each, status=VideoStatus.FAILED) for each in (person, operator))
        assert call(client, hook, {"id": str(foreign.id)}).status_code == 404
        assert call(client, hook, {"id": str(own.id)}).status_code == 202
        assert call(client, hook, {"id": str(own.id)}).status_code == 409
        assert [job.args for job in jobs_named("video.process_video")] == [[str(own.id)]]


class TestRotation:
    @pytest.mark.parametrize("kind", ["hook", "github"])
    def test_the_old_secret_is_believed_for_a_day(
        self, client: FlaskClient, kind: str, request: pytest.FixtureRequest
    ) -> None:
        hook = request.getfixturevalue(kind)
        rotated = client.post(f"/api/jobs/hooks/{hook['id']}/rotate").get_json()
        assert rotated["secret"] != hook["secret"]
        assert rotated["url"] == hook["url"]
        assert rotated["old_secret_until"]
        assert call(client, hook, {"data": {"text": "eski"}}).status_code == 202
        assert call(client, rotated, {"data": {"text": "yeni"}}).status_code == 202
        with transaction() as session:
            session.execute(update(Hook).values(old_secret_until=func.now()))
        assert call(client, hook, {"data": {"text": "geç"}}).status_code == 401
        assert call(client, rotated, {"data": {"text": "tam"}}).status_code == 202
        assert started() == ["eski", "yeni", "tam"]

    def test_two_rotations_end_the_first_secret(
        self, client: FlaskClient, hook: dict[str, Any]
    ) -> None:
        path = f"/api/jobs/hooks/{hook['id']}/rotate"
        second, third = client.post(path).get_json(), client.post(path).get_json()
        codes = [call(client, each, BODY).status_code for each in (hook, second, third)]
        assert codes == [401, 202, 202]


def test_calls_page(client: FlaskClient, hook: dict[str, Any]) -> None:
    for number in range(5):
        call(client, hook, {"data": {"text": str(number)}})
    path = f"/api/jobs/hooks/{hook['id']}/calls?limit=3"
    page = client.get(path).get_json()
    rest = client.get(f"{path}&cursor={page['next_cursor']}").get_json()
    found = [each["job_id"] for each in page["items"] + rest["items"]]
    jobs = [str(job.id) for job in sorted(jobs_named(toys.WRITE_DOWN), key=lambda job: job.id)]
    assert (found, rest["next_cursor"]) == (jobs[::-1], None)


def test_a_call_that_breaks_leaves_the_way_free(
    client: FlaskClient, hook: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A fault of ours is no verdict on the message: it may come again."""
    with monkeypatch.context() as patch:
        patch.setattr(hooks.mappings, "fill", lambda *_: 1 / 0)
        assert call(client, hook, BODY, message_id="msg_1").status_code == 500
    with read_only() as session:
        assert session.scalars(select(HookCall)).all() == []
    assert call(client, hook, BODY, message_id="msg_1").status_code == 202
