"""The API document is complete, valid, current, and can be browsed."""

import json
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from ultra.gateway.openapi import read_document
from ultra.kit.access import Scope
from ultra.settings import REPOSITORY, SERVICES

METHODS = {"get", "post", "put", "patch", "delete"}


@pytest.fixture(scope="module")
def document(app: Flask) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(json.dumps(read_document(app)))  # type: ignore[arg-type]
    return found


def operations(document: dict[str, Any]) -> list[tuple[str, str, dict[str, Any]]]:
    return [
        (path, method, operation)
        for path, item in document["paths"].items()
        for method, operation in item.items()
        if method in METHODS
    ]


def references(part: Any) -> set[str]:
    if isinstance(part, dict):
        own = {part["$ref"]} if isinstance(part.get("$ref"), str) else set()
        return own.union(*map(references, part.values()))
    if isinstance(part, list):
        return set().union(*map(references, part))
    return set()


def test_it_is_openapi_3_1(document: dict[str, Any]) -> None:
    assert document["openapi"].startswith("3.1")
    assert document["info"]["title"] == "Ultrarslanoğlu Core"


def test_every_operation_has_an_id_of_its_own(document: dict[str, Any]) -> None:
    ids = [operation["operationId"] for _, _, operation in operations(document)]
    assert len(ids) > 20
    assert len(ids) == len(set(ids))
    assert all(name.split(".")[0] in SERVICES for name in ids)


def test_every_operation_says_what_it_answers(document: dict[str, Any]) -> None:
    for path, method, operation in operations(document):
        good = [status for status in operation["responses"] if status[0] in "23"]
        assert good, (path, method)
        assert operation["responses"]["default"] == {"$ref": "#/components/responses/Refusal"}


def test_every_refusal_is_a_problem(document: dict[str, Any]) -> None:
    refusals = document["components"]["responses"]
    assert {"Refusal", "Refusal401", "Refusal404", "Refusal422"} <= set(refusals)
    for each in refusals.values():
        problem = each["content"]["application/problem+json"]
        assert problem["schema"] == {"$ref": "#/components/schemas/Problem"}


def test_every_operation_says_who_may_call(app: Flask, document: dict[str, Any]) -> None:
    schemes = set(document["components"]["securitySchemes"])
    by_path = {
        (rule.rule.replace("<uuid:", "{").replace("<", "{").replace(">", "}"), method): rule
        for rule in app.url_map.iter_rules()
        for method in rule.methods or ()
    }
    for path, method, operation in operations(document):
        rule = by_path[path, method.upper()]
        is_public = app.view_functions[rule.endpoint].access is Scope.PUBLIC  # type: ignore[attr-defined]
        named = {name for each in operation.get("security", []) for name in each}
        assert named == (set() if is_public else schemes), (path, method)


def test_every_documented_route_of_the_services_is_there(
    app: Flask, document: dict[str, Any]
) -> None:
    documented = {
        (path, method.upper()) for path, item in document["paths"].items() for method in item
    }
    for rule in app.url_map.iter_rules():
        if rule.endpoint.split("_")[0] in SERVICES:
            path = rule.rule.replace("<uuid:", "{").replace("<", "{").replace(">", "}")
            for method in (rule.methods or set()) & {each.upper() for each in METHODS}:
                assert (path, method) in documented


def test_every_reference_leads_somewhere(document: dict[str, Any]) -> None:
    found = references(document)
    assert found
    for reference in found:
        place: Any = document
        for name in reference.removeprefix("#/").split("/"):
            assert name in place, reference
            place = place[name]


def test_path_parameters_are_declared(document: dict[str, Any]) -> None:
    for path, method, operation in operations(document):
        declared = {
            each["name"] for each in operation.get("parameters", []) if each["in"] == "path"
        }
        named = {part[1:-1] for part in path.split("/") if part.startswith("{")}
        assert declared == named, (path, method)


def test_the_file_for_the_client_is_current(document: dict[str, Any]) -> None:
    file = REPOSITORY / "api-client" / "openapi.json"
    assert json.loads(file.read_text()) == document, "run ./ultra openapi"


def test_the_document_is_served(client: FlaskClient, document: dict[str, Any]) -> None:
    assert client.get("/api/openapi.json").get_json() == document


class TestPage:
    def test_it_names_files_that_are_served_too(self, client: FlaskClient) -> None:
        page = client.get("/api/docs")
        assert page.status_code == 200
        assert "script-src 'self'" in page.headers["Content-Security-Policy"]
        for name in ("css/swagger-ui.css", "js/swagger-ui-bundle.js", "start.js"):
            assert f'"docs/{name}"' in page.text
            with client.get(f"/api/docs/{name}") as asset:
                assert asset.status_code == 200

    def test_nothing_else_is_served(self, client: FlaskClient) -> None:
        assert client.get("/api/docs/../__init__.py").status_code == 404
        assert client.get("/api/docs/js/missing.js").status_code == 404
