"""Access tokens: ours are believed, everything else is refused, each trick by itself."""

import base64
import hmac
import json
from datetime import timedelta
from uuid import uuid4

import pytest
from cryptography.hazmat.primitives.asymmetric.ec import ECDSA
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256, SHA384
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from joserfc.jwk import ECKey

from tests.factories.auth import sign_up
from ultra.auth import public
from ultra.auth.sessions import access_tokens, csrf
from ultra.auth.sessions.signing_keys import key_ring
from ultra.kit.access import Scope
from ultra.kit.clock import now
from ultra.kit.crypto import new_secret
from ultra.kit.errors import NotSignedIn
from ultra.kit.roles import Role, scopes_of
from ultra.settings import settings

USER, SESSION = uuid4(), uuid4()
REMOVED = object()


def encode(part):
    plain = part if isinstance(part, bytes) else json.dumps(part).encode()
    return base64.urlsafe_b64encode(plain).decode().rstrip("=")


def make(header=None, claims=None, sign=None):
    """A token of ours with some entries replaced, and a right signature unless another is given."""
    moment = int(now().timestamp())
    parts = [
        {"alg": "ES256", "typ": "at+jwt", "kid": key_ring.signing().kid, **(header or {})},
        {
            "iss": settings.website_url,
            "aud": "ultra-api",
            "sub": str(USER),
            "sid": str(SESSION),
            "jti": "1",
            "iat": moment,
            "exp": moment + 600,
            **(claims or {}),
        },
    ]
    kept = [{k: v for k, v in part.items() if v is not REMOVED} for part in parts]
    text = ".".join(encode(part) for part in kept)
    return f"{text}.{encode((sign or sign_with(key_ring.signing()))(text.encode()))}"


def sign_with(key, hash_algorithm=None):
    """Signatures of a key as RFC 7518 §3.4 writes them, without the library that verifies them."""
    size = key.private_key.key_size // 8

    def sign(text):
        der = key.private_key.sign(text, ECDSA(hash_algorithm or SHA256()))
        return b"".join(number.to_bytes(size, "big") for number in decode_dss_signature(der))

    return sign


def refuse(token):
    with pytest.raises(NotSignedIn):
        access_tokens.verify(token)


