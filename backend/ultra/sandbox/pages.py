"""The sandbox's pages: language, texts, times, and one layout."""

import re
from datetime import datetime
from typing import Any

from flask import Blueprint, Flask, Response, redirect, render_template, request
from werkzeug.wrappers import Response as AnyResponse

from ultra.kit.errors import LANGUAGES, Language, choose_language
from ultra.sandbox.texts import TEXTS

COOKIE = "sandbox_language"
POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; "
    "frame-src 'self'; form-action 'self'; frame-ancestors 'self'; base-uri 'none'"
)

pages = Blueprint("pages", __name__)


def set_up(app: Flask) -> None:
    app.register_blueprint(pages)
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.filters["moment"] = _show_moment
    app.after_request(_protect)


@pages.get("/")
def home() -> str:
    return render("home.html")


@pages.get("/readyz")
def readyz() -> dict[str, str]:
    return {"status": "ready"}


@pages.get("/language/<language>")
def switch_language(language: str) -> AnyResponse:
    """Remember the language, and go back to the page."""
    # Only a path of our own: neither another address nor `//host`.
    back = request.args.get("back", "/")
    answer = redirect(back if re.fullmatch(r"/(?![/\\])[^\\\s]*", back) else "/")
    if language in LANGUAGES:
        answer.set_cookie(COOKIE, language, max_age=31_536_000, httponly=True, samesite="Lax")
    return answer


def render(template: str, **values: Any) -> str:
    """Fill a template; `t(name)` is a text in the reader's language."""
    language = _language()

    def t(name: str, **facts: object) -> str:
        return TEXTS[name][language].format(**facts)

    return render_template(
        template,
        t=t,
        language=language,
        other="en" if language == "tr" else "tr",
        address=request.host_url.rstrip("/"),
        **values,
    )


def _language() -> Language:
    chosen = request.cookies.get(COOKIE)
    for language in LANGUAGES:
        if chosen == language:
            return language
    return choose_language(request.headers.get("Accept-Language"))


def _show_moment(at: datetime | str | None) -> str:
    """Show the time of this machine, which is the reader's own."""
    if at is None:
        return "–"
    moment = datetime.fromisoformat(at) if isinstance(at, str) else at
    return moment.astimezone().strftime("%d.%m.%Y %H:%M:%S")


def _protect(answer: Response) -> Response:
    answer.headers.setdefault("Content-Security-Policy", POLICY)
    answer.headers.setdefault("X-Content-Type-Options", "nosniff")
    # With no-referrer browsers would hide the origin of our own forms too.
    answer.headers.setdefault("Referrer-Policy", "same-origin")
    return answer
