"""Exports: everything of the workspace, nothing of another, no secret."""

import io
import json
import zipfile
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import func, select, update

from tests.auth.workspaces.conftest import Caller, actions
from tests.auth.workspaces.test_members import CURRENT, be_old
from tests.factories.jobs import create_hook
from tests.factories.notifications import ready, run_due
from tests.factories.video import add_completed_video
from tests.jobs import toys  # noqa: F401 - the hooks that are made here start its offer
from tests.kit.tasks.toys import die_of_its_deadline, jobs_named
from ultra.auth.exports import archive, rows, tasks
from ultra.auth.exports.models import Export
from ultra.jobs.hooks.kinds import CallStatus
from ultra.jobs.hooks.models import HookCall
from ultra.kit.db import read_only, transaction
from ultra.kit.documents import Document, documents
from ultra.kit.ids import new_id
from ultra.kit.roles import Role
from ultra.kit.storage import storage
from ultra.kit.tasks import Refused
from ultra.notifications.deliveries.models import DeliveryAttempt
from ultra.settings import settings
from ultra.video.processing.models import StepResult
from ultra.video.videos.states import Step

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
    # Originals are not packed: each says where it can be had.
    [original] = [file for file in files["files.jsonl"] if "link" in file]
    assert original["link"].startswith(f"{settings.website_url}/api/video/")
    answer = owner.browser.get(original["link"].removeprefix(settings.website_url))
    assert (answer.data, original["size"]) == (b"original", len(b"original"))
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


def test_it_holds_the_workspace_itself_and_what_hangs_on_its_rows(
    owner: Caller, newcomer: Make
) -> None:
    """Those tables name no workspace: their rows belong to a video, a hook, a notification."""
    stranger = newcomer()
    expected: dict[str, list[str]] = {}
    for caller in (stranger, owner):
        video = ready(caller.person, "Çiçekler")
        run_due("notifications.%")
        hook_id = UUID(create_hook(caller.browser)["id"])
        call = HookCall(hook_id=hook_id, status=CallStatus.REFUSED, body_digest=b"digest")
        with transaction() as session:
            session.add(StepResult(video_id=video.id, step=Step.INSPECT, result={"width": 1920}))
            session.add(call)
            session.flush()
            expected = {"hook_calls": [str(call.id)], "video_step_results": [str(video.id)]}
    files = open_file(owner, export(owner)["id"])
    [workspace] = files["workspaces.jsonl"]
    assert (workspace["id"], workspace["name"]) == (
        str(owner.person.workspace_id),
        owner.person.workspace["name"],
    )
    assert [each["id"] for each in files["hook_calls.jsonl"]] == expected["hook_calls"]
    assert "body_digest" not in files["hook_calls.jsonl"][0]
    [step] = files["video_step_results.jsonl"]
    assert ([step["video_id"]], step["result"]) == (
        expected["video_step_results"],
        {"width": 1920},
    )
    notifications = {each["id"] for each in files["notifications.jsonl"]}
    sent = files["notification_deliveries.jsonl"]
    assert sent
    assert {each["notification_id"] for each in sent} <= notifications
    tried = files["notification_attempts.jsonl"]
    assert tried
    assert {each["delivery_id"] for each in tried} <= {each["id"] for each in sent}
    with read_only() as session:
        # The stranger's are there, and were left out.
        assert session.scalar(select(func.count()).select_from(DeliveryAttempt)) == 2 * len(tried)
    everything = json.dumps(files)
    assert str(stranger.person.workspace_id) not in everything
    assert str(stranger.id) not in everything


def test_it_holds_no_table_of_persons_alone(stores: None) -> None:
    names = {table.name for table in rows.tables()}
    assert {"workspaces", "videos", "hook_calls", "notification_attempts"} < names
    assert not names & {
        "users",
        "passkeys",
        "totp_secrets",
        "recovery_codes",
        "refresh_tokens",
        "notification_digests",
        "push_devices",
        "signing_keys",
    }


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


def test_one_whose_job_was_put_back_has_not_failed(owner: Caller) -> None:
    assert owner.browser.post(f"{CURRENT}/export").status_code == 202
    [job] = jobs_named("auth.export_workspace")
    die_of_its_deadline(job.id)
    assert owner.browser.post(f"/api/jobs/{job.id}/retry", json={}).status_code == 200
    run_due("auth.note_export_failed")
    run_due("auth.export%")
    [made] = owner.browser.get(f"{CURRENT}/exports").get_json()["items"]
    assert made["state"] == "ready"


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
