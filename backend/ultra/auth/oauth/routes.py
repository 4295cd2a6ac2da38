"""HTTP for signing in by Google or GitHub, and for the accounts there that one has linked."""

from uuid import UUID

from flask import Response

from ultra.auth.factors import pending
from ultra.auth.factors import service as factors
from ultra.auth.oauth import browsers, journeys, records
from ultra.auth.oauth import service as oauth
from ultra.auth.oauth.errors import LinkNotYours
from ultra.auth.oauth.next_paths import read_next_path
from ultra.auth.oauth.providers.kinds import Profile, Provider
from ultra.auth.oauth.records import Departure, WaitingLink
from ultra.auth.oauth.schemas import (
    Departing,
    IdentityList,
    IdentityPath,
    IdentityRead,
    LinkStart,
    ProviderPath,
    Returning,
)
from ultra.auth.oauth.service import LinkNeeded
from ultra.auth.sessions import service as sessions
from ultra.auth.sessions.answering import caller_device, signed_in
from ultra.auth.users import service as users
from ultra.auth.users.models import User
from ultra.auth.users.preferences import Locale
from ultra.auth.workspaces import service as workspaces
from ultra.kit.access import Scope, current_actor, require_recent
from ultra.kit.db import read_only, transaction
from ultra.kit.errors import AppError
from ultra.kit.http import Routes, caller_language
from ultra.kit.log import get_logger

log = get_logger()
routes = Routes("auth", "oauth", prefix="/api/auth")


@routes.route_to(
    "get",
    "/oauth/<provider>",
    access=Scope.PUBLIC,
    status=302,
    description="For a browser, which is sent on; a refusal leads to the login page (?error=…), so "
    "does a link on another site: signing in begins with somebody's press of our own button.",
)
@browsers.walked_by_browsers
def start_oauth(path: ProviderPath, query: Departing) -> Response:
    """Go to Google or GitHub to sign in."""
    language = query.language or Locale(caller_language())
    next_path = read_next_path(query.next) or browsers.in_language(browsers.HOME, language)
    if browsers.comes_from_another_site():
        return browsers.send_to(browsers.in_language(browsers.LOGIN, language), next=next_path)
    return browsers.send_away(
        journeys.depart(path.provider, next_path=next_path, language=language)
    )


@routes.route_to(
    "get",
    "/oauth/<provider>/callback",
    access=Scope.PUBLIC,
    status=302,
    description="Believed only with the cookie of the browser that left. Leads on to the page that "
    "was wanted, to /login?link=… when the address belongs to an account, to /login/second-factor, "
    "or back with ?error=….",
)
@browsers.walked_by_browsers
def finish_oauth(path: ProviderPath, query: Returning) -> Response:
    """Come back from Google or GitHub."""
    departure = records.take(Departure)
    try:
        profile = journeys.identify(path.provider, query, departure)
        if departure.user_id is None:
            return _sign_in(departure, profile)
        return _link(departure, profile)
    except AppError as error:
        page = browsers.LOGIN if departure.user_id is None else browsers.IDENTITIES
        raise browsers.Failed(browsers.in_language(page, departure.language), error) from error


@routes.route_to("get", "/identities", access=Scope.ACCOUNT, returns=IdentityList)
def list_identities() -> IdentityList:
    """The accounts at Google and GitHub by which one can sign in."""
    with read_only() as session:
        found = oauth.list_identities(session, current_actor().user_id)
    return IdentityList(items=[IdentityRead.model_validate(each) for each in found])


@routes.route_to("post", "/identities/<provider>/link", access=Scope.ACCOUNT, returns=LinkStart)
def start_link(path: ProviderPath) -> LinkStart:
    """Link an account at Google or GitHub: answers where the browser goes next."""
    require_recent()
    language = Locale(caller_language())
    next_path = browsers.in_language(browsers.IDENTITIES, language)
    return LinkStart(
        url=journeys.depart(
            path.provider, next_path=next_path, language=language, linking=current_actor()
        )
    )


@routes.route_to("post", "/identities/confirm", access=Scope.ACCOUNT, returns=IdentityRead)
def confirm_link() -> IdentityRead:
    """Link the account by which this browser tried to sign in before it did so in another way."""
    require_recent()
    waiting, actor = records.take(WaitingLink), current_actor()
    if waiting.user_id != actor.user_id:
        raise LinkNotYours
    with transaction() as session:
        return IdentityRead.model_validate(oauth.link(session, actor.user_id, waiting.profile))


@routes.route_to("delete", "/identities/<uuid:identity_id>", access=Scope.ACCOUNT)
def unlink_identity(path: IdentityPath) -> None:
    """Unlink an account, if another way to sign in remains."""
    require_recent()
    with transaction() as session:
        oauth.unlink(session, current_actor().user_id, path.identity_id)


def _sign_in(departure: Departure, profile: Profile) -> Response:
    with transaction() as session:
        found = oauth.come_in(session, profile, departure.language)
    if isinstance(found, LinkNeeded):
        records.keep(WaitingLink(found.user_id, profile))
        page = browsers.in_language(browsers.LOGIN, departure.language)
        return browsers.send_to(page, link=profile.provider, next=departure.next_path)
    return enter(found, profile.provider, departure)


def enter(user: User, provider: Provider, departure: Departure) -> Response:
    """Let somebody in whose identity is proved, or ask for their second factor first."""
    with transaction() as session:
        users.refuse_disabled(session, user.id)
        if factors.is_needed(session, user.id):
            pending.begin(user, [provider])
            page = browsers.in_language(browsers.SECOND_FACTOR, departure.language)
            waiting = _waiting_link_of(user.id)
            # The page confirms it, once the second factor is proved.
            link = {"link": waiting.profile.provider} if waiting else {}
            return browsers.send_to(page, next=departure.next_path, **link)
        workspace = workspaces.get_first_of(session, user.id)
        opened = sessions.open_session(
            session,
            user.id,
            workspace.id,
            caller_device(),
            methods=[provider],
            epoch=user.credential_epoch,
        )
    signed_in(opened, user, workspace)
    _link_what_waits(user.id)
    return browsers.send_to(departure.next_path)


def _waiting_link_of(user_id: UUID) -> WaitingLink | None:
    waiting = records.find(WaitingLink)
    return waiting if waiting and waiting.user_id == user_id else None


def _link_what_waits(user_id: UUID) -> None:
    """Link the account by which this browser came before: its owner has just proved who they are.

    They are in, whatever becomes of it.
    """
    try:
        if _waiting_link_of(user_id):
            waiting = records.take(WaitingLink)
            with transaction() as session:
                oauth.link(session, user_id, waiting.profile)
    except AppError as error:
        log.info("oauth.not_linked", code=error.code, user_id=str(user_id))


def _link(departure: Departure, profile: Profile) -> Response:
    assert departure.user_id is not None
    assert departure.session_id is not None
    # Whoever signed out meanwhile, or was signed out, links nothing any more.
    sessions.check_session(departure.session_id)
    with transaction() as session:
        oauth.link(session, departure.user_id, profile)
    return browsers.send_to(departure.next_path, linked=profile.provider)
