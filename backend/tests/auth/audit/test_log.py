"""The audit log as people see it: list, filters, export, verification; and what gets into it."""

import csv
import hashlib
import io
import json
from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import text

from tests.factories.auth import SignedUp, as_browser, sign_up
from tests.factories.notifications import run_due
from ultra.auth.audit import chain as chains
from ultra.auth.audit import service as audit
from ultra.auth.audit import tasks
from ultra.auth.audit.models import INSTALLATION
from ultra.kit.db import engine, read_only, transaction
from ultra.kit.tasks import enqueue

URL = "/api/audit"


@pytest.fixture
def operators(stores: None, app: Flask) -> tuple[FlaskClient, SignedUp]:
    browser = as_browser(app)
    return browser, sign_up(browser)


@pytest.fixture
def person(operators: tuple[FlaskClient, SignedUp], client: FlaskClient) -> SignedUp:
    """Signed in at `client`."""
    return sign_up(client)


def write(person: SignedUp, action: str = "thing.done", **more: Any) -> None:
    with transaction() as session:
        audit.record(session, action, workspace_id=person.workspace_id, **more)


def items(client: FlaskClient, **query: Any) -> list[dict[str, Any]]:
    answer = client.get(URL, query_string=query)
    assert answer.status_code == 200, answer.text
    found: list[dict[str, Any]] = answer.get_json()["items"]
    return found


def things(client: FlaskClient, **query: Any) -> list[int]:
    return [each["facts"]["n"] for each in items(client, **query) if each["facts"].get("n")]


class TestList:
    def test_the_newest_first_page_by_page(self, client: FlaskClient, person: SignedUp) -> None:
        for number in range(1, 8):
            write(person, facts={"n": number})
        seen: list[int] = []
        query: dict[str, Any] = {"limit": 3, "action": "thing.done"}
        while True:
            page = client.get(URL, query_string=query).get_json()
            seen += [each["facts"]["n"] for each in page["items"]]
            if page["next_cursor"] is None:
                break
            query["cursor"] = page["next_cursor"]
        assert seen == [7, 6, 5, 4, 3, 2, 1]

    def test_filters(self, client: FlaskClient, person: SignedUp) -> None:
        write(person, "member.removed", facts={"n": 1}, object_type="user", object_id="u1")
        write(person, "member.left", facts={"n": 2}, user_id=person.user_id)
        write(person, "memberless.thing", facts={"n": 3}, outcome="refused")
        assert things(client, action="member.") == [2, 1]
        assert things(client, action="member.left") == [2]
        assert things(client, action="member") == []
        assert things(client, action="m_mber.") == []
        assert things(client, object_id="u1") == [1]
        assert things(client, outcome="refused") == [3]
        assert things(client, user_id=str(person.user_id)) == [2]
        [middle] = items(client, action="member.left")
        assert things(client, since=middle["at"]) == [3, 2]
        assert things(client, until=middle["at"]) == [1]
        assert client.get(URL, query_string={"since": "2026-01-01T00:00:00"}).status_code == 422

    def test_it_says_who_from_where(self, client: FlaskClient, person: SignedUp) -> None:
        client.patch(
            "/api/workspaces/current", json={"name": "Kanal"}, headers={"User-Agent": "Deneme/1.0"}
        )
        [entry] = items(client, action="workspace.renamed")
        assert entry["user_email"] == person.user["email"]
        assert (entry["ip"], entry["user_agent"]) == ("127.0.0.1", "Deneme/1.0")
        assert len(entry["request_id"]) == 32
        assert entry["facts"] == {"from": person.workspace["name"], "to": "Kanal"}

    def test_another_workspaces_log_is_not_shown(
        self, client: FlaskClient, person: SignedUp, operators: tuple[FlaskClient, SignedUp]
    ) -> None:
        browser, operator = operators
        write(operator, facts={"n": 1})
        assert things(client) == []
        assert things(browser) == [1]

    def test_the_installations_log_is_for_operators(
        self, client: FlaskClient, person: SignedUp, operators: tuple[FlaskClient, SignedUp]
    ) -> None:
        with transaction() as session:
            audit.record(session, "thing.done", facts={"n": 1})
        for path in (URL, f"{URL}/export"):
            answer = client.get(path, query_string={"scope": "installation"})
            assert answer.status_code == 403
        assert client.post(f"{URL}/verify?scope=installation").status_code == 403
        assert things(operators[0], scope="installation") == [1]


