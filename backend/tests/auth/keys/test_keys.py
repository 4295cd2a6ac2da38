"""API keys: made by people for programs, held to what both may do, ended at once."""

import threading
from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import event, func, select, update

from tests.auth.factors.people import let_time_pass_since_sign_in, outcome
from tests.factories.auth import as_browser, sign_up
from ultra.auth import public
from ultra.auth.audit.models import Entry
from ultra.auth.keys import service as keys
from ultra.auth.keys.errors import KeyNotAllowedHere
from ultra.auth.keys.models import ApiKey
from ultra.auth.users.models import User
from ultra.auth.workspaces.models import Membership, Workspace
from ultra.gateway.app import create_app
from ultra.kit.access import Scope
from ultra.kit.crypto import digest
from ultra.kit.db import engine, read_only, transaction
from ultra.kit.errors import NotSignedIn
from ultra.kit.roles import Role

PATH = "/api/auth/keys"


def make(client, **more):
    body = {"name": "Betik", "scopes": ["workspace:read", "video:read"], **more}
    answer = client.post(PATH, json=body)
    assert answer.status_code == 201, answer.text
    return answer.get_json()


def refusal(token, ip="127.0.0.1"):
    with pytest.raises(NotSignedIn) as caught:
        public.identify(token, ip)
    return caught.value.code


def change(**values):
    with transaction() as session:
        session.execute(update(ApiKey).values(**values))


@pytest.fixture
def statements(database):
    """The SQL that is sent from now on."""
    seen = []

    def note(_connection, _cursor, statement, *_):
        seen.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    yield seen
    event.remove(engine, "before_cursor_execute", note)


class TestMaking:
    def test_shows_the_key_this_once(self, client):
        person = sign_up(client)
        made = make(client)
        details = made["details"]
        assert made["key"].startswith(f"ultra_{details['public_id']}_")
        assert made["key"].endswith(details["last_four"])
        assert details["scopes"] == ["video:read", "workspace:read"]
        assert details["last_used_at"] is None
        listed = client.get(PATH)
        assert listed.get_json()["items"] == [details]
        assert made["key"] not in listed.text
        with read_only() as session:
            row = session.scalars(select(ApiKey)).one()
            assert row.digest == digest(made["key"])
            lives = session.scalar(select(ApiKey.expires_at - ApiKey.created_at))
            entry = session.scalars(select(Entry).where(Entry.action == "key.created")).one()
        assert lives == timedelta(days=90)
        assert (entry.user_id, entry.object_id) == (person.user_id, details["id"])
        assert made["key"] not in str(entry.facts)

    @pytest.mark.parametrize(
        "scope", ["account", "workspace:own", "members:write", "operate", "public"]
    )
    def test_no_key_gets_at_accounts_members_and_the_installation(self, client, scope):
        sign_up(client)
        answer = client.post(PATH, json={"name": "A", "scopes": ["video:read", scope]})
        assert outcome(answer) == (403, "scope_not_yours")
        assert scope not in client.get(PATH).get_json()["grantable_scopes"]

    def test_gives_no_more_than_one_may_do_oneself(self, client):
        person = sign_up(client)
        set_role(person, Role.VIEWER)
        answer = client.post(PATH, json={"name": "A", "scopes": ["video:write"]})
        assert outcome(answer) == (403, "scope_not_yours")
        assert make(client, scopes=["video:read"])["key"]
        assert "video:write" not in client.get(PATH).get_json()["grantable_scopes"]

    @pytest.mark.parametrize(
        ("given", "field"),
        [
            ({"scopes": []}, "scopes"),
            ({"scopes": ["video:everything"]}, "scopes.0"),
            ({"expires_in_days": 0}, "expires_in_days"),
            ({"expires_in_days": 366}, "expires_in_days"),
            ({"ip_allow": ["300.1.1.1"]}, "ip_allow.0"),
            ({"ip_allow": ["example.com"]}, "ip_allow.0"),
            ({"name": " "}, "name"),
        ],
    )
    def test_names_the_field_that_is_wrong(self, client, given, field):
        sign_up(client)
        answer = client.post(PATH, json={"name": "A", "scopes": ["video:read"], **given})
        assert answer.status_code == 422
        assert [each["field"] for each in answer.get_json()["errors"]] == [field]

    def test_needs_a_recent_proof(self, client):
        sign_up(client)
        made = make(client)
        let_time_pass_since_sign_in()
        answer = client.post(PATH, json={"name": "A", "scopes": ["video:read"]})
        assert outcome(answer) == (403, "step_up_needed")
        rotate = client.post(f"{PATH}/{made['details']['id']}/rotate")
        assert outcome(rotate) == (403, "step_up_needed")
        assert client.delete(f"{PATH}/{made['details']['id']}").status_code == 204

    def test_stops_at_fifty(self, client):
        sign_up(client)
        for _ in range(keys.MOST_KEYS):
            make(client)
        answer = client.post(PATH, json={"name": "A", "scopes": ["video:read"]})
        assert outcome(answer) == (409, "too_many_keys")
        change(expires_at=func.now())
        assert make(client)["key"]

    def test_lists_come_in_pages(self, client):
        sign_up(client)
        made = [make(client)["details"]["id"] for _ in range(5)]
        found, cursor = [], ""
        while cursor is not None:
            page = client.get(f"{PATH}?limit=2&cursor={cursor}").get_json()
            found += [item["id"] for item in page["items"]]
            cursor = page["next_cursor"]
        assert found == made[::-1]


