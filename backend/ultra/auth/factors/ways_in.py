"""By how many ways a person can sign in: the last one cannot be removed.

Nouns above this one add what they know of: `@counts_ways_in`.
"""

from collections.abc import Callable
from uuid import UUID

from sqlalchemy.orm import Session

from ultra.auth.factors import repository
from ultra.auth.users import service as users

Count = Callable[[Session, UUID], int]

_counts: list[Count] = []


def counts_ways_in(count: Count) -> Count:
    """Make a function say how many ways of its kind a person has."""
    _counts.append(count)
    return count


def count(session: Session, user_id: UUID) -> int:
    """All ways in. Until the commit nobody else can remove one of this person's."""
    repository.lock_ways_in(session, user_id)
    has_password = users.get(session, user_id).password_hash is not None
    passkeys = len(repository.list_passkeys(session, user_id))
    return has_password + passkeys + sum(each(session, user_id) for each in _counts)
