"""`/mailbox`: the mails that the product wrote instead of sending."""

from pathlib import Path
from typing import Any

from flask import Blueprint, Response, abort, current_app, jsonify, redirect, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from ultra.sandbox import pages
from ultra.sandbox.mailbox import folder as mails
from ultra.sandbox.mailbox.folder import Mail

mailbox = Blueprint("mailbox", __name__)
VIEWS = ("html", "text", "source")

# A mail shows itself and no more: no script, no picture from elsewhere that tells of being read.
# Its links open beside it.
_MAIL_POLICY = (
    "default-src 'none'; img-src data:; style-src 'unsafe-inline'; form-action 'none'; "
    "sandbox allow-popups allow-popups-to-escape-sandbox"
)


@mailbox.get("/mailbox")
def show_mails() -> str:
    found = mails.list_mails(_folder())[::-1]
    return pages.render("mailbox.html", mails=found, newest=_newest())


@mailbox.get("/mailbox/newest")
def say_newest() -> dict[str, str]:
    return {"newest": _newest()}


@mailbox.get("/mailbox/messages")
def list_messages() -> Response:
    """Answer all mails as JSON in the order of sending; `?to=` keeps those to one address."""
    wanted = request.args.get("to")
    found = [mail for mail in mails.list_mails(_folder()) if wanted in (None, mail.to)]
    return jsonify([_as_json(mail) for mail in found])


@mailbox.post("/mailbox/delete")
def delete_mails() -> AnyResponse:
    mails.delete_all(_folder())
    return redirect(url_for("mailbox.show_mails"))


@mailbox.get("/mailbox/<file>")
def show_mail(file: str) -> str:
    mail = _find(file)
    view = request.args.get("view", "html" if mail.html else "text")
    return pages.render("mail.html", mail=mail, view=view if view in VIEWS else "text")


@mailbox.get("/mailbox/<file>/html")
def show_html(file: str) -> Response:
    """Answer the HTML part alone, for the frame of the page."""
    page = f'<!doctype html><base target="_blank">{_find(file).html}'
    return Response(page, headers={"Content-Security-Policy": _MAIL_POLICY})


@mailbox.get("/mailbox/<file>/source")
def download(file: str) -> Response:
    """Answer the file itself, for a mail program."""
    name = {"Content-Disposition": f'attachment; filename="{file}"'}
    return Response(_find(file).source, mimetype="message/rfc822", headers=name)


def _folder() -> Path:
    path: Path = current_app.config["MAIL_FOLDER"]
    return path


def _newest() -> str:
    if not _folder().is_dir():
        return ""
    return max((path.name for path in _folder().glob("*.eml")), default="")


def _find(file: str) -> Mail:
    return mails.find_mail(_folder(), file) or abort(404)


def _as_json(mail: Mail) -> dict[str, Any]:
    return {
        "file": mail.file,
        "to": mail.to,
        "subject": mail.subject,
        "date": mail.date.isoformat() if mail.date else None,
        "text": mail.text,
        "html": mail.html,
        "headers": mail.headers,
    }
