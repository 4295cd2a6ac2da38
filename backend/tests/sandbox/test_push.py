"""The push service takes what a browser's would take, and opens it with the RFC's own example."""

import json
import os
import time

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from joserfc import jwt
from joserfc.jwk import ECKey

from tests.sandbox.conftest import Client, Sandbox
from ultra.sandbox.push import encryption, vapid
from ultra.sandbox.push.vapid import decode, encode

SENDER = ec.generate_private_key(ec.SECP256R1())


def point(key: ec.EllipticCurvePrivateKey) -> bytes:
    return key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)


def authorization(origin: str, key: ec.EllipticCurvePrivateKey = SENDER, **claims: object) -> str:
    given = {"aud": origin, "exp": int(time.time()) + 3600, "sub": "mailto:a@b.example", **claims}
    token = jwt.encode({"alg": "ES256", "typ": "JWT"}, given, ECKey.import_key(key))
    return f"vapid t={token}, k={encode(point(SENDER))}"


def seal(plain: bytes, p256dh: bytes, auth: bytes) -> bytes:
    """RFC 8291, the sending side."""
    own = ec.generate_private_key(ec.SECP256R1())
    device = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), p256dh)
    shared = own.exchange(ec.ECDH(), device)

    def derive(material: bytes, salt: bytes, info: bytes, length: int) -> bytes:
        return HKDF(hashes.SHA256(), length, salt, info).derive(material)

    material = derive(shared, auth, b"WebPush: info\0" + p256dh + point(own), 32)
    salt = os.urandom(16)
    key = derive(material, salt, b"Content-Encoding: aes128gcm\0", 16)
    nonce = derive(material, salt, b"Content-Encoding: nonce\0", 12)
    sealed = AESGCM(key).encrypt(nonce, plain + b"\x02", None)
    return salt + (4096).to_bytes(4, "big") + b"\x41" + point(own) + sealed


@pytest.fixture
def device(sandbox: Sandbox) -> dict[str, object]:
    key = json.dumps({"application_server_key": encode(point(SENDER))})
    answer = sandbox.ask("POST", "/push", key)
    assert answer.status == 201
    return json.loads(answer.content)


def send(
    product: Client, sandbox: Sandbox, device: dict[str, object], plain: bytes, **headers: str
) -> object:
    keys = device["keys"]
    body = seal(plain, decode(keys["p256dh"]), decode(keys["auth"]))
    usual = {
        "TTL": "60",
        "Content-Encoding": "aes128gcm",
        "Authorization": authorization(sandbox.address),
    }
    changed = {name.replace("_", "-"): value for name, value in headers.items()}
    kept = {name: value for name, value in {**usual, **changed}.items() if value}
    return product.post(device["endpoint"], body, kept)


def messages(sandbox: Sandbox, device: dict[str, object]) -> list[dict[str, object]]:
    answer = sandbox.ask("GET", f"/push/{device['id']}/messages")
    return json.loads(answer.content)["items"]


class TestTaking:
    def test_a_message_is_taken_and_opened(
        self, sandbox: Sandbox, product: Client, device: dict[str, object]
    ) -> None:
        plain = '{"title": "“Kış Güneşi” hazır"}'.encode()
        answer = send(product, sandbox, device, plain, Urgency="high", Topic="video")
        assert (answer.status, answer.headers["ttl"]) == (201, "60")
        assert answer.headers["location"].startswith(f"{sandbox.address}/push/{device['id']}/")
        (message,) = messages(sandbox, device)
        assert message["text"] == plain.decode()
        assert (message["ttl"], message["urgency"], message["topic"]) == ("60", "high", "video")
        assert message["claims"]["aud"] == sandbox.address
        assert (message["status"], message["trouble"]) == (201, None)
        assert "Kış Güneşi" in sandbox.ask("GET", f"/push/{device['id']}").content.decode()

    def test_a_device_whose_keys_are_elsewhere_gets_it_sealed(
        self, sandbox: Sandbox, product: Client, device: dict[str, object]
    ) -> None:
        elsewhere = {**device, "id": "x", "endpoint": f"{sandbox.address}/push/x"}
        assert send(product, sandbox, elsewhere, b"a").status == 201
        (message,) = messages(sandbox, elsewhere)
        assert message["text"] is None
        assert len(decode(message["body"])) == 16 + 4 + 1 + 65 + 1 + 1 + 16

    def test_a_message_for_another_device_cannot_be_opened(
        self, sandbox: Sandbox, product: Client, device: dict[str, object]
    ) -> None:
        other = json.loads(sandbox.ask("POST", "/push").content)
        send(product, sandbox, {**device, "keys": other["keys"]}, b"a")
        (message,) = messages(sandbox, device)
        assert message["text"] is None
        assert "not encrypted for this device" in message["trouble"]

    def test_behaves_as_told(
        self, sandbox: Sandbox, product: Client, device: dict[str, object]
    ) -> None:
        path = f"/push/{device['id']}/behaviour"
        assert sandbox.ask("PUT", path, '{"status": 410, "count": 1}').status == 200
        assert send(product, sandbox, device, b"a").status == 410
        assert send(product, sandbox, device, b"a").status == 201


