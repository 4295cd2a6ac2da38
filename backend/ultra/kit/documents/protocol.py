"""What a document is, and the five operations that each backend gives."""

from collections.abc import Mapping
from typing import Any, ClassVar, Protocol, Self, TypeVar
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from ultra.kit.errors import Conflict


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
