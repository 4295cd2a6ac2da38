"""Every query for workspaces. Those that are deleted are nobody's any more, unless it is said."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    and_,
    column,
    delete,
    exists,
    func,
    not_,
    or_,
    select,
    table,
    text,
    update,
)
from sqlalchemy.orm import InstrumentedAttribute, Session, aliased

from ultra.auth.workspaces.models import Membership, Workspace
from ultra.kit.roles import Role

_LIVES = Workspace.deleted_at.is_(None)

# The noun of factors stands above this one, so its tables are named instead of imported.
_totp_secrets = table("totp_secrets", column("user_id"), column("confirmed_at"))
_passkeys = table("passkeys", column("user_id"))
# The noun of people does as well.
_users = table("users", column("id"), column("disabled_at"))


@dataclass(frozen=True)
class Standing:
    """What somebody is in a workspace."""

    role: Role
    lacks_second_factor: bool
    """The workspace demands one, and they have none: they are kept out."""


@dataclass(frozen=True)
class Mine:
    """A workspace from the view of one of its members."""

    workspace: Workspace
    role: Role
    members: int


def insert(session: Session, name: str, owner_id: UUID) -> Workspace:
    workspace = Workspace(name=name)
    session.add(workspace)
    session.flush()
    insert_membership(session, workspace.id, owner_id, Role.OWNER)
    return workspace


def insert_membership(session: Session, workspace_id: UUID, user_id: UUID, role: Role) -> None:
    session.add(Membership(workspace_id=workspace_id, user_id=user_id, role=role))
    session.flush()


def find_for(session: Session, user_id: UUID, workspace_id: UUID) -> Workspace | None:
    """The workspace, if this person belongs to it."""
    return session.scalar(
        select(Workspace)
        .join(Membership, Membership.workspace_id == Workspace.id)
        .where(Workspace.id == workspace_id, Membership.user_id == user_id, _LIVES)
    )


def find(session: Session, workspace_id: UUID) -> Workspace | None:
    """Whether it lives or not, and whoever asks."""
    return session.get(Workspace, workspace_id)


def lock(session: Session, workspace_id: UUID) -> Workspace | None:
    """The living workspace; until commit nobody else changes who belongs to it."""
    return session.scalar(
        select(Workspace)
        .where(Workspace.id == workspace_id, _LIVES)
        .with_for_update(key_share=True)
        .execution_options(populate_existing=True)
    )


def lock_deleted(session: Session, workspace_id: UUID, *, age: timedelta) -> Workspace | None:
    """A workspace that was deleted, and not so long ago."""
    return session.scalar(
        select(Workspace)
        .where(Workspace.id == workspace_id, Workspace.deleted_at >= func.now() - age)
        .with_for_update(key_share=True)
        .execution_options(populate_existing=True)
    )


def lock_memberships_of(session: Session, user_ids: Collection[UUID]) -> None:
    """Until commit nobody else takes one of these people out of any of their workspaces."""
    session.execute(
        select(Membership.user_id)
        .where(Membership.user_id.in_(user_ids))
        .order_by(Membership.user_id, Membership.workspace_id)
        .with_for_update()
    ).all()


def has_second_factor(user_id: InstrumentedAttribute[UUID]) -> ColumnElement[bool]:
    """Whether the person of a row has an authenticator app or a passkey.

    True in a request for its own person alone: nobody sees the factors of others (see kit.walls).
    """
    totp = select(_totp_secrets.c.user_id).where(
        _totp_secrets.c.user_id == user_id, _totp_secrets.c.confirmed_at.is_not(None)
    )
    passkey = select(_passkeys.c.user_id).where(_passkeys.c.user_id == user_id)
    return or_(totp.exists(), passkey.exists())


LACKS_SECOND_FACTOR = and_(
    Workspace.requires_second_factor, not_(has_second_factor(Membership.user_id))
)


def find_standing(session: Session, user_id: UUID, workspace_id: UUID) -> Standing | None:
    row = session.execute(
        select(Membership.role, LACKS_SECOND_FACTOR)
        .join(Workspace, Workspace.id == Membership.workspace_id)
        .where(Membership.workspace_id == workspace_id, Membership.user_id == user_id, _LIVES)
    ).one_or_none()
    return Standing(*row) if row else None


def find_role(session: Session, user_id: UUID, workspace_id: UUID) -> Role | None:
    standing = find_standing(session, user_id, workspace_id)
    return standing.role if standing else None


def list_with_second_factor(session: Session, workspace_id: UUID) -> set[UUID]:
    """The members who have one."""
    return set(
        session.scalars(
            select(Membership.user_id).where(
                Membership.workspace_id == workspace_id, has_second_factor(Membership.user_id)
            )
        )
    )


def has_factor(session: Session, user_id: UUID) -> bool:
    """Whether the caller has a second factor of their own."""
    query = select(has_second_factor(Membership.user_id)).where(Membership.user_id == user_id)
    return bool(session.scalar(query.limit(1)))


def find_last_role(session: Session, user_id: UUID, workspace_id: UUID) -> Role | None:
    """The role in a workspace that may be deleted."""
    return session.scalar(
        select(Membership.role).where(
            Membership.workspace_id == workspace_id, Membership.user_id == user_id
        )
    )


def set_role(session: Session, workspace_id: UUID, user_id: UUID, role: Role) -> None:
    session.execute(
        update(Membership)
        .where(Membership.workspace_id == workspace_id, Membership.user_id == user_id)
        .values(role=role)
    )


def remove_membership(session: Session, workspace_id: UUID, user_id: UUID) -> None:
    session.execute(
        delete(Membership).where(
            Membership.workspace_id == workspace_id, Membership.user_id == user_id
        )
    )


def count_owners(session: Session, workspace_id: UUID) -> int:
    query = select(func.count()).where(
        Membership.workspace_id == workspace_id, Membership.role == Role.OWNER
    )
    return session.scalar(query) or 0


def find_first_of(session: Session, user_id: UUID) -> Workspace | None:
    return session.scalar(
        select(Workspace)
        .join(Membership, Membership.workspace_id == Workspace.id)
        .where(Membership.user_id == user_id, _LIVES)
        .order_by(Membership.created_at, Workspace.id)
        .limit(1)
    )


def count_of(session: Session, user_id: UUID) -> int:
    """How many living workspaces a person belongs to."""
    query = (
        select(func.count())
        .select_from(Membership)
        .join(Workspace, Workspace.id == Membership.workspace_id)
        .where(Membership.user_id == user_id, _LIVES)
    )
    return session.scalar(query) or 0


def names_of(session: Session, user_id: UUID) -> dict[UUID, str]:
    """What the living workspaces that a person belongs to are called."""
    query = (
        select(Workspace.id, Workspace.name)
        .join(Membership, Membership.workspace_id == Workspace.id)
        .where(Membership.user_id == user_id, _LIVES)
    )
    return {each.id: each.name for each in session.execute(query)}


def list_of(session: Session, user_id: UUID) -> list[Mine]:
    """Everything that a person belongs to, also what is deleted and not removed yet."""
    everybody = (
        select(func.count())
        .where(Membership.workspace_id == Workspace.id)
        .correlate(Workspace)
        .scalar_subquery()
    )
    rows = session.execute(
        select(Workspace, Membership.role, everybody)
        .join(Membership, Membership.workspace_id == Workspace.id)
        .where(Membership.user_id == user_id)
        .order_by(Membership.created_at, Workspace.id)
    )
    return [Mine(*row) for row in rows]


def list_memberships(session: Session, workspace_id: UUID) -> Sequence[Membership]:
    """In the order in which they came."""
    return session.scalars(
        select(Membership)
        .where(Membership.workspace_id == workspace_id)
        .order_by(Membership.created_at, Membership.user_id)
    ).all()


def members_of(session: Session, workspace_ids: Collection[UUID]) -> list[tuple[UUID, UUID]]:
    """Pairs of a workspace and a person who may see what happens there.

    They belong to it, their account is open, and nothing keeps them out.
    """
    rows = session.execute(
        select(Membership.workspace_id, Membership.user_id, Workspace.requires_second_factor)
        .join(Workspace, Workspace.id == Membership.workspace_id)
        .join(_users, _users.c.id == Membership.user_id)
        .where(Membership.workspace_id.in_(workspace_ids), _LIVES, _users.c.disabled_at.is_(None))
        .order_by(Membership.created_at, Membership.user_id)
    ).all()
    demanding = {workspace_id for workspace_id, _, is_demanded in rows if is_demanded}
    protected = _protected_in(session, demanding)
    return [
        (workspace_id, user_id)
        for workspace_id, user_id, _ in rows
        if workspace_id not in demanding or (workspace_id, user_id) in protected
    ]


def _protected_in(session: Session, workspace_ids: set[UUID]) -> set[tuple[UUID, UUID]]:
    """Pairs of a workspace and a member with a second factor, whoever asks.

    The wall of a request hides the factors of others, and all of them would seem to have none; so
    this one query is made outside of it.
    """
    if not workspace_ids:
        return set()
    role = session.scalar(text("select current_setting('role')"))
    _set_role(session, "none")
    pairs = session.execute(
        select(Membership.workspace_id, Membership.user_id).where(
            Membership.workspace_id.in_(workspace_ids), has_second_factor(Membership.user_id)
        )
    ).all()
    _set_role(session, role)
    return {(workspace_id, user_id) for workspace_id, user_id in pairs}


def _set_role(session: Session, role: str | None) -> None:
    session.execute(text("select set_config('role', :role, true)"), {"role": role})


def list_abandoned_of(session: Session, user_id: UUID) -> list[UUID]:
    """A person's workspaces in which every account is closed."""
    query = select(Membership.workspace_id).where(
        Membership.user_id == user_id, ~_is_looked_after(Membership.workspace_id)
    )
    return list(session.scalars(query))


