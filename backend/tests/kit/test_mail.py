"""Mails are composed well, and reach a real SMTP server or the folder."""

import email
import email.policy
import socket
import ssl
from collections.abc import Callable, Iterator
from email.message import EmailMessage
from pathlib import Path

import pytest
import trustme
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, Session
from pydantic import SecretStr, ValidationError

from ultra.kit import mail
from ultra.kit.mail import Letter, MailDelayed, MailRefused, compose, send
from ultra.settings import Environment, Mail, settings

LETTER = Letter(
    id="0198-abc",
    to="sude@example.com",
    subject="“Kış Güneşi” hazır: İğde ağaçlarının gölgesinde çekilen uzun videonun işlenmesi bitti",
    text="Merhaba Şule,\nvideonuz hazır.\n.\nbitti",
    html="<p>Merhaba <b>Şule</b>, videonuz hazır.</p>",
    language="tr",
    unsubscribe_url="https://core.example/api/notifications/unsubscribe/" + "a1B2" * 30,
)


def letter(**changes: str | None) -> Letter:
    return Letter(**{**LETTER.__dict__, **changes})


def parse(content: bytes) -> EmailMessage:
    return email.message_from_bytes(content, policy=email.policy.default)


class TestCompose:
    def test_survives_the_way_through_bytes(self) -> None:
        message = parse(bytes(compose(LETTER)))
        assert message["Subject"] == LETTER.subject
        assert message["From"] == "Ultrarslanoğlu <no-reply@localhost>"
        assert message["To"] == "sude@example.com"
        assert message["Message-ID"] == "<0198-abc@localhost>"
        assert message["Content-Language"] == "tr"
        assert message["Date"].datetime.tzinfo is not None
        text, html = message.get_body(("plain",)), message.get_body(("html",))
        assert text.get_content().splitlines() == LETTER.text.splitlines()
        assert html.get_content().strip() == LETTER.html
        assert message.get_content_type() == "multipart/alternative"

    def test_has_no_defects_and_only_short_ascii_lines(self) -> None:
        content = bytes(compose(LETTER))
        assert content.isascii()
        head, _, body = content.partition(b"\r\n\r\n")
        assert all(len(line) <= 998 for line in head.split(b"\r\n"))
        assert all(len(line) <= 78 for line in body.split(b"\r\n"))
        assert b"\n" not in content.replace(b"\r\n", b"")
        message = parse(content)
        assert [part.defects for part in message.walk()] == [[], [], []]
        assert not any(message[name].defects for name in message.keys())  # noqa: SIM118

    def test_offers_one_click_to_unsubscribe_and_leaves_the_address_whole(self) -> None:
        content = bytes(compose(LETTER))
        assert f"\r\nList-Unsubscribe: <{LETTER.unsubscribe_url}>\r\n".encode() in content
        assert b"\r\nList-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n" in content

    def test_mails_about_the_account_offer_no_unsubscribing(self) -> None:
        assert compose(letter(unsubscribe_url=None))["List-Unsubscribe"] is None

    def test_a_title_adds_no_header(self) -> None:
        message = parse(bytes(compose(letter(subject="a\r\nBcc: eve@example.com\x00 b"))))
        assert message["Subject"] == "a Bcc: eve@example.com b"
        assert message["Bcc"] is None

    def test_a_domain_beyond_ascii_is_encoded(self) -> None:
        message = parse(bytes(compose(letter(to="a@müller.example"))))
        assert message["To"] == "a@xn--mller-kva.example"

    @pytest.mark.parametrize(
        "to",
        ["", "a", "a@", "@b", "a@b\r\nBcc: c@d", "a@b, c@d", "şule@b.example", "a@b@c", "a b@c"],
    )
    def test_refuses_what_is_no_address(self, to: str) -> None:
        with pytest.raises(MailRefused):
            compose(letter(to=to))

    @pytest.mark.parametrize("letter_id", ["", "../a", "a>b", "a" * 65, "a\n"])
    def test_refuses_an_id_that_is_none(self, letter_id: str) -> None:
        with pytest.raises(ValueError, match="id"):
            compose(letter(id=letter_id))


