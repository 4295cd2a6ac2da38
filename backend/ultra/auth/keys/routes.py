"""HTTP for one's API keys."""

from ultra.auth.keys import service as keys
from ultra.auth.keys.schemas import KeyCreate, KeyMade, KeyPage, KeyPath, KeyRead
from ultra.kit.access import Scope, current_actor, require_recent
from ultra.kit.db import read_only, transaction
from ultra.kit.http import PageQuery, Routes
from ultra.kit.paging import read_cursor, write_cursor

routes = Routes("auth", "keys", prefix="/api/auth/keys")


@routes.route_to("get", "", access=Scope.ACCOUNT, returns=KeyPage)
def list_keys(query: PageQuery) -> KeyPage:
    """One's API keys in this workspace."""
    actor = current_actor()
    with read_only() as session:
        found = keys.list_own(
            session, actor, after=read_cursor(query.cursor), limit=query.limit + 1
        )
    shown, last = found[: query.limit], None
    if len(found) > query.limit:
        last = write_cursor(shown[-1].created_at, shown[-1].id)
    return KeyPage(
        items=[KeyRead.model_validate(each) for each in shown],
        next_cursor=last,
        grantable_scopes=sorted(keys.grantable(actor)),
    )


@routes.route_to("post", "", access=Scope.ACCOUNT, returns=KeyMade, status=201)
def create_key(body: KeyCreate) -> KeyMade:
    """Make an API key; the answer is the only place that shows it."""
    require_recent()
    with transaction() as session:
        key, plain = keys.create(session, current_actor(), body)
    return KeyMade(key=plain, details=KeyRead.model_validate(key))


@routes.route_to("post", "/<uuid:key_id>/rotate", access=Scope.ACCOUNT, returns=KeyMade, status=201)
def rotate_key(path: KeyPath) -> KeyMade:
    """Replace an API key; the old one works for another day."""
    require_recent()
    with transaction() as session:
        key, plain = keys.rotate(session, current_actor(), path.key_id)
    return KeyMade(key=plain, details=KeyRead.model_validate(key))


@routes.route_to("delete", "/<uuid:key_id>", access=Scope.ACCOUNT)
def end_key(path: KeyPath) -> None:
    """End an API key, at once."""
    with transaction() as session:
        keys.end(session, current_actor(), path.key_id)