def set_role(person, role):
    with transaction() as session:
        session.execute(
            update(Membership).where(Membership.user_id == person.user_id).values(role=role)
        )
        public.sessions.apply_changes_of(session, person.user_id)


class TestCalling:
    def test_acts_for_its_person_with_its_own_scopes(self, client):
        person = sign_up(client)
        made = make(client)
        actor = public.identify(made["key"], "127.0.0.1")
        assert (actor.user_id, actor.workspace_id) == (person.user_id, person.workspace_id)
        assert actor.key_id == UUID(made["details"]["id"])
        assert actor.session_id is None
        assert actor.authenticated_at is None
        assert actor.scopes == {Scope.WORKSPACE_READ, Scope.VIDEO_READ}

    def test_opens_what_its_scopes_say_and_nothing_else(self, client):
        sign_up(client)
        headers = {"Authorization": f"Bearer {make(client)['key']}"}
        script = create_app(services=["auth", "video"]).test_client()
        assert script.get("/api/video", headers=headers).status_code == 200
        assert outcome(script.post("/api/video/uploads", headers=headers)) == (403, "forbidden")
        for method, path in [
            ("get", "/api/auth/me"),
            ("get", PATH),
            ("post", PATH),
            ("post", "/api/auth/totp"),
            ("get", "/api/auth/factors"),
            ("get", "/api/auth/sessions"),
            ("post", "/api/auth/step-up"),
        ]:
            answer = getattr(script, method)(path, headers=headers)
            assert outcome(answer) == (403, "forbidden"), path

    def test_is_held_to_what_its_person_may_do_now(self, client):
        person = sign_up(client)
        made = make(client, scopes=["video:read", "video:write"])
        set_role(person, Role.ANALYST)
        assert public.identify(made["key"]).scopes == {Scope.VIDEO_READ}
        set_role(person, Role.EDITOR)
        assert public.identify(made["key"]).scopes == {Scope.VIDEO_READ, Scope.VIDEO_WRITE}

    def test_what_lies_in_the_table_gives_no_more_than_a_key_ever_has(self, client):
        sign_up(client)
        made = make(client)
        change(scopes=["account", "members:write", "operate", "long:gone", "video:read"])
        assert public.identify(made["key"]).scopes == {Scope.VIDEO_READ}

    def test_refuses_whoever_was_disabled_or_left_and_ends_with_the_workspace(self, client):
        person = sign_up(client)
        token = make(client)["key"]
        with transaction() as session:
            session.execute(update(User).values(disabled_at=func.now()))
        assert refusal(token) == "key_refused"
        with transaction() as session:
            session.execute(update(User).values(disabled_at=None))
            session.execute(update(Workspace).values(deleted_at=func.now()))
        assert refusal(token) == "key_refused"
        with transaction() as session:
            session.execute(update(Workspace).values(deleted_at=None))
        assert public.identify(token).user_id == person.user_id
        with transaction() as session:
            session.delete(session.scalars(select(Membership)).one())
        assert refusal(token) == "key_refused"
        with transaction() as session:
            session.delete(session.scalars(select(User)).one())
        assert refusal(token) == "key_refused"

    def test_refuses_a_wrong_secret_under_a_known_name(self, client):
        sign_up(client)
        made, other = make(client)["key"], make(client)["key"]
        assert refusal(made[:-1] + ("A" if made[-1] != "A" else "B")) == "key_refused"
        # A forger who gets the checksum right: the digest is another one.
        with transaction() as session:
            session.execute(
                update(ApiKey).where(ApiKey.public_id == made[6:14]).values(digest=digest(other))
            )
        assert refusal(made) == "key_refused"

    def test_nonsense_does_not_reach_the_database(self, client, statements):
        sign_up(client)
        statements.clear()
        for token in ("ultra_", "ultra_x", "ultra_" + "a" * 58):
            assert refusal(token) == "key_refused"
        assert statements == []

    def test_expires_and_says_so(self, client):
        sign_up(client)
        token = make(client, expires_in_days=1)["key"]
        change(expires_at=func.now() + timedelta(milliseconds=200))
        assert public.identify(token)
        change(expires_at=func.now())
        assert refusal(token) == "key_expired"
        assert len(client.get(PATH).get_json()["items"]) == 1

    @pytest.mark.parametrize(
        ("allowed", "ip", "is_in"),
        [
            ([], None, True),
            (["203.0.113.7"], "203.0.113.7", True),
            (["203.0.113.7"], "203.0.113.8", False),
            (["203.0.113.9/24"], "203.0.113.200", True),
            (["203.0.113.0/24"], "::ffff:203.0.113.200", True),
            (["2001:db8::/32"], "2001:db8:1::1", True),
            (["2001:db8::/32"], "203.0.113.7", False),
            (["203.0.113.0/24"], None, False),
            (["203.0.113.0/24"], "nonsense", False),
        ],
    )
    def test_works_only_from_where_it_may(self, client, allowed, ip, is_in):
        sign_up(client)
        token = make(client, ip_allow=allowed)["key"]
        if is_in:
            assert public.identify(token, ip)
            return
        with pytest.raises(KeyNotAllowedHere):
            public.identify(token, ip)

    def test_the_gateway_says_from_where_a_call_comes(self, client, app):
        sign_up(client)
        token = make(client, ip_allow=["203.0.113.0/24"])["key"]
        answer = app.test_client().get("/api/auth/me", headers={"Authorization": f"Bearer {token}"})
        assert outcome(answer) == (403, "key_not_allowed_here")
        answer = app.test_client().get(
            "/api/auth/me",
            headers={"Authorization": f"Bearer {token}"},
            environ_base={"REMOTE_ADDR": "203.0.113.5"},
        )
        assert outcome(answer) == (403, "forbidden")

    def test_last_use_is_written_at_most_once_a_minute(self, client, statements):
        sign_up(client)
        token = make(client)["key"]
        statements.clear()
        for _ in range(3):
            public.identify(token)
        assert len([line for line in statements if line.startswith("UPDATE")]) == 1
        first = client.get(PATH).get_json()["items"][0]["last_used_at"]
        change(last_used_at=ApiKey.last_used_at - timedelta(seconds=61))
        public.identify(token)
        assert client.get(PATH).get_json()["items"][0]["last_used_at"] > first


