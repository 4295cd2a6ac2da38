"""Routes: what a handler takes and gives, who may call it, how it stands in the API document.

The only file that knows the OpenAPI library. A handler names its inputs by type (`path`, `query`,
`body`, `form`, each a pydantic model) and returns the shape that `returns` names.
"""

import unicodedata
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from functools import wraps
from http import HTTPStatus
from inspect import signature
from typing import Any
from urllib.parse import quote

from flask import Response, request
from flask_openapi3 import APIBlueprint
from flask_openapi3.models import Tag
from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, field_validator
from werkzeug.http import parse_range_header

from ultra.kit.access import Scope
from ultra.kit.errors import Language, choose_language
from ultra.kit.storage import Storage
from ultra.settings import settings

Handler = Callable[..., Any]

# The library documents neither; both are described where they matter, beside POST and PATCH.
UNDOCUMENTED_METHODS = ("head", "options")
PROBLEM = "application/problem+json"
NO_NUL = r"^[^\x00]*$"
NOT_BLANK = r"^[^\x00]*[^\x00\s][^\x00]*$"
SEND_FILE = "ultra.send_file"
"""Environment entry by which a server that can says so; a handler puts (path, start, end) there."""


def _describe_text(schema: dict[str, Any]) -> None:
    """Say of text in the document what the shape below does with it."""
    for field in schema.get("properties", {}).values():
        for kind in field.get("anyOf", [field]):
            if kind.get("type") == "string" and not {"format", "enum", "const"} & kind.keys():
                kind.setdefault("pattern", NOT_BLANK if kind.get("minLength") else NO_NUL)


class RequestShape(BaseModel):
    """A request's body, query or path: unknown fields are refused, never ignored."""

    model_config = ConfigDict(
        extra="forbid", str_strip_whitespace=True, json_schema_extra=_describe_text
    )

    @field_validator("*")
    @classmethod
    def _refuse_nul(cls, value: Any) -> Any:
        # The one character that PostgreSQL's text cannot hold: a refusal here, a fault there.
        if isinstance(value, str) and "\0" in value:
            raise ValueError("text must not contain NUL")
        return value


class ResponseShape(BaseModel):
    """A response: read from objects or dicts, without defaults, so no field is falsely optional."""

    model_config = ConfigDict(from_attributes=True)


class FieldProblem(ResponseShape):
    field: str
    code: str
    detail: str


class Problem(ResponseShape):
    """An error, as RFC 9457 describes it."""

    type: str
    title: str
    status: int
    code: str
    detail: str
    errors: list[FieldProblem]
    request_id: str


@dataclass(frozen=True)
class Header:
    """A header that a handler reads and checks itself, as the API document shows it."""

    name: str
    description: str
    schema: dict[str, Any]
    is_required: bool = True


class PageQuery(RequestShape):
    cursor: str | None = Field(default=None, max_length=200)
    limit: int = Field(default=24, ge=1, le=100)


def caller_language() -> Language:
    """The language in which this caller wants sentences."""
    return choose_language(request.headers.get("Accept-Language"))


def bearer_token() -> str | None:
    """The token of this request's Authorization header, if it has one."""
    kind, _, token = request.headers.get("Authorization", "").partition(" ")
    return token.strip() if kind.lower() == "bearer" and token else None


class Routes(APIBlueprint):
    """The routes of one noun; `service` and the handler's name make the operation id."""

    def __init__(self, service: str, noun: str, *, prefix: str) -> None:
        super().__init__(
            f"{service}_{noun}",
            __name__,
            url_prefix=prefix,
            abp_tags=[Tag(name=service)],
        )
        self.service = service

    def route_to(
        self,
        method: str,
        rule: str,
        *,
        access: Scope,
        returns: Any = None,
        status: int = 200,
        also: dict[int, type[BaseModel]] | None = None,
        description: str = "",
        has_raw_body: bool = False,
        body: dict[str, Any] | None = None,
        headers: Sequence[Header] = (),
        sends: Sequence[str] = (),
        refuses: Collection[int] = (),
    ) -> Callable[[Handler], Handler]:
        """Declare a route. `returns` None means the handler answers by itself or with 204.

        `also` names further good answers: returning such a shape answers with its status.
        `has_raw_body` lifts the body limit: the handler reads the stream and bounds it itself.
        `body` is the OpenAPI request body of such a handler.
        `headers` describes those that the handler reads from the request itself.
        `sends` names the media types of a file that the handler answers with.
        `refuses` names statuses of refusals beyond those that follow from what the route takes.
        """

        def declare(handler: Handler) -> Handler:
            adapter = TypeAdapter(returns) if returns is not None else None

            @wraps(handler)
            def view(**inputs: Any) -> Response:
                result = handler(**inputs)
                if isinstance(result, Response):
                    return result
                for other, shape in (also or {}).items():
                    if isinstance(result, shape):
                        given = result.model_dump_json()
                        return Response(given, status=other, mimetype="application/json")
                if adapter is None:
                    return Response(status=204)
                shaped = adapter.validate_python(result, from_attributes=True)
                return Response(
                    adapter.dump_json(shaped), status=status, mimetype="application/json"
                )

            view.access = access  # type: ignore[attr-defined]
            view.has_raw_body = has_raw_body  # type: ignore[attr-defined]
            view.headers = headers  # type: ignore[attr-defined]
            view.refuses = frozenset(refuses)  # type: ignore[attr-defined]
            view.takes_json = "body" in signature(handler).parameters  # type: ignore[attr-defined]
            if method in UNDOCUMENTED_METHODS:
                self.add_url_rule(rule, view.__name__, view, methods=[method.upper()])
                return view
            declared: Handler = getattr(self, method)(
                rule,
                operation_id=f"{self.service}.{handler.__name__}",
                summary=(handler.__doc__ or handler.__name__.replace("_", " ")).split("\n")[0],
                description=description,
                responses=_file(sends) if sends else _responses(returns, status, also or {}),
                security=None if access is Scope.PUBLIC else [{"cookie": []}, {"bearer": []}],
                openapi_extensions={"requestBody": body} if body else None,
            )(view)
            return declared

        return declare


