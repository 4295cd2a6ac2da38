"""What a document is, and the operations that each backend gives."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, ClassVar, Protocol, Self, TypeVar
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from ultra.kit.errors import Conflict, Unavailable


class Document(BaseModel):
    """A typed document. `version` rises by one with each replacement."""

    model_config = ConfigDict(extra="ignore")
    collection: ClassVar[str]

    id: UUID
    workspace_id: UUID
    version: int = 1

    def body(self) -> dict[str, Any]:
        """Everything but the identity, as JSON values."""
        return self.model_dump(mode="json", exclude={"id", "workspace_id", "version"})

    @classmethod
    def restore(cls, id: UUID, workspace_id: UUID, version: int, body: Any) -> Self:  # noqa: A002
        return cls.model_validate(
            {**body, "id": id, "workspace_id": workspace_id, "version": version}
        )


AnyDocument = TypeVar("AnyDocument", bound=Document)
Fields = Mapping[str, Any]
"""Top-level fields and the values that they must equal."""


class DocumentExists(Conflict):
    tr = "Bu kimlikle bir belge zaten var."
    en = "A document with this id exists already."


class DocumentChanged(Conflict):
    tr = "Belge bu arada değişti. Yenileyip yeniden deneyin."
    en = "The document has changed meanwhile. Reload it and try again."


class DocumentsUnreachable(Unavailable):
    tr = "Belgelerin durduğu yere şu anda ulaşılamıyor. Birazdan yeniden deneyin."
    en = "The store of documents cannot be reached right now. Please try again shortly."


class Documents(Protocol):
    """What both backends do, and `tests/kit/test_documents.py` proves of each."""

    def insert(self, document: Document) -> None:
        """Raises DocumentExists."""

    def get(self, kind: type[AnyDocument], workspace_id: UUID, document_id: UUID) -> AnyDocument:
        """Raises NotFound, also for another workspace's document."""

    def replace(self, document: AnyDocument) -> AnyDocument:
        """Store it if its version is the stored one; the result has the next version.

        Raises DocumentChanged when it is not, NotFound when there is no such document.
        """

    def find(
        self,
        kind: type[AnyDocument],
        workspace_id: UUID,
        fields: Fields,
        *,
        after: UUID | None = None,
        limit: int = 100,
    ) -> list[AnyDocument]:
        """Documents whose fields equal the given ones, by id (which is by age), after a cursor."""

    def delete(self, kind: type[Document], workspace_id: UUID, document_id: UUID) -> bool:
        """Whether there was one."""

    def append(self, documents: Sequence[Document], to: str, key: str) -> None:
        """Add the entries of each document's list `to` to the stored document's list.

        An entry whose `key` is in the stored list already is left out, so the call may be repeated.
        A document that is not stored yet is stored as given; of one that is, only the list changes.
        All are of one kind. The version of a document rises when something was added to it.
        """

    def read_all(self, workspace_id: UUID) -> Iterator[dict[str, Any]]:
        """Every document of a workspace, of whatever kind: collection, id, version, body."""

    def remove_all(self, workspace_id: UUID) -> int:
        """Remove every document of a workspace; how many there were."""


def unite(documents: Sequence[Document], to: str, key: str) -> list[tuple[UUID, UUID, Any]]:
    """Workspace, id and body of each document, once: with the entries of all its appearances.

    In a fixed order, so that two writers of the same documents never wait for each other in turn.
    """
    bodies: dict[tuple[UUID, UUID], Any] = {}
    for document in documents:
        body = document.body()
        known = bodies.setdefault((document.workspace_id, document.id), {**body, to: []})
        keys = {entry[key] for entry in known[to]}
        for entry in body[to]:
            if entry[key] not in keys:
                keys.add(entry[key])
                known[to].append(entry)
    return [(*identity, bodies[identity]) for identity in sorted(bodies)]
