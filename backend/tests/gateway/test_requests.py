"""What surrounds every request: errors, limits, ids, headers, metrics."""

import os
import subprocess
import sys

import pytest
from flask.testing import FlaskClient
from prometheus_client.parser import text_string_to_metric_families

from tests.factories.auth import sign_up
from ultra.gateway import openapi
from ultra.gateway.app import create_app
from ultra.kit.http import PROBLEM, Problem
from ultra.settings import settings

REGISTER = "/api/auth/register"


@pytest.fixture
def broken(stores: None) -> FlaskClient:
    """A client of an app whose /api/broken breaks."""

    def fail() -> str:
        raise RuntimeError("geheimnis")

    app = create_app()
    openapi.add(app, "/api/broken", fail)
    return app.test_client()


class TestProblem:
    def test_an_unknown_path_is_a_problem(self, client: FlaskClient) -> None:
        answer = client.get("/api/nowhere", headers={"Accept-Language": "tr"})
        assert answer.status_code == 404
        assert answer.mimetype == PROBLEM
        problem = Problem.model_validate(answer.get_json())
        assert (problem.code, problem.detail) == ("not_found", "Aradığınız şey bulunamadı.")
        assert problem.request_id == answer.headers["X-Request-ID"]

    @pytest.mark.parametrize("language", ["tr", "en"])
    def test_a_wrong_method_says_which_are_right(self, client: FlaskClient, language: str) -> None:
        answer = client.put(REGISTER, headers={"Accept-Language": language})
        assert answer.status_code == 405
        assert answer.mimetype == PROBLEM
        assert "POST" in answer.headers["Allow"]
        assert answer.get_json()["code"] == "method_not_allowed"
        assert ("yöntem" in answer.get_json()["detail"]) is (language == "tr")

    def test_an_unexpected_fault_tells_nothing_of_the_inside(self, broken: FlaskClient) -> None:
        answer = broken.get("/api/broken")
        assert answer.status_code == 500
        assert answer.get_json()["code"] == "internal_error"
        assert "geheimnis" not in answer.text

    def test_broken_json_is_the_callers_fault(self, client: FlaskClient) -> None:
        answer = client.post(REGISTER, data="{", content_type="application/json")
        assert answer.status_code in (400, 422)
        assert answer.mimetype == PROBLEM


class TestFields:
    def send(self, client: FlaskClient, language: str) -> dict[str, dict[str, str]]:
        answer = client.post(
            REGISTER,
            json={"email": "nobody", "password": "kısa", "nickname": "x"},
            headers={"Accept-Language": language},
        )
        assert answer.status_code == 422
        assert answer.get_json()["code"] == "invalid"
        return {each["field"]: each for each in answer.get_json()["errors"]}

    def test_names_each_field_in_turkish(self, client: FlaskClient) -> None:
        assert {name: each["detail"] for name, each in self.send(client, "tr").items()} == {
            "email": "Geçerli bir e-posta adresi girin.",
            "password": "En az 8 karakter olmalı.",
            "name": "Bu alan gerekli.",
            "nickname": "Böyle bir alan yok.",
        }

    def test_names_each_field_in_english(self, client: FlaskClient) -> None:
        assert {name: each["detail"] for name, each in self.send(client, "en").items()} == {
            "email": "Enter a valid e-mail address.",
            "password": "Use at least 8 characters.",
            "name": "This field is required.",
            "nickname": "There is no such field.",
        }

    def test_does_not_repeat_what_was_sent(self, client: FlaskClient) -> None:
        answer = client.post(REGISTER, json={"password": "kısa"})
        assert "kısa" not in answer.text

    def test_refuses_a_broken_query(self, client: FlaskClient) -> None:
        sign_up(client)
        answer = client.get("/api/video?limit=1000&colour=red")
        assert answer.status_code == 422
        assert {each["field"] for each in answer.get_json()["errors"]} == {"limit", "colour"}


class TestLimit:
    def test_refuses_json_over_the_limit(self, client: FlaskClient) -> None:
        body = {"name": "x" * settings.gateway.max_body_bytes}
        answer = client.post(REGISTER, json=body)
        assert answer.status_code == 413
        assert answer.get_json()["code"] == "too_large"

    def test_takes_json_below_it(self, client: FlaskClient) -> None:
        body = {"name": "x" * (settings.gateway.max_body_bytes - 100)}
        assert client.post(REGISTER, json=body).status_code == 422


class TestHeaders:
    def test_every_answer_has_an_id_of_its_own(self, client: FlaskClient) -> None:
        wish = {"X-Request-ID": "chosen"}
        ids = {client.get("/livez", headers=wish).headers["X-Request-ID"] for _ in range(3)}
        assert len(ids) == 3
        assert "chosen" not in ids

    @pytest.mark.parametrize("path", ["/livez", "/api/nowhere", "/api/auth/me"])
    def test_nothing_may_be_sniffed_framed_or_kept(self, client: FlaskClient, path: str) -> None:
        headers = client.get(path).headers
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["X-Frame-Options"] == "DENY"
        assert headers["Content-Security-Policy"].startswith("default-src 'none'; base-uri 'none'")
        assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
        assert headers["Cache-Control"] == "no-store"

    @pytest.mark.parametrize("environment", ["local", "production"])
    def test_only_production_asks_for_https(self, environment: str) -> None:
        given = {
            "ULTRA_ENVIRONMENT": environment,
            "ULTRA_DATABASE_URL": "postgresql://localhost/none",
            "ULTRA_REDIS_URL": "redis://localhost",
            "ULTRA_STORAGE_URL": "file:///tmp",
            "ULTRA_SECRET_KEY": "s" * 32,
            "ULTRA_PUBLIC_URL": "https://ultra.example",
        }
        program = "from ultra.gateway.requests import HEADERS; print(dict(HEADERS))"
        done = subprocess.run(
            [sys.executable, "-c", program],
            env={**os.environ, **given},
            capture_output=True,
            text=True,
            check=True,
            timeout=30,
        )
        assert ("Strict-Transport-Security" in done.stdout) is (environment == "production")


class TestMetrics:
    def count(self, client: FlaskClient, **labels: str) -> float:
        text = client.get("/metrics").text
        return sum(
            sample.value
            for family in text_string_to_metric_families(text)
            for sample in family.samples
            if sample.name == "ultra_http_requests_total"
            and labels.items() <= sample.labels.items()
        )

    def test_requests_are_counted_by_rule_and_status(self, client: FlaskClient) -> None:
        person = sign_up(client)
        labels = {"service": "video", "route": "/api/video/<uuid:video_id>", "code": "404"}
        before = self.count(client, **labels)
        client.get(f"/api/video/{person.user_id}")
        assert self.count(client, **labels) == before + 1

    def test_unknown_paths_share_one_label(self, client: FlaskClient) -> None:
        before = self.count(client, route="unknown")
        client.get("/api/first-guess")
        client.get("/api/second-guess")
        assert self.count(client, route="unknown") == before + 2
        assert "/api/first-guess" not in client.get("/metrics").text

    def test_nothing_stays_in_flight(self, broken: FlaskClient) -> None:
        broken.get("/api/broken")
        broken.get("/api/nowhere")
        for line in broken.get("/metrics").text.splitlines():
            if line.startswith("ultra_http_requests_in_flight "):
                # The request for the metrics themselves.
                assert line.endswith(" 1.0")
                return
        pytest.fail("there is no such metric")
