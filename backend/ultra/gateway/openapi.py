"""The API document and a page to browse it."""

from functools import cache
from pathlib import Path
from typing import Any

import flask_openapi3_swagger
from flask import Flask, Response, jsonify, send_from_directory
from flask_openapi3 import OpenAPI

from ultra.kit.access import Scope
from ultra.kit.http import PROBLEM, FieldProblem, Problem

SECURITY: dict[str, Any] = {
    "bearer": {"type": "http", "scheme": "bearer", "bearerFormat": "JWT"},
    "cookie": {"type": "apiKey", "in": "cookie", "name": "access token"},
}
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
    "img-src 'self' data:; frame-ancestors 'none'"
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


def add(app: Flask, rule: str, view: Any, access: Scope = Scope.PUBLIC) -> None:
    view.access = access
    app.add_url_rule(rule, view.__name__, view)


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
    refusal = {"schema": {"$ref": "#/components/schemas/Problem"}}
    for path in document["paths"].values():
        for operation in path.values():
            operation["responses"].pop("422", None)
            operation["responses"]["default"] = {
                "description": "A problem, as RFC 9457 describes it",
                "content": {PROBLEM: refusal},
            }
    return document