def _responses(returns: Any, status: int, also: dict[int, type[BaseModel]]) -> dict[str, Any]:
    others = {str(other): shape for other, shape in also.items()}
    if returns is None:
        return {"204" if status == 200 else str(status): None, **others}
    if isinstance(returns, type) and issubclass(returns, BaseModel):
        return {str(status): returns, **others}
    raise TypeError("a route returns a pydantic model")


def _file(kinds: Sequence[str]) -> dict[str, Any]:
    """What `answer_with_file` answers: all, a part, or where it lies."""
    content = {kind: {"schema": {"type": "string", "format": "binary"}} for kind in kinds}
    return {
        "200": {"description": "The file", "content": content},
        "206": {"description": "A part of it, by a Range header", "content": content},
        "307": {"description": "It lies in the object store, at the address in Location"},
        "416": {"description": "The Range lies outside of the file"},
    }


def answer_with_file(
    store: Storage,
    key: str,
    content_type: str,
    *,
    cache_seconds: int = 0,
    file_name: str | None = None,
) -> Response:
    """The object, or the part of it that a Range header asks for (RFC 9110 §14).

    An object store that browsers can reach serves its bytes itself, by a signed redirect; a local
    file is sent by the server without passing through Python. Raises NotFound.
    """
    may_redirect = file_name is None and settings.storage_public_origin is not None
    if may_redirect and (url := store.sign(key)):
        return Response(status=307, headers={"Location": url})
    size = store.size(key)
    start, end, status = _wanted_range(size)
    response = Response(status=status, content_type=content_type)
    response.headers["Accept-Ranges"] = "bytes"
    if status == HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE:
        response.headers["Content-Range"] = f"bytes */{size}"
        return response
    path = store.local_path(key)
    if path and end > start and SEND_FILE in request.environ and request.method == "GET":
        request.environ[SEND_FILE] = (str(path), start, end)
    else:
        response.response = store.read(key, start, end)
    response.headers["Content-Length"] = str(end - start)
    if cache_seconds:
        response.headers["Cache-Control"] = f"private, max-age={cache_seconds}"
    if status == HTTPStatus.PARTIAL_CONTENT:
        response.headers["Content-Range"] = f"bytes {start}-{end - 1}/{size}"
    if file_name:
        response.headers.set("Content-Disposition", "attachment", **_name_of_download(file_name))
    return response


def _name_of_download(file_name: str) -> dict[str, str]:
    """RFC 6266: headers are ASCII, so the real name is encoded and a plain one stands beside it."""
    plain = unicodedata.normalize("NFKD", file_name.replace("ı", "i")).encode("ascii", "ignore")
    if plain == file_name.encode():
        return {"filename": file_name}
    return {"filename": plain.decode(), "filename*": f"UTF-8''{quote(file_name, safe='')}"}


def _wanted_range(size: int) -> tuple[int, int, HTTPStatus]:
    """First byte, byte after the last, status; a request for several ranges is answered whole."""
    header = request.headers.get("Range")
    wanted = parse_range_header(header) if header else None
    if wanted is None or wanted.units != "bytes" or len(wanted.ranges) != 1:
        return 0, size, HTTPStatus.OK
    found = wanted.range_for_length(size)
    if found is None:
        return 0, 0, HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE
    return found[0], found[1], HTTPStatus.PARTIAL_CONTENT
