"""Our signatures agree with the public library, and nothing that a stranger writes is believed."""

import json
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st
from standardwebhooks.webhooks import Webhook

from ultra.kit.webhooks import PREFIX, BadSignature, Reason, key_of, make_secret, sign, verify

BODY = json.dumps({"type": "video.ready", "data": {"title": "Şık İğde"}}).encode()
SECRET = make_secret()
NOW = datetime.now(UTC)
# Lone surrogates too: so WSGI hands over bytes that are no text.
ANYTHING = st.text(st.characters(exclude_categories=()))


def refused(headers: dict[str, str], body: bytes = BODY, **others: object) -> Reason:
    with pytest.raises(BadSignature) as caught:
        verify([SECRET], headers, body, now=NOW, **others)
    return caught.value.reason


class TestMakeSecret:
    def test_has_32_bytes_behind_the_prefix(self) -> None:
        assert SECRET.startswith(PREFIX)
        assert len(key_of(SECRET)) == 32

    def test_is_new_each_time(self) -> None:
        assert len({make_secret() for _ in range(100)}) == 100


class TestSign:
    def test_the_public_library_believes_it(self) -> None:
        headers = sign([SECRET], "msg_1", datetime.now(UTC), BODY)
        assert Webhook(SECRET).verify(BODY, headers) == json.loads(BODY)

    def test_both_secrets_are_believed_during_a_rotation(self) -> None:
        newer = make_secret()
        headers = sign([newer, SECRET], "msg_1", datetime.now(UTC), BODY)
        for secret in (newer, SECRET):
            assert Webhook(secret).verify(BODY, headers) == json.loads(BODY)

    def test_a_time_of_another_zone_is_the_same_moment(self) -> None:
        istanbul = timezone(timedelta(hours=3))
        assert sign([SECRET], "a", NOW.astimezone(istanbul), BODY) == sign([SECRET], "a", NOW, BODY)

    def test_a_known_vector(self) -> None:
        """The example that the standard's text and its libraries share."""
        secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
        at = datetime.fromtimestamp(1614265330, UTC)
        headers = sign([secret], "msg_p5jXN8AQM9LWM0D4loKWxJek", at, b'{"test": 2432232314}')
        assert headers["webhook-signature"] == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="

    def test_refuses_a_time_without_zone(self) -> None:
        with pytest.raises(ValueError, match="zone"):
            sign([SECRET], "a", NOW.replace(tzinfo=None), BODY)

    @pytest.mark.parametrize("message_id", ["", "a.b"])
    def test_refuses_an_id_that_could_be_read_in_two_ways(self, message_id: str) -> None:
        with pytest.raises(ValueError, match="id"):
            sign([SECRET], message_id, NOW, BODY)


