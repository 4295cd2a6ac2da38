"""Deleting a workspace: a week in which it can come back, then nothing is left of it."""

import threading
from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import func, select, text, update

from tests.auth.workspaces.conftest import Caller, actions
from tests.auth.workspaces.test_members import CURRENT, be_old
from tests.factories.jobs import add_job
from tests.factories.video import add_completed_video
from ultra.auth.audit.models import INSTALLATION
from ultra.auth.members import tasks
from ultra.auth.workspaces import repository
from ultra.auth.workspaces.models import Workspace
from ultra.kit.clock import now
from ultra.kit.db import Base, engine, read_only, transaction
from ultra.kit.documents import Document, documents
from ultra.kit.ids import new_id
from ultra.kit.roles import Role
from ultra.kit.storage import storage
from ultra.kit.tasks.schedules import CatchUp, Origin, Schedule, ScheduleKind, start_due
from ultra.video.videos.models import Video

Make = Callable[..., Caller]


class Note(Document):
    collection = "trial_notes"
    text: str


def delete(caller: Caller) -> int:
    name = caller.me()["workspace"]["name"]
    return caller.browser.delete(CURRENT, json={"name": name}).status_code


def let_the_week_pass(workspace_id: UUID) -> None:
    with transaction() as session:
        session.execute(
            update(Workspace)
            .where(Workspace.id == workspace_id)
            .values(deleted_at=func.now() - timedelta(days=7, seconds=1))
        )


def add_schedule(workspace_id: UUID, name: str, *, is_paused: bool = False) -> UUID:
    schedule_id = new_id()
    with transaction() as session:
        session.add(
            Schedule(
                id=schedule_id,
                name=name,
                task="tests.act",
                args=[],
                workspace_id=workspace_id,
                kind=ScheduleKind.INTERVAL,
                every_seconds=60,
                catch_up=CatchUp.ONCE,
                origin=Origin.PERSON,
                is_paused=is_paused,
                next_at=func.now(),
            )
        )
    return schedule_id


class TestTheWeek:
    def test_everybody_goes_on_elsewhere(self, owner: Caller, member: Make) -> None:
        editor = member(Role.EDITOR)
        assert delete(owner) == 200
        assert editor.me()["workspace"]["id"] == editor.person.workspace["id"]
        me = owner.me()
        assert me["workspace"]["id"] != owner.person.workspace["id"]
        assert (me["workspace"]["name"], me["role"]) == ("Sahip", "owner")
        assert owner.browser.post("/api/auth/refresh").status_code == 200
        assert editor.browser.post("/api/auth/refresh").status_code == 200

    def test_nobody_gets_in(self, owner: Caller, member: Make) -> None:
        editor = member(Role.EDITOR)
        delete(owner)
        for each in (owner, editor):
            answer = each.browser.post(f"/api/workspaces/{owner.person.workspace_id}/switch")
            assert answer.status_code == 404
        body = {"email": owner.person.user["email"], "password": owner.person.password}
        fresh = owner.browser.application.test_client()
        signed_in = fresh.post("/api/auth/login", json=body).get_json()
        assert signed_in["workspace"]["id"] != owner.person.workspace["id"]

    def test_an_owner_brings_it_back(self, owner: Caller, member: Make) -> None:
        editor = member(Role.EDITOR)
        delete(owner)
        listed = owner.browser.get("/api/workspaces").get_json()["items"]
        [gone] = [each for each in listed if each["removed_at"]]
        assert gone["id"] == owner.person.workspace["id"]
        # Others cannot, and are not shown it.
        assert not [
            e for e in editor.browser.get("/api/workspaces").get_json()["items"] if e["removed_at"]
        ]
        path = f"/api/workspaces/{gone['id']}/restore"
        assert editor.browser.post(path).status_code == 404
        answer = owner.browser.post(path)
        assert (answer.status_code, answer.get_json()["workspace"]["id"]) == (200, gone["id"])
        assert editor.browser.post(f"/api/workspaces/{gone['id']}/switch").status_code == 200
        assert actions(owner.person.workspace_id)[-3:] == [
            "workspace.restored",
            "workspace.entered",
            "workspace.entered",
        ]

    def test_after_the_week_it_cannot_come_back(self, owner: Caller) -> None:
        delete(owner)
        let_the_week_pass(owner.person.workspace_id)
        answer = owner.browser.post(f"/api/workspaces/{owner.person.workspace_id}/restore")
        assert answer.status_code == 404

    def test_its_schedules_stand_still_and_come_back_with_it(self, owner: Caller) -> None:
        workspace_id = owner.person.workspace_id
        due = add_schedule(workspace_id, "her dakika")
        paused = add_schedule(workspace_id, "durdurulmuş", is_paused=True)
        delete(owner)
        with transaction() as session:
            assert start_due(session) == 0
        owner.browser.post(f"/api/workspaces/{workspace_id}/restore")
        with transaction() as session:
            # What was due in the meantime is not made up for.
            assert start_due(session) == 0
            wait = session.get_one(Schedule, due).next_at - now()
            assert timedelta(seconds=30) < wait <= timedelta(seconds=60)
            assert session.get_one(Schedule, paused).is_paused
            session.get_one(Schedule, due).next_at = now() - timedelta(seconds=1)
        with transaction() as session:
            assert start_due(session) == 1

    def test_others_schedules_go_on(self, owner: Caller, newcomer: Make) -> None:
        add_schedule(newcomer().person.workspace_id, "her dakika")
        delete(owner)
        with transaction() as session:
            assert start_due(session) == 1

    def test_two_that_are_deleted_at_once_leave_nobody_without_any(
        self, owner: Caller, member: Make
    ) -> None:
        """The editor deletes their own while the owner deletes the one that they share."""
        for _ in range(3):
            editor = member(Role.EDITOR)
            editor.browser.post(f"/api/workspaces/{editor.person.workspace_id}/switch")
            made = owner.browser.post("/api/workspaces", json={"name": "Ortak"}).get_json()
            with transaction() as session:
                repository.insert_membership(session, UUID(made["id"]), editor.id, Role.EDITOR)
                repository.remove_membership(session, owner.person.workspace_id, editor.id)
            owner.browser.post(f"/api/workspaces/{made['id']}/switch")
            threads = [threading.Thread(target=delete, args=(each,)) for each in (owner, editor)]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join(30)
            me = editor.me()
            assert me["role"] == "owner"
            assert me["workspace"]["id"] not in (made["id"], editor.person.workspace["id"])
            owner.browser.post(f"/api/workspaces/{owner.person.workspace_id}/switch")


