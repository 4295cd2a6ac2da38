"""What every way to sign in has in common: which device asks, and the answer with its cookies."""

from uuid import UUID

from flask import after_this_request, request

from ultra.auth.sessions import access_tokens, known_devices
from ultra.auth.sessions.cookies import (
    DEVICE_COOKIE,
    refresh_cookie,
    set_cookies,
    set_device_cookie,
)
from ultra.auth.sessions.schemas import SignedIn
from ultra.auth.sessions.service import Device, Opened
from ultra.auth.users.models import User
from ultra.auth.users.schemas import UserRead
from ultra.auth.workspaces.models import Workspace
from ultra.auth.workspaces.schemas import WorkspaceRead


def caller_device() -> Device:
    """The device that this request comes from."""
    user_agent = request.headers.get("User-Agent", "").replace("\0", "")
    return Device(
        user_agent[:400],
        request.remote_addr or "",
        request.cookies.get(DEVICE_COOKIE),
        refresh_cookie(),
    )


def remember_device(user_id: UUID) -> None:
    """From now on this browser is known to this account: its owner was here."""
    mark = known_devices.remember(request.cookies.get(DEVICE_COOKIE), user_id)
    after_this_request(lambda response: set_device_cookie(response, mark))


def signed_in(opened: Opened, user: User, workspace: Workspace) -> SignedIn:
    """The answer to somebody who is signed in now; the browser gets its cookies with it."""
    token = access_tokens.issue(opened.user_id, opened.session_id)
    after_this_request(
        lambda response: set_cookies(response, token, opened.refresh_token, opened.session_id)
    )
    remember_device(opened.user_id)
    return SignedIn(
        token=token,
        user=UserRead.model_validate(user),
        workspace=WorkspaceRead.model_validate(workspace),
    )