@pytest.mark.usefixtures("database")
class TestVerify:
    def test_believes_our_own(self):
        for token in (make(), access_tokens.issue(USER, SESSION)):
            claims = access_tokens.verify(token)
            assert (claims.user_id, claims.session_id) == (USER, SESSION)

    @pytest.mark.parametrize(
        "claims",
        [
            {"aud": "other-api"},
            {"aud": REMOVED},
            {"iss": "https://evil.example"},
            {"iss": REMOVED},
            {"exp": REMOVED},
            {"exp": 1},
            {"exp": "9999999999"},
            {"exp": None},
            {"exp": -1},
            {"exp": float("inf")},
            {"exp": True},
            {"nbf": "9999999999"},
            {"aud": []},
            {"aud": ["other-api"]},
            {"iss": [settings.website_url]},
            {"iss": settings.website_url + "/"},
            {"iat": REMOVED},
            {"iat": 9_999_999_999},
            {"nbf": 9_999_999_999},
            {"sub": REMOVED},
            {"sub": "1 or 1=1"},
            {"sub": 7},
            {"sid": REMOVED},
            {"sid": "x"},
            {"sid": 7},
            {"sid": ["x"]},
            {"jti": REMOVED},
        ],
        ids=str,
    )
    def test_refuses_wrong_claims_under_a_right_signature(self, claims):
        refuse(make(claims=claims))

    @pytest.mark.parametrize(
        "header",
        [
            {"typ": "JWT"},
            {"typ": REMOVED},
            {"kid": REMOVED},
            {"kid": "unknown"},
            {"kid": "../../../../dev/null"},
            {"kid": "' or 1=1 --"},
            {"kid": ["a"]},
            {"crit": ["exp"]},
        ],
        ids=str,
    )
    def test_refuses_wrong_headers_under_a_right_signature(self, header):
        refuse(make(header=header))

    def test_never_takes_a_key_from_the_token(self):
        forger = ECKey.generate_key("P-256")
        for header in (
            {},
            {"jwk": forger.as_dict(private=False)},
            {"jwk": forger.as_dict(private=False), "kid": REMOVED},
            {"jku": "https://evil.example/keys", "kid": "evil"},
            {"x5u": "https://evil.example/cert"},
        ):
            refuse(make(header=header, sign=sign_with(forger)))

    def test_refuses_other_algorithms(self):
        genuine = make()
        _, claims, signature = genuine.split(".")
        kid = key_ring.signing().kid
        for algorithm in ("none", "None", "NONE", ""):
            unsigned = encode({"alg": algorithm, "typ": "at+jwt", "kid": kid})
            refuse(f"{unsigned}.{claims}.")
            refuse(f"{unsigned}.{claims}.{signature}")
        public_key = key_ring.signing().public_key
        for shape in (
            public_key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo),
            public_key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo),
            json.dumps(key_ring.signing().as_dict(private=False)).encode(),
        ):
            refuse(
                make(
                    header={"alg": "HS256"},
                    sign=lambda text, shape=shape: hmac.digest(shape, text, "sha256"),
                )
            )
        stronger = ECKey.generate_key("P-384")
        refuse(make(header={"alg": "ES384"}, sign=sign_with(stronger, SHA384())))
        access_tokens.verify(genuine)

    def test_refuses_what_is_broken(self):
        header, claims, signature = make().split(".")
        deep = encode(b"[" * 2500)
        for token in (
            "",
            ".",
            "..",
            "a.b.c",
            f"{header}.{claims}",
            f"{header}.{claims}.",
            f"{header}.{claims}.{signature}.",
            f"{header}.{claims}.{signature[:-8]}",
            f"{header}.{encode({'sub': str(USER)})}.{signature}",
            f"{header}.{encode(b'[]')}.{signature}",
            f"{encode(b'[]')}.{claims}.{signature}",
            f"{encode(bytes([255, 254]))}.{claims}.{signature}",
            f"{deep}.{claims}.{signature}",
            "é.ç.ş",
            "\ud800",
            "\0",
        ):
            refuse(token)

    def test_of_doubled_claims_none_helps(self):
        """Parsers differ in which of two equal names they read; no choice may be a forged one."""
        moment = int(now().timestamp())
        honest = (
            f'"iss":"{settings.website_url}","aud":"ultra-api","sub":"{USER}","sid":"{SESSION}",'
            f'"jti":"1","iat":{moment},"exp":{moment + 600}'
        )
        sign = sign_with(key_ring.signing())
        header = encode({"alg": "ES256", "typ": "at+jwt", "kid": key_ring.signing().kid})
        for doubled in (f'{honest},"exp":1', f'"aud":"ultra-api",{honest},"aud":"other"'):
            text = f"{header}.{encode(('{' + doubled + '}').encode())}"
            refuse(f"{text}.{encode(sign(text.encode()))}")
        # And a header whose second algorithm is none.
        forged = encode(b'{"alg":"ES256","typ":"at+jwt","kid":"x","alg":"none"}')
        refuse(f"{forged}.{encode({'sub': str(USER)})}.")

    def test_an_id_token_is_no_access_token(self):
        """What a provider signs for us says who somebody is, and opens nothing."""
        refuse(
            make(header={"typ": "JWT"}, claims={"aud": "client-id", "nonce": "x", "sid": REMOVED})
        )
        refuse(make(header={"typ": "id_token+jwt"}))
        refuse(make(header={"typ": REMOVED}, claims={"aud": ["ultra-api", "client-id"]}))

    def test_other_tokens_of_ours_are_no_access_tokens(self):
        """CSRF tokens and refresh tokens travel beside it."""
        refuse(csrf.issue(SESSION))
        refuse(new_secret())

    def test_refuses_encrypted_tokens_and_tricks_with_the_signature(self):
        header, claims, signature = make().split(".")
        der = key_ring.signing().private_key.sign(f"{header}.{claims}".encode(), ECDSA(SHA256()))
        for forged in (
            encode(der),
            encode(bytes(64)),
            encode(b"\x00" * 31 + b"\x01" + b"\x00" * 31 + b"\x01"),
            signature + signature,
            signature.swapcase(),
        ):
            refuse(f"{header}.{claims}.{forged}")
        encrypted = encode({"alg": "dir", "enc": "A256GCM", "typ": "at+jwt"})
        refuse(f"{encrypted}..{encode(b'nonce')}.{claims}.{encode(b'tag')}")
        refuse(make(header={"b64": False, "crit": ["b64"]}))
        refuse(make(header={"zip": "DEF"}, claims={"exp": 1}))

    def test_does_not_look_at_what_is_too_long(self):
        refuse(make(claims={"more": "x" * 4096}))
        access_tokens.verify(make(claims={"more": "x" * 1000}))

    def test_expires_after_its_minutes_and_the_leeway(self, monkeypatch):
        token = access_tokens.issue(USER, SESSION)
        for minutes, is_valid in ((5, True), (10.4, True), (10.6, False)):
            moment = now() + timedelta(minutes=minutes)
            with monkeypatch.context() as patch:
                patch.setattr(access_tokens, "now", lambda moment=moment: moment)
                if is_valid:
                    access_tokens.verify(token)
                else:
                    refuse(token)

    def test_refuses_a_token_of_another_installation(self, monkeypatch):
        token = access_tokens.issue(USER, SESSION)
        monkeypatch.setattr(settings, "public_url", "https://other.example")
        refuse(token)


class TestIdentify:
    def test_says_who_and_in_which_workspace(self, client):
        person = sign_up(client)
        actor = public.identify(person.token)
        assert actor.user_id == person.user_id
        assert actor.workspace_id == person.workspace_id
        # The first person of an installation looks after it; the next one does not.
        assert actor.scopes == scopes_of(Role.OWNER) | {Scope.OPERATE}
        assert public.identify(sign_up(client).token).scopes == scopes_of(Role.OWNER)

    def test_refuses_a_token_whose_session_never_was(self, stores):
        with pytest.raises(public.SessionEnded):
            public.identify(make())

    def test_refuses_a_user_in_somebody_else_s_session(self, client):
        person = sign_up(client)
        actor = public.identify(person.token)
        with pytest.raises(NotSignedIn):
            public.identify(make(claims={"sid": str(actor.session_id)}))

    def test_a_refresh_token_is_no_access_token(self, client, app):
        sign_up(client)
        secret = client.get_cookie(public.REFRESH_COOKIE).value
        answer = app.test_client().get(
            "/api/auth/me", headers={"Authorization": f"Bearer {secret}"}
        )
        assert (answer.status_code, answer.get_json()["code"]) == (401, "not_signed_in")

    def test_a_bearer_is_not_helped_by_a_good_cookie(self, client):
        sign_up(client)
        answer = client.get("/api/auth/me", headers={"Authorization": "Bearer x"})
        assert answer.status_code == 401
