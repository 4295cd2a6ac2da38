"""Who sees which jobs: people those of their workspace, operators all of them."""

from enum import StrEnum
from uuid import UUID

from sqlalchemy import ColumnElement, true
from sqlalchemy.orm import InstrumentedAttribute

from ultra.kit.access import Actor, Scope
from ultra.kit.errors import Forbidden


class View(StrEnum):
    """Whose rows a list shows."""

    OWN = "own"
    ALL = "all"


def is_operator(actor: Actor) -> bool:
    return Scope.OPERATE in actor.scopes


def wall(actor: Actor, view: View) -> UUID | None:
    """The workspace that a list is held to; None for the whole installation.

    Raises Forbidden when somebody who is no operator asks for that.
    """
    if view is View.OWN:
        return actor.workspace_id
    if not is_operator(actor):
        raise Forbidden
    return None


def within(
    column: InstrumentedAttribute[UUID | None] | InstrumentedAttribute[UUID],
    workspace_id: UUID | None,
) -> ColumnElement[bool]:
    """The condition for rows of this workspace; of all when it is None."""
    return true() if workspace_id is None else column == workspace_id
