"""Passkeys in a real Chromium with a virtual authenticator: our options and its answers fit."""

import threading
from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask
from werkzeug.serving import make_server

from tests.factories.auth import PASSWORD
from ultra.auth.public import CSRF_COOKIE
from ultra.settings import settings

pytestmark = pytest.mark.browser

SCRIPT = """
async ([path, make, body]) => {
  const token = document.cookie.split('; ').find(each => each.startsWith(COOKIE + '='))
  const send = async (path, body) => {
    const answer = await fetch(path, {
      method: 'POST',
      headers: {'Content-Type': 'application/json', 'X-CSRF-Token': token?.split('=')[1] ?? ''},
      body: body && JSON.stringify(body),
    })
    return {status: answer.status, body: answer.status === 204 ? null : await answer.json()}
  }
  if (!make) return send(path, body)
  const {options} = (await send(path)).body
  const credential = make === 'create'
    ? await navigator.credentials.create(
        {publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options)})
    : await navigator.credentials.get(
        {publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options)})
  return credential.toJSON()
}
""".replace("COOKIE", repr(CSRF_COOKIE))


@pytest.fixture
def page(stores: None, app: Flask, browser: Any) -> Iterator[Any]:
    """A page of our own origin, in a browser with an authenticator built in."""
    server = make_server("127.0.0.1", settings.website_port, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    context = browser.new_context()
    try:
        opened = context.new_page()
        opened.goto(f"{settings.website_url}/api/docs")
        tools = context.new_cdp_session(opened)
        tools.send("WebAuthn.enable")
        kind = {
            "protocol": "ctap2",
            "transport": "internal",
            "hasResidentKey": True,
            "hasUserVerification": True,
            "isUserVerified": True,
            "automaticPresenceSimulation": True,
        }
        tools.send("WebAuthn.addVirtualAuthenticator", {"options": kind})
        yield opened
    finally:
        context.close()
        server.shutdown()
        thread.join(10)
        server.server_close()


def post(page: Any, path: str, body: Any = None) -> Any:
    return page.evaluate(SCRIPT, [path, None, body])


def ask(page: Any, path: str, make: str) -> Any:
    return page.evaluate(SCRIPT, [path, make, None])


def test_making_one_and_signing_in_with_it_in_every_way(page: Any) -> None:
    person = {"email": "ayse@example.test", "password": PASSWORD, "name": "Ayşe"}
    assert post(page, "/api/auth/register", person)["status"] == 201
    credential = ask(page, "/api/auth/passkeys/options", "create")
    added = post(page, "/api/auth/passkeys", {"name": "Chromium", "credential": credential})
    assert added["status"] == 201, added
    assert len(added["body"]["recovery_codes"]) == 10

    used = ask(page, "/api/auth/step-up/options", "get")
    assert post(page, "/api/auth/step-up", {"passkey": used})["status"] == 204

    assert post(page, "/api/auth/logout")["status"] == 204
    used = ask(page, "/api/auth/passkeys/login/options", "get")
    signed_in = post(page, "/api/auth/passkeys/login", {"credential": used})
    assert signed_in["status"] == 200, signed_in
    assert signed_in["body"]["user"]["email"] == person["email"]

    assert post(page, "/api/auth/logout")["status"] == 204
    del person["name"]
    first = post(page, "/api/auth/login", person)
    assert (first["status"], first["body"]["second_factor"]["ways"]) == (
        202,
        ["passkey", "recovery"],
    )
    used = ask(page, "/api/auth/login/second-factor/options", "get")
    assert post(page, "/api/auth/login/second-factor", {"passkey": used})["status"] == 200
