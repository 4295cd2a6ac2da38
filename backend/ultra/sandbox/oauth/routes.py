"""`/oauth-misbehave`: sets and tells how the two providers behave."""

from typing import Any

from flask import Blueprint, request

from ultra.sandbox.oauth import misbehaviours
from ultra.sandbox.oauth.misbehaviours import Misbehaviour, Provider
from ultra.sandbox.store import transaction

oauth = Blueprint("oauth", __name__)


@oauth.post("/oauth-misbehave")
def misbehave() -> dict[str, Any]:
    """Take `{provider, how, seconds}`; without `how` the provider behaves again."""
    wanted = Misbehaviour.model_validate_json(request.get_data())
    with transaction() as connection:
        misbehaviours.put(connection, wanted)
    return wanted.model_dump()


@oauth.get("/oauth-misbehave")
def say_how() -> dict[str, Any]:
    """Answer how both behave now."""
    with transaction() as connection:
        return {
            provider: misbehaviours.find(connection, provider).model_dump(exclude={"provider"})
            for provider in Provider
        }
