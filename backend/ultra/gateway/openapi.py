"""The API document and a page to browse it."""

import re
from collections.abc import Sequence
from functools import cache
from http import HTTPStatus
from pathlib import Path
from typing import Any

import flask_openapi3_swagger
from flask import Flask, Response, jsonify, send_from_directory
from flask_openapi3 import OpenAPI

from ultra.kit.access import Scope
from ultra.kit.http import PROBLEM, FieldProblem, Header, Problem

SECURITY: dict[str, Any] = {
    "bearer": {"type": "http", "scheme": "bearer", "bearerFormat": "JWT"},
    "cookie": {
        "type": "apiKey",
        "in": "cookie",
        "name": "__Host-ultra_at",
        "description": "Without TLS its name is ultra_<port of the website>_at. What changes "
        "something brings an X-CSRF-Token as well (see GET /api/auth/csrf).",
    },
}
# A parameter in a rule of Flask's, with or without its converter.
_PARAMETER = re.compile(r"<(?:[^:>]*:)?([^>]+)>")
ASSETS = Path(flask_openapi3_swagger.__file__).parent / "templates" / "swagger"

PAGE = """<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Ultrarslanoğlu Core API</title>
<link rel="stylesheet" href="docs/css/swagger-ui.css">
<div id="document"></div>
<script src="docs/js/swagger-ui-bundle.js"></script>
<script src="docs/start.js"></script>
</html>
"""
START = """SwaggerUIBundle({url: '/api/openapi.json', dom_id: '#document', deepLinking: true});"""
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; connect-src 'self'; "
    "img-src 'self' data:; base-uri 'none'; frame-ancestors 'none'"
)


def set_up(app: OpenAPI) -> None:
    def document() -> Response:
        return jsonify(read_document(app))

    def docs() -> Response:
        return Response(PAGE, mimetype="text/html", headers={"Content-Security-Policy": POLICY})

    def docs_asset(name: str) -> Response:
        if name == "start.js":
            return Response(START, mimetype="text/javascript")
        return send_from_directory(ASSETS, name, max_age=86_400)

    add(app, "/api/openapi.json", document)
    add(app, "/api/docs", docs)
    add(app, "/api/docs/<path:name>", docs_asset)


def add(
    app: Flask,
    rule: str,
    view: Any,
    access: Scope = Scope.PUBLIC,
    methods: Sequence[str] = ("GET",),
) -> None:
    """Add a route that stands in no document."""
    view.access = access
    app.add_url_rule(rule, view.__name__, view, methods=methods)


@cache
def read_document(app: OpenAPI) -> dict[str, Any]:
    """The OpenAPI 3.1 document of an app, with every refusal described as a problem."""
    document = app.api_doc
    schemas = document["components"]["schemas"]
    for unused in ("ValidationErrorModel", "UnprocessableEntity"):
        schemas.pop(unused, None)
    for model in (FieldProblem, Problem):
        schema = model.model_json_schema(ref_template="#/components/schemas/{model}")
        schema.pop("$defs", None)
        schemas[model.__name__] = schema
    views = _views(app)
    # The last one is for what stands in front of us and answers in our place.
    refusals = {"Refusal": _problem("A problem, as RFC 9457 describes it")}
    for path, item in document["paths"].items():
        for method, operation in item.items():
            responses = operation["responses"]
            responses.pop("422", None)
            view = views[path, method]
            if view.headers:
                operation.setdefault("parameters", []).extend(map(_header, view.headers))
            for status in sorted(_refusals(path, method, operation, view)):
                # Described once: written out each time they were half of the document.
                refusals[f"Refusal{status}"] = _problem(_phrase(status))
                responses.setdefault(str(status), _response(f"Refusal{status}"))
            responses["default"] = _response("Refusal")
    document["components"]["responses"] = dict(sorted(refusals.items()))
    return document


def _views(app: OpenAPI) -> dict[tuple[str, str], Any]:
    """The handlers, by the path as the document writes it and the method."""
    return {
        (_PARAMETER.sub(r"{\1}", rule.rule), method.lower()): app.view_functions[rule.endpoint]
        for rule in app.url_map.iter_rules()
        for method in rule.methods or ()
    }


def _refusals(path: str, method: str, operation: dict[str, Any], view: Any) -> set[int]:
    """The statuses by which an operation may refuse, as they follow from what it takes."""
    # 401 for a public one as well: a wrong password, a key from a letter that is over.
    found = {401, 429, 503, *view.refuses}
    if view.access is not Scope.PUBLIC:
        found |= {403, 404}
    if method != "get":
        found |= {403, 409}
    if "{" in path:
        found |= {404}
    if operation.get("parameters"):
        found |= {422}
    if operation.get("requestBody"):
        found |= {404, 413, 415, 422}
    return found


def _header(header: Header) -> dict[str, Any]:
    return {
        "name": header.name,
        "in": "header",
        "required": header.is_required,
        "description": header.description,
        "schema": header.schema,
    }


def _phrase(status: int) -> str:
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        # One of another protocol's own, such as 460 of tus.
        return f"Status {status}"


def _response(name: str) -> dict[str, Any]:
    return {"$ref": f"#/components/responses/{name}"}


def _problem(description: str) -> dict[str, Any]:
    schema = {"$ref": "#/components/schemas/Problem"}
    return {"description": description, "content": {PROBLEM: {"schema": schema}}}