class TestFiles:
    @pytest.fixture(autouse=True)
    def home(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
        monkeypatch.setattr(settings, "home", tmp_path)
        return tmp_path

    def test_writes_a_file_that_mail_programs_open(self, home: Path) -> None:
        send(LETTER)
        (path,) = (home / "mail").iterdir()
        assert path.name.endswith("Z-0198-abc.eml")
        assert path.stat().st_mode & 0o777 == 0o600
        assert parse(path.read_bytes())["Subject"] == LETTER.subject

    def test_the_same_letter_is_written_once(self, home: Path) -> None:
        send(LETTER)
        send(LETTER)
        send(letter(id="abc"))
        assert len(list((home / "mail").iterdir())) == 2

    def test_are_no_way_out_in_production(
        self, home: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        assert mail.is_available()
        monkeypatch.setattr(settings, "environment", Environment.PRODUCTION)
        assert not mail.is_available()
        with pytest.raises(MailDelayed, match="SMTP_URL"):
            send(LETTER)
        assert not (home / "mail").exists()


class Inbox:
    """What the server took, and how it answers."""

    def __init__(self) -> None:
        self.mails: list[Envelope] = []
        self.recipient_answer = ""
        self.data_answer = "250 OK"
        self.is_encrypted: list[bool] = []

    async def handle_RCPT(  # noqa: N802 - aiosmtpd's name
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if self.recipient_answer:
            return self.recipient_answer
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        self.is_encrypted.append(session.ssl is not None)
        if self.data_answer.startswith("2"):
            self.mails.append(envelope)
        return self.data_answer


@pytest.fixture
def inbox() -> Inbox:
    return Inbox()


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    return trustme.CA()


Serve = Callable[..., int]


@pytest.fixture
def serve(
    inbox: Inbox, authority: trustme.CA, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Serve]:
    """Start a mail server; its certificate for 127.0.0.1 is trusted by this process."""
    monkeypatch.setattr(settings.mail, "seconds", 2)
    authority.cert_pem.write_to_path(tmp_path / "ca.pem")
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "ca.pem"))
    servers = []

    def start(scheme: str, name: str = "127.0.0.1", user: str = "", **options: object) -> int:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        authority.issue_cert(name).configure_cert(context)
        if scheme == "smtps":
            options["ssl_context"] = context
        elif scheme == "smtp":
            options |= {"tls_context": context, "require_starttls": True}
        with socket.create_server(("127.0.0.1", 0)) as probe:
            port = probe.getsockname()[1]
        server = Controller(inbox, hostname="127.0.0.1", port=port, **options)
        server.start()
        servers.append(server)
        url = SecretStr(f"{scheme}://{user}127.0.0.1:{port}")
        monkeypatch.setattr(settings.mail, "smtp_url", url)
        return port

    yield start
    for server in servers:
        server.stop()


class TestSmtp:
    @pytest.mark.parametrize(
        ("scheme", "encrypted"), [("smtp", True), ("smtps", True), ("smtp+plain", False)]
    )
    def test_delivers(self, scheme: str, encrypted: bool, serve: Serve, inbox: Inbox) -> None:
        serve(scheme)
        send(LETTER)
        (received,) = inbox.mails
        assert received.rcpt_tos == ["sude@example.com"]
        assert received.mail_from == "no-reply@localhost"
        message = parse(received.content)
        assert message["Subject"] == LETTER.subject
        body = message.get_body(("plain",)).get_content()
        assert body.splitlines() == LETTER.text.splitlines()
        assert inbox.is_encrypted[0] is encrypted or scheme == "smtps"

    def test_signs_in(self, serve: Serve, inbox: Inbox) -> None:
        seen = []

        def check(
            server: SMTP, session: Session, envelope: Envelope, mechanism: str, data: object
        ) -> AuthResult:
            seen.append((data.login, data.password))
            return AuthResult(success=data.password == b"pa:ss/word")

        user = "sude:pa%3Ass%2Fword@"
        serve("smtp", user=user, authenticator=check, auth_required=True)
        send(LETTER)
        assert set(seen) == {(b"sude", b"pa:ss/word")}
        assert len(inbox.mails) == 1

    def test_a_wrong_password_is_the_installations_trouble(self, serve: Serve) -> None:
        serve(
            "smtp", user="a:b@", authenticator=lambda *_: AuthResult(success=False, handled=False)
        )
        with pytest.raises(MailDelayed, match="535"):
            send(LETTER)

    @pytest.mark.parametrize(
        ("answer", "error"),
        [("550 5.1.1 no such user", MailRefused), ("450 4.2.1 busy", MailDelayed)],
    )
    def test_the_answer_to_the_recipient_decides(
        self, answer: str, error: type[Exception], serve: Serve, inbox: Inbox
    ) -> None:
        inbox.recipient_answer = answer
        serve("smtp")
        with pytest.raises(error, match=answer):
            send(LETTER)
        assert inbox.mails == []

    @pytest.mark.parametrize(
        ("answer", "error"), [("554 spam", MailRefused), ("451 later", MailDelayed)]
    )
    def test_the_answer_to_the_content_decides(
        self, answer: str, error: type[Exception], serve: Serve, inbox: Inbox
    ) -> None:
        inbox.data_answer = answer
        serve("smtp")
        with pytest.raises(error, match=answer):
            send(LETTER)

    def test_never_speaks_to_a_server_that_cannot_encrypt(
        self, serve: Serve, inbox: Inbox, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        port = serve("smtp+plain")
        monkeypatch.setattr(settings.mail, "smtp_url", SecretStr(f"smtp://a:b@127.0.0.1:{port}"))
        with pytest.raises(MailDelayed, match="STARTTLS"):
            send(LETTER)
        assert inbox.mails == []

    @pytest.mark.parametrize("scheme", ["smtp", "smtps"])
    def test_never_speaks_to_a_server_with_anothers_certificate(
        self, scheme: str, serve: Serve, inbox: Inbox
    ) -> None:
        serve(scheme, name="other.example")
        with pytest.raises(MailDelayed, match=r"[Ii]P address mismatch"):
            send(LETTER)
        assert inbox.mails == []

    def test_nobody_listens(self, monkeypatch: pytest.MonkeyPatch) -> None:
        with socket.create_server(("127.0.0.1", 0)) as probe:
            port = probe.getsockname()[1]
        url = SecretStr(f"smtp://127.0.0.1:{port}")
        monkeypatch.setattr(settings.mail, "smtp_url", url)
        with pytest.raises(MailDelayed, match="refused"):
            send(LETTER)

    def test_a_silent_server_ends_at_the_limit(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(settings.mail, "seconds", 0.3)
        with socket.create_server(("127.0.0.1", 0)) as silent:
            url = SecretStr(f"smtp://127.0.0.1:{silent.getsockname()[1]}")
            monkeypatch.setattr(settings.mail, "smtp_url", url)
            with pytest.raises(MailDelayed, match="timed out"):
                send(LETTER)


@pytest.mark.parametrize("url", ["https://a", "smtp://", "mail.example.com:25", "smtp+tls://a"])
def test_the_settings_refuse_an_address_that_is_none(url: str) -> None:
    with pytest.raises(ValidationError, match="smtp://user"):
        Mail(smtp_url=url)


def test_the_settings_refuse_a_password_that_cannot_be_said() -> None:
    with pytest.raises(ValidationError, match="ASCII"):
        Mail(smtp_url="smtp://a:%C3%B6@mail.example")


@pytest.mark.parametrize("sender", ["", "Ultra", "Ultra <ultra>", "@example.com"])
def test_the_settings_refuse_a_sender_without_address(sender: str) -> None:
    with pytest.raises(ValidationError, match="name@example"):
        Mail(sender=sender)