def is_resting(workspace_id: InstrumentedAttribute[Any]) -> ColumnElement[bool]:
    """For queries of others: whether it is deleted, or every account of its members is closed."""
    workspace = aliased(Workspace)
    is_deleted = exists().where(workspace.id == workspace_id, workspace.deleted_at.is_not(None))
    has_members = exists().where(Membership.workspace_id == workspace_id)
    return or_(is_deleted, and_(has_members, ~_is_looked_after(workspace_id)))


def _is_looked_after(workspace_id: InstrumentedAttribute[Any]) -> ColumnElement[bool]:
    """Whether the account of any member is open."""
    member, account = aliased(Membership), aliased(_users)
    return exists().where(
        member.workspace_id == workspace_id,
        account.c.id == member.user_id,
        account.c.disabled_at.is_(None),
    )


def lives(session: Session, workspace_id: UUID) -> bool:
    query = select(Workspace.id).where(Workspace.id == workspace_id, ~is_resting(Workspace.id))
    return session.scalar(query) is not None


def set_deleted(session: Session, workspace_id: UUID, *, is_deleted: bool) -> None:
    session.execute(
        update(Workspace)
        .where(Workspace.id == workspace_id)
        .values(deleted_at=func.now() if is_deleted else None)
    )


def list_deleted(session: Session, *, age: timedelta) -> list[UUID]:
    """Workspaces that were deleted so long ago that nobody can bring them back."""
    return list(
        session.scalars(select(Workspace.id).where(Workspace.deleted_at < func.now() - age))
    )


def remove(session: Session, workspace_id: UUID) -> None:
    """The row itself, and by it every row that hangs on it."""
    session.execute(delete(Workspace).where(Workspace.id == workspace_id))