class TestExport:
    def test_csv_runs_no_formula(self, client: FlaskClient, person: SignedUp) -> None:
        evil = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "＝1", " =1", '=HYPERLINK("x","y")']
        for number, each in enumerate(evil, start=1):
            write(person, each, facts={"n": number}, object_id=each, object_type='plain, "x"\n')
        answer = client.get(f"{URL}/export?format=csv")
        assert answer.status_code == 200
        assert answer.content_type == "text/csv; charset=utf-8"
        assert "attachment" in answer.headers["Content-Disposition"]
        assert answer.data.startswith(b"\xef\xbb\xbf")
        rows = list(csv.DictReader(io.StringIO(answer.data.decode("utf-8-sig"), newline="")))
        by_action = {row["action"]: row for row in rows}
        for each in evil:
            row = by_action[f"'{each}"]
            assert row["object_id"] == f"'{each}"
            assert row["object_type"] == 'plain, "x"\n'
        for row in rows:
            for cell in row.values():
                assert not cell.lstrip(" ").startswith(("=", "+", "-", "@", "\t", "\r", "＝"))

    def test_json_lines_can_be_checked_elsewhere(
        self, client: FlaskClient, person: SignedUp
    ) -> None:
        for number in range(1, 4):
            write(person, "=1+1", facts={"n": number, "ad": "İpek"})
        answer = client.get(f"{URL}/export?format=jsonl")
        lines = [json.loads(line) for line in answer.get_data(as_text=True).splitlines()]
        lines.reverse()
        assert lines[-1]["action"] == "audit.exported"
        previous = b""
        for line in lines:
            # As `chain` says it is done, with nothing of the product's code.
            values = [line[name] for name in chains.FIELDS]
            plain = json.dumps(values, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
            assert line["previous_hash"] == previous.hex()
            previous = hashlib.sha256(previous + plain.encode()).digest()
            assert line["hash"] == previous.hex()

    def test_more_than_one_batch_with_filters(self, client: FlaskClient, person: SignedUp) -> None:
        with transaction() as session:
            for number in range(1201):
                audit.record(
                    session,
                    "thing.done" if number % 2 else "other.done",
                    workspace_id=person.workspace_id,
                )
        answer = client.get(f"{URL}/export?format=jsonl&action=thing.done")
        assert len(answer.get_data(as_text=True).splitlines()) == 600


class TestVerify:
    def test_says_so_when_somebody_changed_the_past(
        self, client: FlaskClient, person: SignedUp
    ) -> None:
        write(person)
        verdict = client.post(f"{URL}/verify").get_json()
        assert (verdict["is_whole"], verdict["broken_at"]) == (True, None)
        assert verdict["entries"] == len(items(client))
        with engine.begin() as connection:
            connection.execute(text("set local session_replication_role = 'replica'"))
            connection.execute(
                text("update audit_log set user_id = null where position = 2 and chain = :chain"),
                {"chain": person.workspace_id},
            )
        verdict = client.post(f"{URL}/verify").get_json()
        assert (verdict["is_whole"], verdict["broken_at"]) == (False, 2)

    def test_the_nightly_job_finds_it_among_all(self, person: SignedUp) -> None:
        def run() -> str:
            with transaction() as session:
                job_id = enqueue(session, tasks.verify_audit_log.name)
            run_due("auth.verify_audit_log")
            with read_only() as session:
                query = text("select state from jobs where id = :id")
                return str(session.scalar(query, {"id": job_id}))

        write(person)
        assert run() == "done"
        with engine.begin() as connection:
            connection.execute(text("set local session_replication_role = 'replica'"))
            connection.execute(text("update audit_log set ip = '192.0.2.1' where position = 1"))
        # Trying again would find the same: it rests among the dead letters at once.
        assert run() == "failed"


class TestWhatGetsIn:
    """The events of sign-in, each with the person whom it concerns."""

    def actions(self, workspace_id: UUID) -> list[str]:
        with read_only() as session:
            query = text("select action from audit_log where chain = :chain order by position")
            return list(session.scalars(query, {"chain": workspace_id}))

    def test_coming_and_going(self, client: FlaskClient, person: SignedUp) -> None:
        client.post("/api/auth/logout")
        assert self.actions(person.workspace_id) == [
            "account.opened",
            "session.opened",
            "session.ended",
        ]

    def test_a_wrong_password_without_what_was_typed(
        self, client: FlaskClient, person: SignedUp
    ) -> None:
        for email in (person.user["email"], "kimse@example.test"):
            body = {"email": email, "password": "yanlış-olan-şifre"}
            assert client.post("/api/auth/login", json=body).status_code == 401
        assert self.actions(INSTALLATION)[-2:] == ["session.refused"] * 2
        with read_only() as session:
            rows = session.execute(
                text(
                    "select user_id, facts::text from audit_log"
                    " where action = 'session.refused' order by position"
                )
            ).all()
        assert [row.user_id for row in rows] == [person.user_id, None]
        assert "kimse" not in str(rows)
        assert "yanlış" not in str(rows)

    def test_a_new_password(self, client: FlaskClient, person: SignedUp) -> None:
        body = {"current_password": person.password, "new_password": "bambaşka bir parola 9"}
        assert client.post("/api/auth/password", json=body).status_code == 204
        assert "password.changed" in self.actions(person.workspace_id)

    def test_no_secret_gets_in(self, client: FlaskClient, person: SignedUp) -> None:
        new = "bambaşka bir parola 9"
        client.post(
            "/api/auth/password",
            json={"current_password": person.password, "new_password": new},
        )
        with read_only() as session:
            everything = str(session.execute(text("select * from audit_log")).all())
        assert person.password not in everything
        assert new not in everything
        assert person.token not in everything
