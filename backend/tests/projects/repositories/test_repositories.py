"""Choosing repositories, and the job that keeps their figures fresh, against the sandbox."""

from datetime import timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select, text, update

from tests.factories.auth import SignedUp
from tests.factories.github import (
    GITHUB,
    REFRESH,
    calls,
    change_connection,
    connect,
    grant,
    refresh,
    tell_sandbox,
)
from tests.factories.projects import add_project, path_of
from tests.kit.tasks.toys import jobs_named
from tests.sandbox.conftest import Sandbox
from ultra.kit import live
from ultra.kit.db import read_only, transaction
from ultra.kit.ids import new_id
from ultra.kit.redis import redis
from ultra.kit.tasks import Job, JobState
from ultra.platforms.github import api
from ultra.platforms.github.outcomes import TryLater
from ultra.projects.connections.models import GitHubConnection
from ultra.projects.repositories import looking, refreshing
from ultra.projects.repositories.models import Repository
from ultra.projects.repositories.presentation import present

KAMERA = "deniz-yapim/kamera-ipi"
RENK = "deniz-yapim/renk-kutusu"


@pytest.fixture
def project(client: FlaskClient, person: SignedUp, sandbox: Sandbox) -> dict[str, Any]:
    connect(client, sandbox)
    return add_project(client)


def choose(client: FlaskClient, project: dict[str, Any], *names: str) -> list[dict[str, Any]]:
    answer = client.put(path_of(project, "/repositories"), json={"full_names": names})
    assert answer.status_code == 200, answer.text
    items: list[dict[str, Any]] = answer.get_json()["items"]
    return items


def shown(client: FlaskClient, project: dict[str, Any]) -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = client.get(path_of(project, "/repositories")).get_json()["items"]
    return items


def only(client: FlaskClient, project: dict[str, Any]) -> dict[str, Any]:
    [found] = shown(client, project)
    return found


def let_grow_old() -> None:
    """Let so much time pass that every repository is due again, and nothing is new."""
    with transaction() as session:
        a_while = timedelta(hours=1)
        session.execute(
            update(Repository).values(
                created_at=Repository.created_at - a_while,
                checked_at=Repository.checked_at - a_while,
                tried_at=Repository.tried_at - a_while,
            )
        )


def refresh_when_due() -> Job:
    """Start the look that is planned, and do it."""
    change_connection(next_look_at=func.now())
    assert refreshing.start_due() == 1
    return refresh()


def look_again() -> None:
    """Let the time pass until the next look, and look."""
    let_grow_old()
    refresh_when_due()


def next_look_in() -> timedelta:
    with read_only() as session:
        pause: timedelta = session.scalars(select(GitHubConnection.next_look_at - func.now())).one()
    return pause


def count() -> int:
    with read_only() as session:
        return session.scalars(select(func.count()).select_from(Repository)).one()


class TestOffered:
    def test_are_asked_of_github_now(
        self, client: FlaskClient, project: dict[str, Any], sandbox: Sandbox
    ) -> None:
        found = client.get(f"{GITHUB}/repositories").get_json()
        names = [item["full_name"] for item in found["items"]]
        assert names == [KAMERA, RENK, "deniz-yapim/taslaklar"]
        assert found["is_complete"] is True
        assert found["items"][2]["is_private"] is True

    def test_are_searched_by_name(
        self, client: FlaskClient, project: dict[str, Any], sandbox: Sandbox
    ) -> None:
        found = client.get(f"{GITHUB}/repositories?q=RENK").get_json()
        assert [item["full_name"] for item in found["items"]] == [RENK]

    def test_say_that_there_are_more(
        self, client: FlaskClient, project: dict[str, Any], sandbox: Sandbox
    ) -> None:
        for number in range(60):
            tell_sandbox(sandbox, "repository", id=number, name=f"a/r{number}")
        found = client.get(f"{GITHUB}/repositories").get_json()
        assert (len(found["items"]), found["is_complete"]) == (50, False)

    def test_without_a_connection(self, client: FlaskClient, person: SignedUp) -> None:
        answer = client.get(f"{GITHUB}/repositories")
        assert (answer.status_code, answer.get_json()["code"]) == (404, "git_hub_not_connected")

    @pytest.mark.parametrize(
        ("behaviour", "status", "code"),
        [
            ({"status": 429, "retry_after": 30}, 429, "git_hub_busy"),
            ({"status": 500}, 503, "git_hub_away"),
            ({"status": 401}, 409, "git_hub_reconnect_required"),
        ],
    )
    def test_trouble_is_told(
        self,
        *,
        client: FlaskClient,
        project: dict[str, Any],
        sandbox: Sandbox,
        behaviour: dict[str, int],
        status: int,
        code: str,
    ) -> None:
        tell_sandbox(sandbox, "behaviour/api", **behaviour)
        answer = client.get(f"{GITHUB}/repositories")
        assert (answer.status_code, answer.get_json()["code"]) == (status, code)
        if status == 429:
            assert answer.headers["Retry-After"] == "31"

    def test_while_github_asked_to_be_left_alone(
        self, client: FlaskClient, project: dict[str, Any], sandbox: Sandbox
    ) -> None:
        before = calls(sandbox)
        change_connection(limited_until=func.now() + timedelta(minutes=5))
        assert client.get(f"{GITHUB}/repositories").status_code == 429
        assert calls(sandbox) == before


