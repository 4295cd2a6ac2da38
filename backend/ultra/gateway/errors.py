"""Turns every exception into one RFC 9457 answer, in the caller's language."""

from collections.abc import Iterable
from http import HTTPStatus
from typing import Any

from flask import Flask, Response, g
from pydantic import ValidationError
from redis.exceptions import RedisError
from sqlalchemy.exc import OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from werkzeug.exceptions import HTTPException, RequestEntityTooLarge

from ultra.kit.errors import AppError, Invalid, Language, NotFound, TooLarge, Unavailable
from ultra.kit.http import PROBLEM, FieldProblem, Problem, caller_language
from ultra.kit.log import get_logger

log = get_logger()

# pydantic's error types → our sentences; gaps are filled from the error's context.
FIELD_SENTENCES: dict[str, tuple[str, str]] = {
    "missing": ("Bu alan gerekli.", "This field is required."),
    "extra_forbidden": ("Böyle bir alan yok.", "There is no such field."),
    "string_too_short": (
        "En az {min_length} karakter olmalı.",
        "Use at least {min_length} characters.",
    ),
    "string_too_long": (
        "En çok {max_length} karakter olabilir.",
        "Use at most {max_length} characters.",
    ),
    "string_type": ("Metin olmalı.", "This must be text."),
    "uuid_parsing": ("Geçerli bir kimlik değil.", "This is not a valid id."),
    "enum": ("İzin verilen değerlerden biri olmalı: {expected}.", "Choose one of {expected}."),
    "literal_error": (
        "İzin verilen değerlerden biri olmalı: {expected}.",
        "Choose one of {expected}.",
    ),
    "int_parsing": ("Tam sayı olmalı.", "This must be a whole number."),
    "greater_than_equal": ("En az {ge} olmalı.", "This must be at least {ge}."),
    "less_than_equal": ("En çok {le} olabilir.", "This must be at most {le}."),
    "model_type": ("JSON gövdesi gerekli.", "A JSON body is needed."),
    "value_error": ("Geçerli değil.", "This is not valid."),
}
# What werkzeug refuses by itself, in both languages; its own words are English.
HTTP_SENTENCES: dict[int, tuple[str, str]] = {
    400: ("İstek anlaşılamadı.", "The request could not be understood."),
    405: (
        "Bu adres bu yöntemle çağrılamaz.",
        "This address cannot be called with this method.",
    ),
    415: ("İçerik türü desteklenmiyor.", "The content type is not supported."),
}
ANY_HTTP_ERROR = ("İstek yerine getirilemedi.", "The request could not be fulfilled.")
ANY_FIELD = ("Bu alan geçerli değil.", "This field is not valid.")
EMAIL = ("Geçerli bir e-posta adresi girin.", "Enter a valid e-mail address.")


def set_up(app: Flask) -> None:
    app.register_error_handler(AppError, answer_app_error)
    app.register_error_handler(HTTPException, _answer_http_error)
    for lost in (OperationalError, PoolTimeout, RedisError):
        app.register_error_handler(lost, _answer_store_lost)
    app.register_error_handler(Exception, _answer_unexpected)


def answer_app_error(error: AppError) -> Response:
    return _answer(error, caller_language())


def answer_validation_error(error: ValidationError) -> Response:
    """422 with one entry per field."""
    language = caller_language()
    return _answer(Invalid(), language, _fields(error, language))


def _fields(error: ValidationError, language: Language) -> Iterable[FieldProblem]:
    for problem in error.errors(include_url=False):
        field = ".".join(str(part) for part in problem["loc"])
        sentences = FIELD_SENTENCES.get(problem["type"], ANY_FIELD)
        if field == "email" and problem["type"] == "value_error":
            sentences = EMAIL
        sentence = sentences[0 if language == "tr" else 1]
        yield FieldProblem(
            field=field,
            code=problem["type"],
            detail=sentence.format_map(problem.get("ctx", {})),
        )


def _answer_http_error(error: HTTPException) -> Response:
    if isinstance(error, RequestEntityTooLarge):
        return answer_app_error(TooLarge())
    if error.code == HTTPStatus.NOT_FOUND:
        return answer_app_error(NotFound())
    status = HTTPStatus(error.code or 500)
    turkish, english = HTTP_SENTENCES.get(status, ANY_HTTP_ERROR)
    return _problem(
        status=status,
        title=status.phrase,
        code=status.name.lower(),
        detail=turkish if caller_language() == "tr" else english,
        headers={k: v for k, v in error.get_headers() if k == "Allow"},
    )


def _answer_store_lost(error: Exception) -> Response:
    """The database or Redis is restarting or out of reach: that passes, so say so."""
    log.error("request.store_lost", error=type(error).__name__, reason=str(error)[:300])
    return answer_app_error(Unavailable())


def _answer_unexpected(error: Exception) -> Response:
    log.error("request.failed", exc_info=error)
    return answer_app_error(AppError())


def _answer(error: AppError, language: Language, fields: Iterable[FieldProblem] = ()) -> Response:
    code = "internal_error" if type(error) is AppError else error.code
    return _problem(
        status=error.status,
        title=error.title,
        code=code,
        detail=error.detail(language),
        fields=fields,
        headers=error.headers,
    )


def _problem(
    *,
    status: int,
    title: str,
    code: str,
    detail: str,
    fields: Iterable[FieldProblem] = (),
    headers: dict[str, Any] | None = None,
) -> Response:
    problem = Problem(
        type="about:blank",
        title=title,
        status=int(status),
        code=code,
        detail=detail,
        errors=list(fields),
        request_id=g.get("request_id", ""),
    )
    return Response(problem.model_dump_json(), status, mimetype=PROBLEM, headers=headers)
