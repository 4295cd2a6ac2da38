"""Unsubscribe links: by the page and by a mail program's one click."""

from uuid import uuid4

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.factories.auth import SignedUp
from tests.factories.notifications import API
from ultra.notifications.kinds import Kind
from ultra.notifications.preferences.subscriptions import mask, write_token
from ultra.settings import settings


@pytest.fixture
def mail_program(app: Flask) -> FlaskClient:
    """Without cookies, and without the headers of a browser."""
    return app.test_client()


def by_mail(client: FlaskClient) -> dict[str, bool]:
    kinds = client.get(f"{API}/preferences").get_json()["kinds"]
    return {kind["kind"]: kind["email"] for kind in kinds}


def path(person: SignedUp, *kinds: Kind) -> str:
    return f"{API}/unsubscribe/{write_token(person.user_id, kinds)}"


def test_one_click_stops_one_kind(
    client: FlaskClient, person: SignedUp, mail_program: FlaskClient
) -> None:
    before = by_mail(client)
    answer = mail_program.post(
        path(person, Kind.VIDEO_READY), data={"List-Unsubscribe": "One-Click"}
    )
    assert (answer.status_code, answer.get_json()) == (200, {"is_subscribed": False})
    assert by_mail(client) == before | {"video.ready": False}


def test_other_channels_stay(
    client: FlaskClient, person: SignedUp, mail_program: FlaskClient
) -> None:
    mail_program.post(path(person, Kind.VIDEO_READY))
    kind = client.get(f"{API}/preferences").get_json()["kinds"][0]
    assert (kind["in_app"], kind["push"], kind["email"]) == (True, True, False)


def test_can_be_undone(client: FlaskClient, person: SignedUp, mail_program: FlaskClient) -> None:
    before = by_mail(client)
    link = path(person, Kind.VIDEO_READY)
    mail_program.post(link)
    answer = mail_program.post(f"{link}/undo")
    assert answer.get_json() == {"is_subscribed": True}
    assert by_mail(client) == before


def test_a_digests_link_stops_all_its_kinds(
    client: FlaskClient, person: SignedUp, mail_program: FlaskClient
) -> None:
    link = path(person, Kind.NOTE, Kind.VIDEO_READY)
    found = mail_program.get(link, headers={"Accept-Language": "en"}).get_json()
    assert (found["kind"], found["title"]) == ("digest", "Video ready, Note")
    mail_program.post(link)
    assert mail_program.get(link).get_json()["is_subscribed"] is False
    assert by_mail(client)["video.failed"] is True


class TestLook:
    def test_says_what_the_link_stands_for_and_changes_nothing(
        self, client: FlaskClient, person: SignedUp, mail_program: FlaskClient
    ) -> None:
        answer = mail_program.get(
            path(person, Kind.VIDEO_READY),
            headers={"Accept-Language": "tr", "Accept": "application/json"},
        )
        assert answer.get_json() == {
            "email": mask(person.user["email"]),
            "kind": "video.ready",
            "title": "Video hazır",
            "is_subscribed": True,
        }
        assert person.user["email"] not in answer.text
        assert by_mail(client)["video.ready"] is True

    @pytest.mark.parametrize(("language", "prefix"), [("tr", ""), ("en", "/en")])
    def test_a_browser_is_led_to_the_page(
        self, person: SignedUp, mail_program: FlaskClient, language: str, prefix: str
    ) -> None:
        token = write_token(person.user_id, [Kind.NOTE])
        answer = mail_program.get(
            f"{API}/unsubscribe/{token}",
            headers={"Accept": "text/html,*/*;q=0.8", "Accept-Language": language},
        )
        assert answer.status_code == 303
        expected = f"{settings.website_url}{prefix}/unsubscribe/{token}"
        assert answer.headers["Location"] == expected

    def test_a_program_that_takes_anything_gets_json(
        self, person: SignedUp, mail_program: FlaskClient
    ) -> None:
        answer = mail_program.get(path(person, Kind.NOTE), headers={"Accept": "*/*"})
        assert answer.status_code == 200


class TestForged:
    @pytest.mark.parametrize("verb", ["get", "post"])
    def test_is_refused(
        self, client: FlaskClient, person: SignedUp, mail_program: FlaskClient, verb: str
    ) -> None:
        good = write_token(person.user_id, [Kind.VIDEO_READY])
        foreign = write_token(uuid4(), [Kind.VIDEO_READY])
        swapped = [
            f"{good[:at]}{'A' if good[at] != 'A' else 'B'}{good[at + 1 :]}" for at in (0, 30)
        ]
        forged = [*swapped, foreign[:24] + good[24:], good[:24], good[:10], "x.y", "ğ", "A"]
        for token in forged:
            answer = mail_program.open(f"{API}/unsubscribe/{token}", method=verb.upper())
            assert answer.status_code == 404, token
            assert answer.get_json()["code"] == "unsubscribe_link_invalid"
        assert by_mail(client)["video.ready"] is True

    def test_a_link_of_somebody_who_is_gone_is_refused(self, mail_program: FlaskClient) -> None:
        link = f"{API}/unsubscribe/{write_token(uuid4(), [Kind.NOTE])}"
        assert mail_program.get(link).status_code == 404
        assert mail_program.post(link).status_code == 404


def test_a_masked_address_tells_its_owner_only() -> None:
    assert mask("ayse.yilmaz@example.com") == "a•••@example.com"