class TestRefusing:
    @pytest.mark.parametrize(
        ("headers", "status"),
        [
            ({"TTL": ""}, 400),
            ({"Urgency": "very high"}, 400),
            ({"Topic": "a" * 33}, 400),
            ({"Content_Encoding": "aesgcm"}, 415),
            ({"Authorization": ""}, 401),
            ({"Authorization": "Bearer a"}, 401),
        ],
    )
    def test_headers(
        self,
        headers: dict[str, str],
        status: int,
        sandbox: Sandbox,
        product: Client,
        device: dict[str, object],
    ) -> None:
        assert send(product, sandbox, device, b"a", **headers).status == status
        assert messages(sandbox, device)[0]["trouble"]

    def test_a_long_message(
        self, sandbox: Sandbox, product: Client, device: dict[str, object]
    ) -> None:
        assert send(product, sandbox, device, bytes(4096)).status == 413

    @pytest.mark.parametrize(
        ("claims", "trouble"),
        [
            ({"aud": "https://push.example"}, "aud"),
            ({"exp": 1}, "over"),
            ({"exp": 2**40}, "24 hours"),
            ({"exp": "soon"}, "time"),
            ({"sub": "somebody"}, "sub"),
        ],
    )
    def test_claims(
        self,
        claims: dict[str, object],
        trouble: str,
        sandbox: Sandbox,
        product: Client,
        device: dict[str, object],
    ) -> None:
        wrong = authorization(sandbox.address, **claims)
        answer = send(product, sandbox, device, b"a", Authorization=wrong)
        assert (answer.status, trouble in answer.text) == (403, True)

    def test_a_token_of_another_key(
        self, sandbox: Sandbox, product: Client, device: dict[str, object]
    ) -> None:
        stranger = ec.generate_private_key(ec.SECP256R1())
        wrong = authorization(sandbox.address, key=stranger)
        assert send(product, sandbox, device, b"a", Authorization=wrong).status == 403

    def test_a_sender_whom_the_device_did_not_subscribe_to(
        self, sandbox: Sandbox, product: Client
    ) -> None:
        content = json.dumps({"application_server_key": "BAAA"})
        device = json.loads(sandbox.ask("POST", "/push", content).content)
        answer = send(product, sandbox, device, b"a")
        assert (answer.status, "another sender" in answer.text) == (403, True)

    @pytest.mark.parametrize("key", ["", "AAAA", "!", encode(b"\x04" + bytes(64))])
    def test_a_key_that_is_none(self, key: str, sandbox: Sandbox) -> None:
        token = authorization(sandbox.address).split("t=")[1].split(",")[0]
        verdict = vapid.check(f"vapid t={token}, k={key}", sandbox.address, now=None)
        assert verdict.trouble


class TestTheExampleOfTheRfc:
    """RFC 8291, section 5 and appendix A."""

    KEYS = encryption.read_keys(
        decode("q1dXpw3UpT5VOmu_cf_v6ih07Aems3njxI-JWgLcM94"), decode("BTBZMqHH6r4Tts7J_aSIgg")
    )
    BODY = decode(
        "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAm"
        "S6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_"
        "Qulcy4a-fN"
    )

    def test_opens(self) -> None:
        plain = b"When I grow up, I want to be a watermelon"
        assert encryption.unlock(self.KEYS, self.BODY) == plain

    @pytest.mark.parametrize("position", [0, 20, 30, 90, 140])
    def test_a_changed_byte_does_not(self, position: int) -> None:
        changed = bytearray(self.BODY)
        changed[position] ^= 1
        with pytest.raises(encryption.CannotOpen):
            encryption.unlock(self.KEYS, bytes(changed))

    def test_half_of_it_does_not(self) -> None:
        for length in (0, 20, 86, 100):
            with pytest.raises(encryption.CannotOpen):
                encryption.unlock(self.KEYS, self.BODY[:length])
