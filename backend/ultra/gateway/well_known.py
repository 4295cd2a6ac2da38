"""`/.well-known/jwks.json`: the public keys by which anybody can verify our access tokens."""

from flask import Flask, Response, jsonify

from ultra.auth import public as auth
from ultra.gateway import openapi


def set_up(app: Flask) -> None:
    openapi.add(app, "/.well-known/jwks.json", jwks)


def jwks() -> Response:
    """Keys of the past, the present and the near future (RFC 7517)."""
    response = jsonify(keys=auth.public_keys())
    response.headers["Cache-Control"] = "public, max-age=300"
    return response