class TestChoosing:
    def test_makes_them_the_projects_own(
        self, client: FlaskClient, project: dict[str, Any]
    ) -> None:
        items = choose(client, project, KAMERA, RENK)
        assert [item["full_name"] for item in items] == [KAMERA, RENK]
        assert items[0]["stars"] is None
        assert items[0]["checked_at"] is None
        [job] = jobs_named(REFRESH)
        assert job.state is JobState.WAITING

    def test_a_second_time_replaces_the_first(
        self, client: FlaskClient, project: dict[str, Any]
    ) -> None:
        choose(client, project, KAMERA, RENK)
        before = {item["full_name"]: item["id"] for item in shown(client, project)}
        items = choose(client, project, RENK.upper())
        assert [item["id"] for item in items] == [before[RENK]]
        assert count() == 1
        assert choose(client, project) == []
        assert count() == 0

    def test_projects_share_a_repository(
        self, client: FlaskClient, project: dict[str, Any]
    ) -> None:
        [first] = choose(client, project, KAMERA)
        [second] = choose(client, add_project(client), KAMERA)
        assert first["id"] == second["id"]
        choose(client, project)
        assert count() == 1

    @pytest.mark.parametrize(
        "wrong",
        ["kamera", "a/b/c", "a/../b", "../b", "a/b?x", "a b/c", "", "ş/b", "a/" + "b" * 101],
    )
    def test_what_is_no_name_is_refused(
        self, client: FlaskClient, project: dict[str, Any], wrong: str
    ) -> None:
        answer = client.put(path_of(project, "/repositories"), json={"full_names": [wrong]})
        assert answer.status_code == 422
        assert count() == 0

    def test_without_a_connection(self, client: FlaskClient, person: SignedUp) -> None:
        made = add_project(client)
        answer = client.put(path_of(made, "/repositories"), json={"full_names": [KAMERA]})
        assert (answer.status_code, answer.get_json()["code"]) == (404, "git_hub_not_connected")

    def test_a_deleted_project_leaves_none_behind(
        self, client: FlaskClient, project: dict[str, Any], sandbox: Sandbox
    ) -> None:
        choose(client, project, KAMERA)
        choose(client, add_project(client), RENK)
        client.delete(path_of(project))
        refresh()
        assert count() == 1
        assert f"/repos/{KAMERA}" not in calls(sandbox)

    def test_during_a_look_is_looked_at_soon(
        self, client: FlaskClient, project: dict[str, Any]
    ) -> None:
        choose(client, project, KAMERA)
        assert next_look_in() > timedelta(minutes=29)
        choose(client, project, KAMERA, RENK)
        assert len(jobs_named(REFRESH)) == 1
        assert next_look_in() <= timedelta(0)