class TestEnding:
    def test_holds_from_the_next_call_on(self, client):
        sign_up(client)
        made = make(client)
        assert public.identify(made["key"])
        path = f"{PATH}/{made['details']['id']}"
        assert client.delete(path).status_code == 204
        assert refusal(made["key"]) == "key_refused"
        assert client.delete(path).status_code == 404
        assert client.get(PATH).get_json()["items"] == []

    def test_somebody_else_s_key_is_not_found(self, client, app):
        sign_up(client)
        made = make(client)
        stranger = as_browser(app)
        sign_up(stranger)
        path = f"{PATH}/{made['details']['id']}"
        assert stranger.delete(path).status_code == 404
        assert stranger.post(f"{path}/rotate").status_code == 404
        assert stranger.get(PATH).get_json()["items"] == []
        assert public.identify(made["key"])

    def test_all_of_a_person_at_once(self, client):
        person = sign_up(client)
        tokens = [make(client)["key"] for _ in range(2)]
        with transaction() as session:
            assert keys.end_all_of(session, person.user_id) == 2
        assert [refusal(token) for token in tokens] == ["key_refused"] * 2


class TestRotating:
    def test_both_work_for_a_day(self, client):
        sign_up(client)
        old = make(client, ip_allow=["127.0.0.0/8"], expires_in_days=30)
        new = client.post(f"{PATH}/{old['details']['id']}/rotate").get_json()
        assert new["key"] != old["key"]
        same = ("name", "scopes", "ip_allow")
        assert {k: new["details"][k] for k in same} == {k: old["details"][k] for k in same}
        assert public.identify(old["key"], "127.0.0.1")
        assert public.identify(new["key"], "127.0.0.1")
        with read_only() as session:
            lives = session.execute(
                select(
                    ApiKey.expires_at - func.coalesce(ApiKey.rotated_at, ApiKey.created_at)
                ).order_by(ApiKey.created_at)
            )
            assert lives.scalars().all() == [timedelta(hours=24), timedelta(days=30)]
        change(expires_at=func.least(ApiKey.expires_at, func.now() + timedelta(hours=25)))
        change(expires_at=ApiKey.expires_at - timedelta(hours=24, seconds=1))
        assert refusal(old["key"], "127.0.0.1") == "key_expired"
        assert public.identify(new["key"], "127.0.0.1")

    def test_there_is_one_successor_and_never_a_longer_life(self, client):
        sign_up(client)
        old = make(client)
        change(expires_at=func.now() + timedelta(hours=1))
        path = f"{PATH}/{old['details']['id']}/rotate"
        assert client.post(path).status_code == 201
        assert outcome(client.post(path)) == (409, "key_rotated")
        with read_only() as session:
            left = session.scalar(
                select(ApiKey.expires_at - func.now()).where(ApiKey.rotated_at.is_not(None))
            )
        assert left <= timedelta(hours=1)

    def test_an_expired_one_has_no_successor(self, client):
        sign_up(client)
        old = make(client)
        change(expires_at=func.now())
        answer = client.post(f"{PATH}/{old['details']['id']}/rotate")
        assert outcome(answer) == (409, "key_rotated")

    def test_by_two_at_the_same_moment(self, client):
        person = sign_up(client)
        key_id = UUID(make(client)["details"]["id"])
        actor = public.identify(person.token)
        start, results = threading.Barrier(2), []

        def rotate():
            start.wait(10)
            try:
                with transaction() as session:
                    keys.rotate(session, actor, key_id)
                results.append("made")
            except keys.KeyRotated:
                results.append("refused")

        threads = [threading.Thread(target=rotate) for _ in range(2)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(20)
        assert sorted(results) == ["made", "refused"]
