"""`/catch`, `/slack` and `/discord` take requests; `/catcher` shows them and sets how to answer."""

import base64
import json
from typing import Any

from flask import Blueprint, Response, jsonify, redirect, request, url_for
from pydantic import BaseModel, ConfigDict, field_validator
from werkzeug.wrappers import Response as AnyResponse

from ultra.kit import clock
from ultra.kit.webhooks import key_of
from ultra.sandbox import behaviour as behaviours
from ultra.sandbox import pages
from ultra.sandbox.behaviour import Behaviour
from ultra.sandbox.catcher import repository
from ultra.sandbox.catcher.chat import refuse_discord, refuse_slack
from ultra.sandbox.catcher.repository import Caught
from ultra.sandbox.store import transaction

catcher = Blueprint("catcher", __name__)
METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]
NAME = "string(maxlength=64)"


class SecretWrite(BaseModel):
    """What requests to a bin are signed with; none when it is empty."""

    model_config = ConfigDict(extra="forbid")
    secret: str | None

    @field_validator("secret")
    @classmethod
    def _must_be_readable(cls, value: str | None) -> str | None:
        if value:
            key_of(value)
        return value or None


@catcher.route(f"/catch/<{NAME}:bin_name>", methods=METHODS, provide_automatic_options=False)
@catcher.route(
    f"/catch/<{NAME}:bin_name>/<path:rest>", methods=METHODS, provide_automatic_options=False
)
def catch(bin_name: str, rest: str = "") -> Response:  # noqa: ARG001 - kept as part of the path
    return _record(bin_name, "webhook", Response("ok", mimetype="text/plain"))


@catcher.post(f"/slack/<{NAME}:bin_name>")
def slack(bin_name: str) -> Response:
    refusal = refuse_slack(request.get_data())
    answer = Response(refusal or "ok", 400 if refusal else 200, mimetype="text/plain")
    return _record(bin_name, "slack", answer)


@catcher.post(f"/discord/<{NAME}:bin_name>")
def discord(bin_name: str) -> Response:
    refusal = refuse_discord(request.get_data())
    answer = Response(status=204)
    if refusal is not None:
        answer = jsonify(refusal)
        answer.status_code = 400
    return _record(bin_name, "discord", answer)


def _record(bin_name: str, kind: str, well: Response) -> Response:
    caught = {
        "kind": kind,
        "method": request.method,
        "path": request.path,
        "query": request.query_string.decode("latin-1"),
        "headers": json.dumps({name.lower(): value for name, value in request.headers.items()}),
        "body": request.get_data(),
    }
    with transaction() as connection:
        behaviour = behaviours.take(connection, _owner(bin_name))
        # A refused message is refused whatever was ordered; 0 stands for a broken connection.
        status = well.status_code if well.status_code >= 400 else behaviour.status
        status = 0 if behaviour.reset else status or well.status_code
        repository.add(connection, bin_name, clock.now(), caught={**caught, "status": status})
    if well.status_code >= 400:
        behaviour = behaviour.model_copy(update={"status": None})
    return behaviours.play(behaviour, well)


@catcher.get("/catcher")
def show_bins() -> AnyResponse | str:
    if name := request.args.get("bin", "").strip():
        return redirect(url_for("catcher.show_bin", bin_name=name[:64]))
    with transaction() as connection:
        return pages.render("catcher.html", bins=repository.list_bins(connection))


@catcher.get(f"/catcher/<{NAME}:bin_name>")
def show_bin(bin_name: str) -> str:
    with transaction() as connection:
        secret = repository.find_secret(connection, bin_name)
        caught = repository.list_caught(connection, bin_name)
        behaviour = behaviours.find(connection, _owner(bin_name))
    newest = caught[-1].id if caught else 0
    return pages.render(
        "bin.html",
        bin=bin_name,
        secret=secret,
        behaviour=behaviour,
        requests=caught[:-51:-1],
        count=len(caught),
        newest=newest,
    )


@catcher.get(f"/catcher/<{NAME}:bin_name>/newest")
def say_newest(bin_name: str) -> dict[str, int]:
    with transaction() as connection:
        row = connection.execute(
            "select coalesce(max(id), 0) as newest from requests where bin = ?", (bin_name,)
        ).fetchone()
    return {"newest": row["newest"]}


@catcher.get(f"/catcher/<{NAME}:bin_name>/requests")
def list_requests(bin_name: str) -> dict[str, Any]:
    """Answer all that the bin keeps as JSON, in the order of arrival."""
    with transaction() as connection:
        secret = repository.find_secret(connection, bin_name)
        caught = repository.list_caught(connection, bin_name)
    return {"items": [_as_json(each, secret) for each in caught]}


@catcher.delete(f"/catcher/<{NAME}:bin_name>/requests")
def delete_requests(bin_name: str) -> tuple[str, int]:
    with transaction() as connection:
        repository.empty(connection, bin_name)
    return "", 204


@catcher.put(f"/catcher/<{NAME}:bin_name>/behaviour")
def set_behaviour(bin_name: str) -> dict[str, Any]:
    wanted = Behaviour.model_validate_json(request.get_data() or b"{}")
    with transaction() as connection:
        behaviours.set_for(connection, _owner(bin_name), wanted)
    return wanted.model_dump()


@catcher.put(f"/catcher/<{NAME}:bin_name>/secret")
def set_secret(bin_name: str) -> tuple[str, int]:
    wanted = SecretWrite.model_validate_json(request.get_data())
    with transaction() as connection:
        repository.set_secret(connection, bin_name, wanted.secret)
    return "", 204


@catcher.post(f"/catcher/<{NAME}:bin_name>/change")
def change_from_page(bin_name: str) -> AnyResponse:
    """Take the forms of the page: an empty field means "as usual"."""
    filled = {name: value.strip() for name, value in request.form.items() if value.strip()}
    action = filled.pop("action", "")
    with transaction() as connection:
        if action == "empty":
            repository.empty(connection, bin_name)
        elif action == "secret":
            wanted = SecretWrite.model_validate({"secret": filled.get("secret")})
            repository.set_secret(connection, bin_name, wanted.secret)
        else:
            behaviours.set_for(connection, _owner(bin_name), Behaviour.model_validate(filled))
    return redirect(url_for("catcher.show_bin", bin_name=bin_name))


def _owner(bin_name: str) -> str:
    return f"bin:{bin_name}"


def _as_json(caught: Caught, secret: str | None) -> dict[str, Any]:
    return {
        "id": caught.id,
        "at": caught.at.isoformat(),
        "kind": caught.kind,
        "method": caught.method,
        "path": caught.path,
        "query": caught.query,
        "headers": caught.headers,
        "body": caught.text,
        "body_base64": base64.b64encode(caught.body).decode(),
        "signature": caught.check_signature(secret),
        "status": caught.status,
    }