class TestRefused:
    def test_without_its_name(self, owner: Caller) -> None:
        answer = owner.browser.delete(CURRENT, json={"name": "başka"})
        assert (answer.status_code, answer.get_json()["code"]) == (422, "name_not_repeated")

    def test_without_a_recent_proof(self, owner: Caller) -> None:
        be_old(owner)
        assert delete(owner) == 403

    @pytest.mark.parametrize("role", [role for role in Role if role is not Role.OWNER])
    def test_for_everybody_but_owners(self, member: Make, role: Role) -> None:
        assert delete(member(role)) == 403


class TestRemoval:
    def test_nothing_is_left(self, owner: Caller, member: Make, newcomer: Make) -> None:
        editor, other = member(Role.EDITOR), newcomer()
        for person in (owner.person, other.person):
            add_completed_video(person, {"a.mp4": b"video"})
            add_job(person.workspace_id)
            documents().insert(Note(id=new_id(), workspace_id=person.workspace_id, text="x"))
        gone = owner.person.workspace_id
        owner.browser.post(f"{CURRENT}/invitations", json={"email": "davetli@example.test"})
        delete(owner)
        tasks.remove_deleted_workspaces()
        assert storage().list(f"workspaces/{gone}")
        let_the_week_pass(gone)
        tasks.remove_deleted_workspaces()
        tasks.remove_deleted_workspaces()
        with read_only() as session:
            for table in Base.metadata.sorted_tables:
                if "workspace_id" in table.c and table.name != "audit_log":
                    where = table.c.workspace_id == gone
                    left = session.scalar(select(func.count()).select_from(table).where(where))
                    assert left == 0, table.name
            assert session.get(Workspace, gone) is None
        assert storage().list(f"workspaces/{gone}") == []
        assert list(documents().read_all(gone)) == []
        # Others have lost nothing, and everybody is still signed in.
        assert storage().list(f"workspaces/{other.person.workspace_id}")
        assert len(list(documents().read_all(other.person.workspace_id))) == 1
        with read_only() as session:
            assert session.scalars(select(Video.workspace_id)).all() == [other.person.workspace_id]
        for each in (owner, editor, other):
            assert each.browser.get("/api/auth/me").status_code == 200
        # What happened there can still be told.
        assert actions(gone)[-1] == "workspace.deleted"
        assert actions(INSTALLATION)[-1] == "workspace.removed"

    def test_every_row_of_a_workspace_hangs_on_it(self, database: None) -> None:
        """Or has no foreign key at all, and is removed by name."""
        with engine.connect() as connection:
            loose = connection.scalars(
                text(
                    "select conrelid::regclass::text from pg_constraint "
                    "where confrelid = 'workspaces'::regclass and contype = 'f' "
                    "and confdeltype <> 'c'"
                )
            ).all()
        assert loose == []
