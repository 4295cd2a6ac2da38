"""Documents: bulky wholes such as an analysis, one per id, in MongoDB or in PostgreSQL's JSONB.

Five operations are enough for whole documents and mean the same on both backends: insert, get,
replace if the version is still the one that was read, find by fields, delete. Each acts at once and
by itself; what must be in one transaction with rows belongs into rows.
"""

from collections.abc import Mapping
from datetime import UTC, datetime
from functools import cache
from typing import Any, ClassVar, Protocol, Self, TypeVar
from uuid import UUID

from pydantic import BaseModel, ConfigDict
from pymongo import ASCENDING, MongoClient
from pymongo.errors import DuplicateKeyError
from sqlalchemy import Integer, PrimaryKeyConstraint, Text, delete, func, select, tuple_, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.engine import Engine
from sqlalchemy.orm import Mapped, Session, mapped_column

from ultra.kit import db
from ultra.kit.clock import now
from ultra.kit.errors import Conflict, NotFound
from ultra.settings import settings


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


class StoredDocument(db.Base):
    __tablename__ = "documents"
    __table_args__ = (PrimaryKeyConstraint("collection", "workspace_id", "id"),)

    collection: Mapped[str] = mapped_column(Text)
    workspace_id: Mapped[UUID]
    id: Mapped[UUID]
    version: Mapped[int] = mapped_column(Integer)
    body: Mapped[dict[str, Any]]
    updated_at: Mapped[datetime] = mapped_column(server_default=func.now())


class PostgresDocuments:
    """Documents as JSONB rows."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def insert(self, document: Document) -> None:
        with Session(self._engine) as session, session.begin():
            inserted = session.scalar(
                insert(StoredDocument)
                .values(
                    collection=document.collection,
                    workspace_id=document.workspace_id,
                    id=document.id,
                    version=document.version,
                    body=document.body(),
                )
                .on_conflict_do_nothing()
                .returning(StoredDocument.id)
            )
        if inserted is None:
            raise DocumentExists

    def get(self, kind: type[AnyDocument], workspace_id: UUID, document_id: UUID) -> AnyDocument:
        with Session(self._engine) as session:
            row = session.get(StoredDocument, (kind.collection, workspace_id, document_id))
            if row is None:
                raise NotFound
            return kind.restore(row.id, row.workspace_id, row.version, row.body)

    def replace(self, document: AnyDocument) -> AnyDocument:
        with Session(self._engine) as session, session.begin():
            changed = session.scalar(
                update(StoredDocument)
                .where(
                    StoredDocument.collection == document.collection,
                    StoredDocument.workspace_id == document.workspace_id,
                    StoredDocument.id == document.id,
                    StoredDocument.version == document.version,
                )
                .values(version=document.version + 1, body=document.body(), updated_at=func.now())
                .returning(StoredDocument.version)
            )
        if changed is None:
            self.get(type(document), document.workspace_id, document.id)
            raise DocumentChanged
        return document.model_copy(update={"version": changed})

    def find(
        self,
        kind: type[AnyDocument],
        workspace_id: UUID,
        fields: Fields,
        *,
        after: UUID | None = None,
        limit: int = 100,
    ) -> list[AnyDocument]:
        query = (
            select(StoredDocument)
            .where(
                StoredDocument.collection == kind.collection,
                StoredDocument.workspace_id == workspace_id,
                StoredDocument.body.contains(dict(fields)),
            )
            .order_by(StoredDocument.id)
            .limit(limit)
        )
        if after:
            query = query.where(tuple_(StoredDocument.id) > (after,))
        with Session(self._engine) as session:
            rows = session.scalars(query).all()
        return [kind.restore(row.id, row.workspace_id, row.version, row.body) for row in rows]

    def delete(self, kind: type[Document], workspace_id: UUID, document_id: UUID) -> bool:
        with Session(self._engine) as session, session.begin():
            gone = session.scalar(
                delete(StoredDocument)
                .where(
                    StoredDocument.collection == kind.collection,
                    StoredDocument.workspace_id == workspace_id,
                    StoredDocument.id == document_id,
                )
                .returning(StoredDocument.id)
            )
        return gone is not None


class MongoDocuments:
    """Documents in MongoDB, one collection per kind, keyed by workspace and id."""

    def __init__(self, url: str, database: str = "ultra") -> None:
        client: MongoClient[dict[str, Any]] = MongoClient(
            url, serverSelectionTimeoutMS=3000, socketTimeoutMS=10_000, tz_aware=True
        )
        self._database = client.get_default_database(database)

    def insert(self, document: Document) -> None:
        try:
            self._database[document.collection].insert_one(
                {
                    "_id": _key(document.workspace_id, document.id),
                    "version": document.version,
                    "body": document.body(),
                    "updated_at": now(),
                }
            )
        except DuplicateKeyError as error:
            raise DocumentExists from error

    def get(self, kind: type[AnyDocument], workspace_id: UUID, document_id: UUID) -> AnyDocument:
        found = self._database[kind.collection].find_one({"_id": _key(workspace_id, document_id)})
        if found is None:
            raise NotFound
        return kind.restore(document_id, workspace_id, found["version"], found["body"])

    def replace(self, document: AnyDocument) -> AnyDocument:
        changed = self._database[document.collection].update_one(
            {"_id": _key(document.workspace_id, document.id), "version": document.version},
            {
                "$set": {
                    "version": document.version + 1,
                    "body": document.body(),
                    "updated_at": datetime.now(UTC),
                }
            },
        )
        if changed.matched_count == 0:
            self.get(type(document), document.workspace_id, document.id)
            raise DocumentChanged
        return document.model_copy(update={"version": document.version + 1})

    def find(
        self,
        kind: type[AnyDocument],
        workspace_id: UUID,
        fields: Fields,
        *,
        after: UUID | None = None,
        limit: int = 100,
    ) -> list[AnyDocument]:
        # Keys of one workspace share their beginning, so a range of keys is the workspace.
        first = _key(workspace_id, after) if after else f"{workspace_id}/"
        wanted: dict[str, Any] = {f"body.{name}": value for name, value in fields.items()}
        wanted["_id"] = {"$gt": first, "$lt": f"{workspace_id}0"}
        rows = self._database[kind.collection].find(wanted).sort("_id", ASCENDING).limit(limit)
        return [
            kind.restore(UUID(row["_id"].split("/")[1]), workspace_id, row["version"], row["body"])
            for row in rows
        ]

    def delete(self, kind: type[Document], workspace_id: UUID, document_id: UUID) -> bool:
        gone = self._database[kind.collection].delete_one({"_id": _key(workspace_id, document_id)})
        return gone.deleted_count == 1


def _key(workspace_id: UUID, document_id: UUID) -> str:
    return f"{workspace_id}/{document_id}"


@cache
def documents() -> Documents:
    """The backend that the settings name: MongoDB when ULTRA_MONGODB_URL is given."""
    if settings.mongodb_url:
        return MongoDocuments(settings.mongodb_url.get_secret_value())
    return PostgresDocuments(db.engine)
