"""Puts the sandbox together, and keeps other people's pages out of it."""

from pathlib import Path
from urllib.parse import urlsplit

from flask import Flask, Response, request
from pydantic import ValidationError

from ultra.sandbox import pages
from ultra.sandbox.catcher.routes import catcher
from ultra.sandbox.effects.routes import effects
from ultra.sandbox.github.control import control as github_app_control
from ultra.sandbox.github.grants import grants as github_app
from ultra.sandbox.github.routes import api as github_app_api
from ultra.sandbox.mailbox.routes import mailbox
from ultra.sandbox.oauth.github import github
from ultra.sandbox.oauth.google import google
from ultra.sandbox.oauth.routes import oauth
from ultra.sandbox.push.routes import push
from ultra.sandbox.server import HangsUp
from ultra.sandbox.store import Store

MOST_BYTES = 1_048_576
_OWN_NAMES = {"127.0.0.1", "localhost", "::1"}
_SAFE_METHODS = {"GET", "HEAD", "OPTIONS"}


def create_app(home: Path) -> Flask:
    """Make the app whose mails lie in `home`/mail and whose own things lie in `home`/sandbox."""
    app = Flask(__name__)
    app.config.update(MAX_CONTENT_LENGTH=MOST_BYTES, MAIL_FOLDER=home / "mail")
    app.json.ensure_ascii = False  # type: ignore[attr-defined]
    app.json.sort_keys = False  # type: ignore[attr-defined]
    app.extensions["sandbox"] = Store(home / "sandbox")
    app.before_request(_refuse_strangers)
    app.register_error_handler(ValidationError, _answer_invalid)
    pages.set_up(app)
    for blueprint in (mailbox, catcher, push, effects, oauth, google, github):
        app.register_blueprint(blueprint)
    for blueprint in (github_app, github_app_api, github_app_control):
        app.register_blueprint(blueprint)
    app.wsgi_app = HangsUp(app.wsgi_app)  # type: ignore[method-assign]
    return app


def _refuse_strangers() -> Response | None:
    """Mails hold links that sign people in, so no page from elsewhere may read or press anything.

    A name of somebody else that leads here (DNS rebinding) shows in Host, a form on another page in
    Origin. Programs send no Origin and are free.
    """
    origin = request.headers.get("Origin")
    is_ours = urlsplit(f"//{request.host}").hostname in _OWN_NAMES
    comes_from_elsewhere = origin is not None and origin != request.host_url.rstrip("/")
    if is_ours and (request.method in _SAFE_METHODS or not comes_from_elsewhere):
        return None
    return Response("Only pages of the sandbox itself may do this.\n", 403, mimetype="text/plain")


def _answer_invalid(error: ValidationError) -> tuple[dict[str, object], int]:
    wrong = [{"at": list(each["loc"]), "message": each["msg"]} for each in error.errors()]
    return {"errors": wrong}, 422
