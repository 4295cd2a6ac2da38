"""Exports: everything of the workspace, nothing of another, no secret."""

import io
import json
import zipfile
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, update

from tests.auth.workspaces.conftest import Caller, actions
from tests.auth.workspaces.test_members import CURRENT, be_old
from tests.factories.jobs import create_hook
from tests.factories.notifications import run_due
from tests.factories.video import add_completed_video
from tests.jobs import toys  # noqa: F401 - the hooks that are made here start its offer
from ultra.auth.exports import archive, rows, tasks
from ultra.auth.exports.models import Export
from ultra.kit.db import transaction
from ultra.kit.documents import Document, documents
from ultra.kit.ids import new_id
from ultra.kit.roles import Role
from ultra.kit.storage import storage
from ultra.kit.tasks import Refused

Make = Callable[..., Caller]


class Note(Document):
    collection = "trial_notes"
    text: str


def export(caller: Caller) -> dict[str, Any]:
    answer = caller.browser.post(f"{CURRENT}/export")
    assert answer.status_code == 202, answer.text
    run_due("auth.export%")
    found: dict[str, Any] = caller.browser.get(f"{CURRENT}/exports").get_json()["items"][0]
    return found


def open_file(caller: Caller, export_id: str) -> dict[str, list[Any]]:
    answer = caller.browser.get(f"{CURRENT}/exports/{export_id}/download")
    assert answer.status_code == 200, answer.text
    assert answer.headers["Content-Disposition"].startswith("attachment")
    with zipfile.ZipFile(io.BytesIO(answer.data)) as found:
        assert found.testzip() is None
        return {
            name: [json.loads(line) for line in found.read(name).decode().splitlines()]
            if name.endswith(".jsonl")
            else [json.loads(found.read(name))]
            for name in found.namelist()
        }


def test_it_holds_everything_of_one_workspace(owner: Caller, member: Make, newcomer: Make) -> None:
    member(Role.EDITOR, name="Öteki")
    stranger = newcomer()
    hook = create_hook(owner.browser)
    for caller in (owner, stranger):
        add_completed_video(caller.person, {"a.mp4": b"video"}, title="Çiçekler")
        workspace_id = caller.person.workspace_id
        documents().insert(Note(id=new_id(), workspace_id=workspace_id, text="şşş"))
    made = export(owner)
    assert (made["state"], made["progress"]) == ("ready", 1)
    files = open_file(owner, made["id"])
    [about] = files["manifest.json"]
    assert set(files) == {f"{name}.jsonl" for name in about["rows"]} | {"manifest.json"}
    assert {f"{table.name}.jsonl" for table in rows.tables()} < set(files)
    assert [video["title"] for video in files["videos.jsonl"]] == ["Çiçekler"]
    assert {each["name"] for each in files["people.jsonl"]} == {"Sahip", "Öteki"}
    assert {file["path"].split("/")[0] for file in files["files.jsonl"]} == {"videos"}
    notes = files.get("documents.jsonl", [])
    assert "şşş" in str(notes)
    assert files["audit_log.jsonl"][0]["hash"]
    for name, lines in files.items():
        if name != "manifest.json":
            assert about["rows"][name.removesuffix(".jsonl")] == len(lines)
    everything = json.dumps(files)
    assert str(stranger.person.workspace_id) not in everything
    assert str(stranger.id) not in everything
    # Of a hook everything but its secret.
    assert files["hooks.jsonl"][0]["id"] == hook["id"]
    assert not [key for line in files["hooks.jsonl"] for key in line if "secret" in key]
    assert hook["secret"] not in everything
    assert actions(owner.person.workspace_id)[-2:] == ["export.requested", "export.downloaded"]


def test_one_at_a_time(owner: Caller) -> None:
    assert owner.browser.post(f"{CURRENT}/export").status_code == 202
    answer = owner.browser.post(f"{CURRENT}/export")
    assert (answer.status_code, answer.get_json()["code"]) == (409, "export_running")
    [waiting] = owner.browser.get(f"{CURRENT}/exports").get_json()["items"]
    answer = owner.browser.get(f"{CURRENT}/exports/{waiting['id']}/download")
    assert (answer.status_code, answer.get_json()["code"]) == (409, "export_not_ready")
    run_due("auth.export%")
    assert owner.browser.post(f"{CURRENT}/export").status_code == 202


def test_it_is_removed_after_a_week(owner: Caller) -> None:
    made = export(owner)
    prefix = f"workspaces/{owner.person.workspace_id}/exports"
    tasks.remove_expired_exports()
    assert storage().list(prefix)
    with transaction() as session:
        session.execute(update(Export).values(expires_at=func.now() - timedelta(seconds=1)))
    tasks.remove_expired_exports()
    assert storage().list(prefix) == []
    assert owner.browser.get(f"{CURRENT}/exports").get_json()["items"] == []
    answer = owner.browser.get(f"{CURRENT}/exports/{made['id']}/download")
    assert answer.status_code == 404


def test_one_that_fails_makes_room_for_the_next(
    owner: Caller, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise Refused("disk full", "disk_full")

    with monkeypatch.context() as broken:
        broken.setattr(archive, "write", fail)
        assert export(owner)["state"] == "running"
        run_due("auth.note_export_failed")
    [failed] = owner.browser.get(f"{CURRENT}/exports").get_json()["items"]
    assert failed["state"] == "failed"
    assert export(owner)["state"] == "ready"


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.OWNER])
def test_only_for_owners(owner: Caller, member: Make, role: Role) -> None:
    made = export(owner)
    caller = member(role)
    assert caller.browser.post(f"{CURRENT}/export").status_code == 403
    assert caller.browser.get(f"{CURRENT}/exports").status_code == 403
    assert caller.browser.get(f"{CURRENT}/exports/{made['id']}/download").status_code == 403


def test_another_workspaces_owner_finds_none(owner: Caller, newcomer: Make) -> None:
    made = export(owner)
    stranger = newcomer()
    assert stranger.browser.get(f"{CURRENT}/exports").get_json()["items"] == []
    answer = stranger.browser.get(f"{CURRENT}/exports/{made['id']}/download")
    assert answer.status_code == 404


def test_it_needs_a_recent_proof(owner: Caller) -> None:
    made = export(owner)
    be_old(owner)
    for answer in (
        owner.browser.post(f"{CURRENT}/export"),
        owner.browser.get(f"{CURRENT}/exports/{made['id']}/download"),
    ):
        assert answer.get_json()["code"] == "step_up_needed"
