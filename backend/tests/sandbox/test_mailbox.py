"""The mailbox shows the mails that the product wrote, and nothing else of the machine."""

import json

import pytest

from tests.sandbox.conftest import Sandbox
from ultra.kit.mail import Letter, send


def write(letter_id: str = "one", **changes: str) -> None:
    given = {
        "to": "sude@example.com",
        "subject": "“Kış Güneşi” hazır",
        "text": "Merhaba Şule",
        "html": "<p>Merhaba <b>Şule</b></p><script>alert(1)</script>",
        "language": "tr",
        "unsubscribe_url": "https://core.example/unsubscribe/a",
    }
    send(Letter(id=letter_id, **{**given, **changes}))


def listed(sandbox: Sandbox, query: str = "") -> list[dict[str, object]]:
    return json.loads(sandbox.ask("GET", f"/mailbox/messages{query}").content)


class TestJson:
    def test_is_empty_at_first(self, sandbox: Sandbox) -> None:
        assert listed(sandbox) == []

    def test_lists_in_the_order_of_sending(self, sandbox: Sandbox) -> None:
        write("b")
        write("a", subject="Second", to="ali@example.com")
        first, second = listed(sandbox)
        assert (first["subject"], second["subject"]) == ("“Kış Güneşi” hazır", "Second")
        assert first["text"].strip() == "Merhaba Şule"
        assert "<b>Şule</b>" in first["html"]
        assert first["headers"]["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
        assert first["date"]

    def test_keeps_one_persons(self, sandbox: Sandbox) -> None:
        write("a")
        write("b", to="ali@example.com")
        assert [mail["to"] for mail in listed(sandbox, "?to=ali@example.com")] == [
            "ali@example.com"
        ]
        assert listed(sandbox, "?to=nobody@example.com") == []


class TestPages:
    @pytest.mark.parametrize(("language", "title"), [("tr", "Posta kutusu"), ("en", "Mailbox")])
    def test_list(self, language: str, title: str, sandbox: Sandbox) -> None:
        write()
        page = sandbox.ask("GET", "/mailbox", Accept_Language=language).content.decode()
        assert f"<h1>{title}</h1>" in page
        assert "“Kış Güneşi” hazır" in page

    def test_a_mail_runs_no_script(self, sandbox: Sandbox) -> None:
        write()
        file = listed(sandbox)[0]["file"]
        page = sandbox.ask("GET", f"/mailbox/{file}").content.decode()
        assert "alert(1)" not in page
        html = sandbox.ask("GET", f"/mailbox/{file}/html")
        policy = dict(html.headers)[b"Content-Security-Policy"].decode()
        assert "sandbox" in policy
        assert "script" not in policy
        assert "default-src 'none'" in policy

    def test_text_and_source(self, sandbox: Sandbox) -> None:
        write()
        file = listed(sandbox)[0]["file"]
        assert "Merhaba Şule" in sandbox.ask("GET", f"/mailbox/{file}?view=text").content.decode()
        assert b"List-Unsubscribe:" in sandbox.ask("GET", f"/mailbox/{file}?view=source").content
        source = sandbox.ask("GET", f"/mailbox/{file}/source")
        assert source.content == (sandbox.home / "mail" / str(file)).read_bytes()

    def test_delete_all(self, sandbox: Sandbox) -> None:
        write()
        assert sandbox.ask("POST", "/mailbox/delete").status == 302
        assert listed(sandbox) == []

    @pytest.mark.parametrize("file", ["..%2f..%2fetc%2fpasswd", "secret_key", "a.eml", "%2e%2e"])
    def test_no_other_file_is_shown(self, file: str, sandbox: Sandbox) -> None:
        (sandbox.home / "secret_key").write_text("x")
        for ending in ("", "/html", "/source"):
            assert sandbox.ask("GET", f"/mailbox/{file}{ending}").status in {404, 308}
