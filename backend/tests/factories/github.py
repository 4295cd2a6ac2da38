"""A workspace connected to the GitHub that the sandbox plays, and what that is told to do."""

import json
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from flask.testing import FlaskClient
from sqlalchemy import update

from tests.factories.notifications import run_now
from tests.kit.tasks.toys import jobs_named
from tests.sandbox.conftest import Sandbox
from ultra.kit.db import transaction
from ultra.kit.tasks import Job
from ultra.platforms.github import oauth
from ultra.platforms.github.oauth import Granted
from ultra.projects.connections.asking import challenge_of
from ultra.projects.connections.models import GitHubConnection

GITHUB = "/api/projects/github"
GRANT = "/github-app/login/oauth/authorize"
VERIFIER = "a-verifier-that-nobody-could-guess-in-a-hundred-years"
REFRESH = "projects.refresh_repositories"


def decide(sandbox: Sandbox, url: str, decision: str = "grant") -> str:
    """What a person does on GitHub's page; the address that their browser is sent to then."""
    asked = {name: values[0] for name, values in parse_qs(urlsplit(url).query).items()}
    form = urlencode({**asked, "decision": decision})
    answer = sandbox.ask("POST", GRANT, form, Content_Type="application/x-www-form-urlencoded")
    assert answer.status == 302, answer.content
    return dict(answer.headers)[b"Location"].decode()


def come_back(client: FlaskClient, address: str) -> str:
    """Follow GitHub's redirect; what the page of our website is told."""
    place = urlsplit(address)
    answer = client.get(f"{place.path}?{place.query}")
    assert answer.status_code == 302, answer.text
    return parse_qs(urlsplit(answer.headers["Location"]).query)["github"][0]


def begin(client: FlaskClient) -> str:
    answer = client.post(f"{GITHUB}/connect")
    assert answer.status_code == 200, answer.text
    url: str = answer.get_json()["url"]
    return url


def connect(client: FlaskClient, sandbox: Sandbox) -> None:
    """Connect the workspace of the person at this browser."""
    assert come_back(client, decide(sandbox, begin(client))) == "connected"


def grant(sandbox: Sandbox) -> Granted:
    """Tokens, without any workspace: for tests of the connector alone."""
    challenge = challenge_of(VERIFIER)
    redirect = "http://localhost:3001/api/projects/github/callback"
    url = oauth.authorize_url(state="state", challenge=challenge, redirect_url=redirect)
    code = parse_qs(urlsplit(decide(sandbox, url)).query)["code"][0]
    granted = oauth.exchange(code, verifier=VERIFIER, redirect_url=redirect)
    assert isinstance(granted, Granted)
    return granted


def tell_sandbox(sandbox: Sandbox, path: str, **wanted: Any) -> None:
    answer = sandbox.ask("PUT", f"/github-app/sandbox/{path}", json.dumps(wanted))
    assert answer.status == 200, answer.content


def calls(sandbox: Sandbox) -> dict[str, dict[str, int]]:
    """How often each path was asked, and how often nothing had changed."""
    found: dict[str, dict[str, int]] = json.loads(
        sandbox.ask("GET", "/github-app/sandbox/calls").content
    )
    return found


def change_connection(**values: Any) -> None:
    with transaction() as session:
        session.execute(update(GitHubConnection).values(**values))


def refresh() -> Job:
    """Run the newest job that looks at repositories."""
    return run_now(jobs_named(REFRESH)[-1].id)