class TestLooking:
    def test_brings_the_figures(self, client: FlaskClient, project: dict[str, Any]) -> None:
        choose(client, project, KAMERA)
        job = refresh()
        assert (job.state, job.result) == (JobState.DONE, {"looked_at": 1})
        found = only(client, project)
        assert (found["stars"], found["open_issues"], found["open_pulls"]) == (482, 7, 2)
        assert (found["is_private"], found["problem"]) == (False, None)
        assert found["last_release"]["tag"] == "v2.1.0"
        tags = [release["tag"] for release in found["releases"]]
        assert tags == ["v2.2.0-beta.1", "v2.1.0", "v2.0.0"]
        assert found["checked_at"]

    def test_activity_follows_when_github_has_counted(
        self, client: FlaskClient, project: dict[str, Any]
    ) -> None:
        choose(client, project, KAMERA)
        refresh()
        assert only(client, project)["activity"] is None
        assert timedelta(0) < next_look_in() <= refreshing.LOOK_AGAIN
        change_connection(next_look_at=func.now())
        assert refreshing.start_due() == 1
        refresh()
        weeks = only(client, project)["activity"]
        assert [week["commits"] for week in weeks] == [4, 9, 3, 0, 6, 12, 8, 5, 14, 7, 10, 3]
        assert next_look_in() > timedelta(minutes=29)

    def test_is_not_hurried_for_ever(
        self, client: FlaskClient, project: dict[str, Any], sandbox: Sandbox
    ) -> None:
        choose(client, project, KAMERA)
        refresh()
        with transaction() as session:
            session.execute(update(Repository).values(created_at=func.now() - refreshing.YOUNG))
        change_connection(next_look_at=func.now())
        refreshing.start_due()
        assert refresh().result == {"looked_at": 0}
        assert next_look_in() > timedelta(minutes=29)

    def test_costs_little_when_nothing_has_changed(
        self, client: FlaskClient, project: dict[str, Any], sandbox: Sandbox
    ) -> None:
        choose(client, project, KAMERA)
        for _ in range(3):
            look_again() if jobs_named(REFRESH)[-1].state is JobState.DONE else refresh()
        before, asked = only(client, project), calls(sandbox)
        look_again()
        path = f"/repos/{KAMERA}"
        for part in ("", "/releases", "/stats/commit_activity"):
            new, old = calls(sandbox)[path + part], asked[path + part]
            assert new["calls"] - old["calls"] == new["unchanged"] - old["unchanged"] == 1, part
        after = only(client, project)
        assert {**after, "checked_at": before["checked_at"]} == before

    def test_a_change_is_seen_and_told(
        self, client: FlaskClient, person: SignedUp, project: dict[str, Any], sandbox: Sandbox
    ) -> None:
        choose(client, project, KAMERA)
        refresh()
        before = only(client, project)
        new = {"id": 7299, "tag": "v3.0.0", "notes": "- Yeni motor"}
        tell_sandbox(sandbox, "repository", id=7101, name=KAMERA, stars=500, releases=[new])
        redis.delete(live.stream_of(person.user_id))
        look_again()
        after = only(client, project)
        assert (after["id"], after["stars"]) == (before["id"], 500)
        assert [release["tag"] for release in after["releases"]] == ["v3.0.0"]
        told = [
            entry["data"]
            for _, entry in redis.xrange(live.stream_of(person.user_id))
            if entry["event"] == "project.repositories"
        ]
        assert told == [f'{{"project_ids":["{project["id"]}"]}}']

    def test_a_release_keeps_its_id(
        self, client: FlaskClient, project: dict[str, Any], sandbox: Sandbox
    ) -> None:
        release = {"id": 1, "tag": "v1", "notes": "önce"}
        tell_sandbox(sandbox, "repository", id=5, name="a/b", releases=[release])
        choose(client, project, "a/b")
        refresh()
        before = only(client, project)["last_release"]
        tell_sandbox(
            sandbox, "repository", id=5, name="a/b", releases=[{**release, "notes": "sonra"}]
        )
        look_again()
        after = only(client, project)["last_release"]
        assert after == {**before, "notes": "sonra"}

    def test_drafts_of_github_are_nobodys_news(
        self, client: FlaskClient, project: dict[str, Any], sandbox: Sandbox
    ) -> None:
        draft = {"id": 1, "tag": "v9", "is_draft": True}
        tell_sandbox(sandbox, "repository", id=5, name="a/b", releases=[draft])
        choose(client, project, "a/b")
        refresh()
        assert only(client, project)["releases"] == []
        assert only(client, project)["last_release"] is None

    def test_the_last_release_may_lie_behind_many_pre_releases(
        self, client: FlaskClient, project: dict[str, Any], sandbox: Sandbox
    ) -> None:
        beta = [
            {
                "id": number,
                "tag": f"v3-beta.{number}",
                "is_prerelease": True,
                "days_ago": 30 - number,
            }
            for number in range(10, 0, -1)
        ]
        full = {"id": 99, "tag": "v2", "notes": "- Eski ama tam", "days_ago": 60}
        older = {"id": 98, "tag": "v1", "days_ago": 90}
        tell_sandbox(sandbox, "repository", id=5, name="a/b", releases=[*beta, full, older])
        choose(client, project, "a/b")
        refresh()
        found = only(client, project)
        assert found["last_release"]["tag"] == "v2"
        assert [each["tag"] for each in found["releases"]][-2:] == ["v3-beta.1", "v2"]
        look_again()
        assert only(client, project)["last_release"] == found["last_release"]
        assert calls(sandbox)["/repos/a/b/releases/latest"]["calls"] == 1

    def test_the_latest_is_asked_for_again_when_that_fails(
        self, sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        beta = [{"id": each, "tag": f"b{each}", "is_prerelease": True} for each in range(1, 11)]
        tell_sandbox(sandbox, "repository", id=5, name="a/b", releases=beta)
        token = grant(sandbox).access_token
        with monkeypatch.context() as broken:
            broken.setattr(api, "get_latest_release", lambda *_: TryLater("status 500"))
            seen = looking.look(token, "a/b", {})
        assert (seen.releases, seen.stop) == (None, TryLater("status 500"))
        assert "releases" not in seen.etags
        # Nothing but pre-releases is no trouble.
        seen = looking.look(token, "a/b", seen.etags)
        assert seen.releases is not None
        assert (len(seen.releases), seen.stop, seen.problem) == (10, None, None)

    def test_owners_of_managed_accounts_have_an_underscore(
        self, client: FlaskClient, project: dict[str, Any], sandbox: Sandbox
    ) -> None:
        tell_sandbox(sandbox, "repository", id=5, name="ada_sirket/b", stars=3)
        choose(client, project, "ada_sirket/b")
        refresh()
        assert only(client, project)["stars"] == 3

    def test_one_that_is_not_there_says_so(
        self, client: FlaskClient, project: dict[str, Any]
    ) -> None:
        choose(client, project, "deniz-yapim/yok", KAMERA)
        assert refresh().result == {"looked_at": 2}
        by_name = {item["full_name"]: item for item in shown(client, project)}
        assert by_name["deniz-yapim/yok"]["problem"] == "not_found"
        assert by_name["deniz-yapim/yok"]["stars"] is None
        assert by_name[KAMERA]["problem"] is None

    def test_one_that_comes_back_is_well_again(
        self, client: FlaskClient, project: dict[str, Any], sandbox: Sandbox
    ) -> None:
        choose(client, project, "a/b")
        refresh()
        tell_sandbox(sandbox, "repository", id=5, name="a/b", stars=3)
        look_again()
        found = only(client, project)
        assert (found["problem"], found["stars"]) == (None, 3)

    def test_a_new_name_is_taken_over(
        self, client: FlaskClient, project: dict[str, Any], sandbox: Sandbox
    ) -> None:
        tell_sandbox(sandbox, "repository", id=7101, name="deniz-yapim/eski", moved_to=KAMERA)
        choose(client, project, "deniz-yapim/eski")
        refresh()
        assert only(client, project)["full_name"] == KAMERA

    def test_a_new_name_that_another_row_has_is_left(
        self, client: FlaskClient, project: dict[str, Any], sandbox: Sandbox
    ) -> None:
        tell_sandbox(sandbox, "repository", id=7101, name="deniz-yapim/eski", moved_to=KAMERA)
        choose(client, project, "deniz-yapim/eski", KAMERA)
        assert refresh().state is JobState.DONE
        names = [item["full_name"] for item in shown(client, project)]
        assert names == ["deniz-yapim/eski", KAMERA]

    def test_issues_are_not_told_where_pull_requests_are_hidden(self) -> None:
        """What GitHub keeps from the grant is empty, never zero or too much."""
        row = Repository(id=new_id(), full_name="a/b", open_total=9, open_pulls=None)
        assert present(row, []).open_issues is None
        row.open_pulls = 2
        assert present(row, []).open_issues == 7


class TestLimits:
    def test_asked_to_wait_the_job_waits_and_loses_nothing(
        self, client: FlaskClient, project: dict[str, Any], sandbox: Sandbox
    ) -> None:
        choose(client, project, KAMERA)
        tell_sandbox(sandbox, "behaviour/api", status=429, retry_after=120, count=1)
        job = refresh()
        assert (job.state, job.attempts) == (JobState.WAITING, 0)
        assert client.get(GITHUB).get_json()["connection"]["limited_until"]
        assert only(client, project)["checked_at"] is None
        assert refresh().state is JobState.DONE
        assert only(client, project)["stars"] == 482
        assert client.get(GITHUB).get_json()["connection"]["limited_until"] is None

    def test_a_little_is_left_for_people(
        self, client: FlaskClient, project: dict[str, Any], sandbox: Sandbox
    ) -> None:
        choose(client, project, KAMERA, RENK)
        tell_sandbox(sandbox, "limit", remaining=looking.RESERVE, seconds=600)
        assert refresh().result == {"looked_at": 1}
        assert client.get(f"{GITHUB}/repositories").status_code == 200

    def test_one_that_is_answered_badly_does_not_hold_up_the_others(
        self, client: FlaskClient, project: dict[str, Any], sandbox: Sandbox
    ) -> None:
        names = [f"a/r{number}" for number in range(5)]
        for number, name in enumerate(names):
            tell_sandbox(sandbox, "repository", id=number, name=name, weeks=[1])
        choose(client, project, *names)
        with read_only() as session:
            first = session.scalars(select(Repository.full_name).order_by(Repository.id)).first()
        tell_sandbox(sandbox, "repository", id=9, name=first, weeks=[1], weeks_status=500)
        assert refresh().result == {"looked_at": 5}
        by_name = {each["full_name"]: each for each in shown(client, project)}
        assert [name for name in names if not by_name[name]["checked_at"]] == [first]
        # What was answered of it is shown all the same.
        assert by_name[first]["open_issues"] == 0
        assert next_look_in() <= refreshing.AWAY_PAUSE
        # Trouble that stays is no reason to hurry.
        let_grow_old()
        assert refresh_when_due().result == {"looked_at": 5}
        assert next_look_in() > timedelta(minutes=29)

    def test_two_in_a_row_are_enough_and_the_others_come_first_then(
        self, client: FlaskClient, project: dict[str, Any], sandbox: Sandbox
    ) -> None:
        names = [f"a/r{number}" for number in range(6)]
        for number, name in enumerate(names):
            tell_sandbox(sandbox, "repository", id=number, name=name)
        choose(client, project, *names)
        tell_sandbox(sandbox, "behaviour/api", status=500)
        assert refresh().result == {"looked_at": 2}
        assert sum(each["calls"] for path, each in calls(sandbox).items() if "/a/r" in path) == 2
        tell_sandbox(sandbox, "behaviour/api", status=500, count=1)
        assert refresh_when_due().result == {"looked_at": 6}
        # The seventh call was the bad one's: only that one has no figures yet.
        asked = {name: calls(sandbox)[f"/repos/{name}"]["calls"] for name in names}
        assert sorted(asked.values()) == [1, 1, 1, 1, 2, 2]
        missing = [
            each["full_name"] for each in shown(client, project) if each["checked_at"] is None
        ]
        assert [asked[name] for name in missing] == [1]

    @pytest.mark.parametrize("behaviour", [{"status": 502}, {"reset": True}])
    def test_away_is_nobodys_failure(
        self,
        client: FlaskClient,
        project: dict[str, Any],
        sandbox: Sandbox,
        behaviour: dict[str, Any],
    ) -> None:
        choose(client, project, KAMERA)
        tell_sandbox(sandbox, "behaviour/api", **behaviour)
        assert refresh().state is JobState.DONE
        assert timedelta(0) < next_look_in() <= refreshing.AWAY_PAUSE

    def test_a_withdrawn_grant_is_noticed(
        self, client: FlaskClient, project: dict[str, Any], sandbox: Sandbox
    ) -> None:
        choose(client, project, KAMERA)
        sandbox.ask("DELETE", "/github-app/sandbox/grant")
        assert refresh().state is JobState.DONE
        assert client.get(GITHUB).get_json()["connection"]["state"] == "reconnect_needed"
        change_connection(next_look_at=func.now())
        assert refreshing.start_due() == 0
        connect(client, sandbox)
        assert refreshing.start_due() == 1
        refresh()
        assert only(client, project)["stars"] == 482


def test_start_due_starts_each_connection_once(
    client: FlaskClient, project: dict[str, Any]
) -> None:
    choose(client, project, KAMERA)
    refresh()
    change_connection(next_look_at=func.now() - timedelta(days=2))
    assert [refreshing.start_due(), refreshing.start_due()] == [1, 0]
    with read_only() as session:
        running = "select count(*) from jobs where name = :name and state = 'waiting'"
        assert session.scalar(text(running), {"name": REFRESH}) == 1


def test_a_workspace_that_rests_is_not_looked_at(
    client: FlaskClient, person: SignedUp, project: dict[str, Any]
) -> None:
    change_connection(next_look_at=func.now() - timedelta(days=1))
    answer = client.delete("/api/workspaces/current", json={"name": person.workspace["name"]})
    assert answer.status_code == 200, answer.text
    assert refreshing.start_due() == 0
    # What was due meanwhile is looked at as soon as it is back.
    with transaction() as session:
        session.execute(text("update workspaces set deleted_at = null"))
    assert refreshing.start_due() == 1
