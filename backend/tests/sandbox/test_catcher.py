"""Bins keep what they are sent, check signatures, and misbehave as they are told."""

import json
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.sandbox.conftest import Client, Sandbox, Start
from ultra.kit import clock
from ultra.kit.outgoing import NoAnswer
from ultra.kit.webhooks import make_secret, sign
from ultra.sandbox.catcher import repository
from ultra.sandbox.catcher.chat import refuse_discord, refuse_slack

SECRET = make_secret()


def caught_by(sandbox: Sandbox, name: str = "a") -> list[dict[str, object]]:
    answer = sandbox.ask("GET", f"/catcher/{name}/requests")
    return json.loads(answer.content)["items"]


class TestCatching:
    def test_keeps_the_request_as_it_was_sent(self, sandbox: Sandbox, product: Client) -> None:
        body = '{"a": "ş"}'.encode()
        answer = product.post(f"{sandbox.address}/catch/a/deep/er?x=1&y", body, {"X-Kind": "test"})
        assert (answer.status, answer.text) == (200, "ok")
        (request,) = caught_by(sandbox)
        assert (request["method"], request["path"], request["query"]) == (
            "POST",
            "/catch/a/deep/er",
            "x=1&y",
        )
        assert request["body"] == '{"a": "ş"}'
        assert request["headers"]["x-kind"] == "test"
        assert (request["kind"], request["status"], request["signature"]) == ("webhook", 200, None)

    @pytest.mark.parametrize("method", ["GET", "PUT", "PATCH", "DELETE", "OPTIONS"])
    def test_takes_any_method(self, method: str, sandbox: Sandbox) -> None:
        assert sandbox.ask(method, "/catch/a").status == 200
        assert caught_by(sandbox)[0]["method"] == method

    def test_bytes_that_are_no_text_are_kept(self, sandbox: Sandbox, product: Client) -> None:
        product.post(f"{sandbox.address}/catch/a", b"\xff\x00")
        (request,) = caught_by(sandbox)
        assert (request["body"], request["body_base64"]) == (None, "/wA=")
        assert b"2 bytes" in sandbox.ask("GET", "/catcher/a", Accept_Language="en").content

    def test_bins_are_apart_and_survive_a_restart(self, start: Start) -> None:
        sandbox = start()
        sandbox.ask("GET", "/catch/a")
        sandbox.ask("GET", "/catch/b")
        again = start()
        assert len(caught_by(again, "a")) == len(caught_by(again, "b")) == 1
        assert again.ask("DELETE", "/catcher/a/requests").status == 204
        assert (len(caught_by(again, "a")), len(caught_by(again, "b"))) == (0, 1)

    def test_refuses_more_than_a_mebibyte(self, sandbox: Sandbox, product: Client) -> None:
        assert product.post(f"{sandbox.address}/catch/a", bytes(1_048_576)).status == 200
        assert product.post(f"{sandbox.address}/catch/a", bytes(1_048_577)).status == 413

    def test_the_oldest_make_room(self, sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(repository, "KEPT", 3)
        for number in range(5):
            sandbox.ask("GET", f"/catch/a/{number}")
        sandbox.ask("GET", "/catch/b")
        assert [each["path"] for each in caught_by(sandbox)] == [f"/catch/a/{n}" for n in (2, 3, 4)]

    def test_the_signature_is_checked_once_the_secret_is_known(
        self, sandbox: Sandbox, product: Client
    ) -> None:
        url = f"{sandbox.address}/catch/a"
        body = b'{"type": "video.ready"}'
        product.post(url, body, sign([SECRET], "m1", clock.now(), body))
        product.post(url, b"{}", sign([SECRET], "m2", clock.now(), body))
        product.post(url, body)
        assert [each["signature"] for each in caught_by(sandbox)] == [None] * 3
        secret = json.dumps({"secret": SECRET})
        assert sandbox.ask("PUT", "/catcher/a/secret", secret).status == 204
        expected = ["valid", "no_match", "headers_missing"]
        assert [each["signature"] for each in caught_by(sandbox)] == expected

    @pytest.mark.parametrize("content", ['{"secret": "whsec_ü"}', "{}", "no json"])
    def test_refuses_a_secret_that_is_none(self, content: str, sandbox: Sandbox) -> None:
        assert sandbox.ask("PUT", "/catcher/a/secret", content).status == 422


class TestBehaviour:
    def set_to(self, sandbox: Sandbox, **behaviour: object) -> None:
        content = json.dumps(behaviour)
        assert sandbox.ask("PUT", "/catcher/a/behaviour", content).status == 200

    def test_counts_down_and_then_answers_well(self, sandbox: Sandbox, product: Client) -> None:
        self.set_to(sandbox, status=503, retry_after=7, count=2)
        url = f"{sandbox.address}/catch/a"
        answers = [product.post(url, b"") for _ in range(3)]
        assert [answer.status for answer in answers] == [503, 503, 200]
        assert answers[0].headers["retry-after"] == "7"
        assert "retry-after" not in answers[2].headers
        assert [each["status"] for each in caught_by(sandbox)] == [503, 503, 200]

    def test_counts_exactly_when_many_call_at_once(self, sandbox: Sandbox) -> None:
        self.set_to(sandbox, status=500, count=10)
        with ThreadPoolExecutor(8) as pool:
            answers = pool.map(lambda _: sandbox.ask("GET", "/catch/a").status, range(30))
        assert sorted(answers) == [200] * 20 + [500] * 10

    def test_without_a_count_it_stays(self, sandbox: Sandbox) -> None:
        self.set_to(sandbox, status=410)
        assert [sandbox.ask("GET", "/catch/a").status for _ in range(3)] == [410] * 3
        self.set_to(sandbox)
        assert sandbox.ask("GET", "/catch/a").status == 200

    def test_breaks_the_connection(self, sandbox: Sandbox, product: Client) -> None:
        self.set_to(sandbox, reset=True, count=1)
        with pytest.raises(NoAnswer, match="reset"):
            product.post(f"{sandbox.address}/catch/a", b"x")
        assert caught_by(sandbox)[0]["status"] == 0
        assert product.post(f"{sandbox.address}/catch/a", b"x").status == 200

    def test_answers_late(self, sandbox: Sandbox) -> None:
        self.set_to(sandbox, delay_seconds=0.3)
        began = time.monotonic()
        sandbox.ask("GET", "/catch/a")
        assert time.monotonic() - began >= 0.3

    def test_redirects(self, sandbox: Sandbox, product: Client) -> None:
        target = "http://169.254.169.254/latest/meta-data/"
        self.set_to(sandbox, status=302, location=target)
        answer = product.post(f"{sandbox.address}/catch/a", b"")
        assert (answer.status, answer.headers["location"]) == (302, target)

    @pytest.mark.parametrize(
        "behaviour",
        [
            {"status": 99},
            {"status": "no"},
            {"delay_seconds": -1},
            {"count": 0},
            {"other": 1},
            {"location": "a\r\nX: y"},
        ],
    )
    def test_refuses_what_cannot_be_played(
        self, behaviour: dict[str, object], sandbox: Sandbox
    ) -> None:
        answer = sandbox.ask("PUT", "/catcher/a/behaviour", json.dumps(behaviour))
        assert answer.status == 422
        assert json.loads(answer.content)["errors"]

    def test_the_form_of_the_page_sets_it_too(self, sandbox: Sandbox) -> None:
        form = "status=500&delay_seconds=&retry_after=&count=1"
        kind = "application/x-www-form-urlencoded"
        answer = sandbox.ask("POST", "/catcher/a/change", form, Content_Type=kind)
        assert answer.status == 302
        assert [sandbox.ask("GET", "/catch/a").status for _ in range(2)] == [500, 200]


def section(text: str) -> dict[str, object]:
    return {"type": "section", "text": {"type": "mrkdwn", "text": text}}


def header(text: str) -> dict[str, object]:
    return {"type": "header", "text": {"type": "plain_text", "text": text}}


class TestSlack:
    @pytest.mark.parametrize(
        ("message", "refusal"),
        [
            ({"text": "a"}, None),
            ({"blocks": [{"type": "divider"}]}, None),
            ({"text": "a", "blocks": [section("*b*")]}, None),
            ({"blocks": [header("a" * 150)]}, None),
            ({"blocks": [header("a" * 151)]}, "invalid_blocks"),
            ({"blocks": [section("a" * 3001)]}, "invalid_blocks"),
            ({"blocks": [{"type": "section"}]}, "invalid_blocks"),
            ({"blocks": [{"type": "divider"}] * 51}, "invalid_blocks"),
            ({"blocks": [{"type": "surprise"}]}, "invalid_blocks"),
            ({"blocks": "a"}, "invalid_blocks"),
            ({"text": 1}, "invalid_payload"),
            ({"text": ""}, "no_text"),
            ({"content": "a"}, "no_text"),
            ([], "invalid_payload"),
        ],
    )  # fmt: skip
    def test_messages(self, message: object, refusal: str | None) -> None:
        assert refuse_slack(json.dumps(message).encode()) == refusal

    def test_over_http(self, sandbox: Sandbox, product: Client) -> None:
        url = f"{sandbox.address}/slack/a"
        answer = product.post(url, b'{"text": "merhaba"}')
        assert (answer.status, answer.text) == (200, "ok")
        answer = product.post(url, b"{}")
        assert (answer.status, answer.text) == (400, "no_text")
        assert product.post(url, b"\xff").text == "invalid_payload"
        assert [each["kind"] for each in caught_by(sandbox)] == ["slack"] * 3


class TestDiscord:
    @pytest.mark.parametrize(
        ("message", "code"),
        [
            ({"content": "a"}, None),
            ({"embeds": [{"title": "a", "color": 0xFFD700, "url": "https://a.example"}]}, None),
            ({"embeds": [{"fields": [{"name": "a", "value": "b", "inline": True}]}]}, None),
            ({"content": "a" * 2001}, 50035),
            ({"embeds": [{"title": "a" * 257}]}, 50035),
            ({"embeds": [{"description": "a" * 4096}, {"description": "b" * 1905}]}, 50035),
            ({"embeds": [{"fields": [{"name": "a", "value": "b" * 1025}]}]}, 50035),
            ({"embeds": [{}] * 11}, 50035),
            ({"embeds": [{"url": "javascript:x"}]}, 50035),
            ({"content": ""}, 50006),
            ({"text": "a"}, 50006),
            ([], 50035),
        ],
    )
    def test_messages(self, message: object, code: int | None) -> None:
        refusal = refuse_discord(json.dumps(message).encode())
        assert (refusal and refusal["code"]) == code

    def test_over_http(self, sandbox: Sandbox, product: Client) -> None:
        url = f"{sandbox.address}/discord/a"
        assert product.post(url, b'{"content": "merhaba"}').status == 204
        answer = product.post(url, b"{}")
        assert (answer.status, json.loads(answer.text)["code"]) == (400, 50006)
        assert product.post(url, b"{").status == 400

    def test_a_refused_message_stays_refused(self, sandbox: Sandbox, product: Client) -> None:
        sandbox.ask("PUT", "/catcher/a/behaviour", '{"status": 200}')
        assert product.post(f"{sandbox.address}/discord/a", b"{}").status == 400
