"""Shapes of requests and responses about the connection to GitHub."""

from datetime import datetime

from pydantic import ConfigDict, Field

from ultra.kit.http import RequestShape, ResponseShape
from ultra.projects.connections.states import ConnectionState


class ConnectionRead(ResponseShape):
    login: str = Field(description="The account at GitHub")
    state: ConnectionState
    connected_at: datetime
    limited_until: datetime | None = Field(description="GitHub asked to be left alone until then")


class GitHubRead(ResponseShape):
    is_available: bool = Field(description="Whether this installation can connect at all")
    connection: ConnectionRead | None


class ConnectAnswer(ResponseShape):
    url: str = Field(description="Where the person grants access; to be opened by the browser")


class CallbackQuery(RequestShape):
    """What GitHub sends the browser back with, and whatever else it may add; all may be forged."""

    model_config = ConfigDict(extra="ignore")

    state: str = Field(default="", max_length=200)
    code: str = Field(default="", max_length=200)
    error: str = Field(default="", max_length=100)