class TestVerify:
    def test_believes_the_public_library(self) -> None:
        signature = Webhook(SECRET).sign("msg_7", NOW, BODY.decode())
        headers = {
            "Webhook-Id": "msg_7",
            "Webhook-Timestamp": str(int(NOW.timestamp())),
            "Webhook-Signature": f"v1a,bm90IG91cnM= {signature}",
        }
        assert verify([SECRET], headers, BODY, now=NOW) == "msg_7"

    def test_believes_the_older_secret_too(self) -> None:
        headers = sign([SECRET], "msg_8", NOW, BODY)
        assert verify([make_secret(), SECRET], headers, BODY, now=NOW) == "msg_8"

    def test_the_body_need_not_be_text(self) -> None:
        headers = sign([SECRET], "msg_9", NOW, b"\xff\x00")
        assert verify([SECRET], headers, b"\xff\x00", now=NOW) == "msg_9"

    @pytest.mark.parametrize("name", ["webhook-id", "webhook-timestamp", "webhook-signature"])
    def test_refuses_a_missing_header(self, name: str) -> None:
        headers = sign([SECRET], "a", NOW, BODY)
        del headers[name]
        assert refused(headers) is Reason.HEADERS_MISSING

    @pytest.mark.parametrize(("seconds", "reason"), [(-301, Reason.TOO_OLD), (302, Reason.TOO_NEW)])
    def test_refuses_a_message_of_another_time(self, seconds: int, reason: Reason) -> None:
        at = NOW + timedelta(seconds=seconds)
        assert refused(sign([SECRET], "a", at, BODY)) is reason

    def test_refuses_a_changed_body_id_or_time(self) -> None:
        headers = sign([SECRET], "a", NOW, BODY)
        assert refused(headers, BODY + b" ") is Reason.NO_MATCH
        assert refused({**headers, "webhook-id": "b"}) is Reason.NO_MATCH
        later = str(int(headers["webhook-timestamp"]) + 1)
        assert refused({**headers, "webhook-timestamp": later}) is Reason.NO_MATCH

    def test_refuses_another_secret_and_none(self) -> None:
        headers = sign([make_secret()], "a", NOW, BODY)
        assert refused(headers) is Reason.NO_MATCH
        with pytest.raises(BadSignature):
            verify([], sign([SECRET], "a", NOW, BODY), BODY, now=NOW)

    def test_refuses_an_id_that_takes_over_the_timestamp(self) -> None:
        """`a` + time + `2.x` and `a.time` + `2` + `x` are the same bytes to sign."""
        timestamp = str(int(NOW.timestamp()))
        body = f"{timestamp}.x".encode()
        headers = sign([SECRET], "a", NOW, body)
        moved = {**headers, "webhook-id": f"a.{timestamp}"}
        assert refused(moved, b"x") is Reason.HEADERS_MALFORMED

    @pytest.mark.parametrize("timestamp", ["1.5e9", "-1", "١٦١٤", "1_6", " 5", "9" * 40, "now"])
    def test_refuses_a_time_that_is_no_number(self, timestamp: str) -> None:
        headers = {**sign([SECRET], "a", NOW, BODY), "webhook-timestamp": timestamp}
        assert refused(headers) in {Reason.HEADERS_MALFORMED, Reason.TOO_OLD}

    @pytest.mark.parametrize(
        "signature", ["garbage", "v1", "v1,", "v1,a", "v1,ü", "v2,AAAA", ",", "v1,AAAA,AAAA"]
    )
    def test_refuses_a_signature_that_is_none(self, signature: str) -> None:
        headers = {**sign([SECRET], "a", NOW, BODY), "webhook-signature": signature}
        assert refused(headers) in {Reason.HEADERS_MALFORMED, Reason.NO_MATCH}

    def test_refuses_headers_without_end(self) -> None:
        headers = sign([SECRET], "a", NOW, BODY)
        headers["webhook-signature"] = " ".join(["v1,AAAA"] * 10_000)
        assert refused(headers) is Reason.HEADERS_MALFORMED

    @given(ANYTHING, ANYTHING | st.just(str(int(NOW.timestamp()))), ANYTHING, st.binary())
    def test_nothing_a_stranger_writes_raises_another_error(
        self, message_id: str, timestamp: str, signature: str, body: bytes
    ) -> None:
        headers = {
            "webhook-id": message_id,
            "webhook-timestamp": timestamp,
            "webhook-signature": signature,
        }
        with pytest.raises(BadSignature):
            verify([SECRET], headers, body, now=NOW)
        with pytest.raises(BadSignature):
            verify([SECRET], {**headers, "webhook-signature": f"v1,{signature}"}, body, now=NOW)


class TestKeyOf:
    def test_reads_a_secret_without_prefix_or_padding(self) -> None:
        assert key_of(SECRET.removeprefix(PREFIX).rstrip("=")) == key_of(SECRET)

    @pytest.mark.parametrize("secret", ["", "whsec_", "whsec_ü", "whsec_a"])
    def test_refuses_what_is_no_secret(self, secret: str) -> None:
        with pytest.raises(ValueError, match=r".+"):
            key_of(secret)
