"""Notes that a schedule or a webhook from outside leaves."""

from typing import Any

import pytest
from flask.testing import FlaskClient
from pydantic import ValidationError

from tests.factories.auth import SignedUp
from tests.factories.notifications import API, deliveries, preferences, run_due
from ultra.kit.db import transaction
from ultra.kit.tasks import Trigger
from ultra.kit.tasks.offers import find_offer


def leave(person: SignedUp, key: str = "one", **fields: Any) -> Any:
    offer = find_offer("notifications.send_note")
    assert offer is not None
    wanted = offer.input.model_validate({"title": "Yedek", "body": "Yedek alındı.", **fields})
    with transaction() as session:
        return offer.start(session, person.workspace_id, wanted, Trigger.SCHEDULE, key)


def notes(client: FlaskClient) -> list[Any]:
    found: list[Any] = client.get(f"{API}?kind=note").get_json()["items"]
    return found


def test_reaches_the_workspace(
    client: FlaskClient, person: SignedUp, stranger: FlaskClient
) -> None:
    assert leave(person)
    run_due()
    (note,) = notes(client)
    assert (note["title"], note["body"]) == ("Yedek", "Yedek alındı.")
    assert note["href"] == "/notifications"
    assert notes(stranger) == []


def test_comes_by_mail_only_to_those_who_asked(client: FlaskClient, person: SignedUp) -> None:
    leave(person)
    run_due()
    assert deliveries(channel="email") == []
    preferences(client, kinds={"note": {"email": True}})
    leave(person, "two")
    run_due()
    assert len(deliveries(channel="email", kind="note")) == 1


def test_a_trigger_that_comes_twice_leaves_one(client: FlaskClient, person: SignedUp) -> None:
    leave(person)
    assert leave(person) is None
    run_due()
    assert len(notes(client)) == 1


@pytest.mark.parametrize("link", ["/videos/1?a=b", "https://ci.example.com/7", "http://nas.local/"])
def test_may_lead_somewhere(client: FlaskClient, person: SignedUp, link: str) -> None:
    leave(person, link=link)
    run_due()
    assert notes(client)[0]["href"] == link


@pytest.mark.parametrize(
    "link",
    [
        "javascript:alert(1)",
        "//evil.example",
        "/\\evil.example",
        "data:text/html,x",
        "https://",
        "videos",
        "/a\nb",
        "/ş",
    ],
)
def test_never_to_something_that_runs(person: SignedUp, link: str) -> None:
    with pytest.raises(ValidationError):
        leave(person, link=link)


def test_its_form_can_be_drawn() -> None:
    offer = find_offer("notifications.send_note")
    assert offer is not None
    fields = {field.name: field for field in offer.fields}
    assert [name for name, field in fields.items() if field.is_required] == ["title", "body"]
    assert fields["body"].max_length == 2000
    assert fields["link"].label == {"tr": "Bağlantı", "en": "Link"}
