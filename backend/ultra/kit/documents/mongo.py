"""Documents in MongoDB, one collection per kind, keyed by workspace and id."""

from typing import Any
from uuid import UUID

from pymongo import ASCENDING, MongoClient
from pymongo.errors import DuplicateKeyError

from ultra.kit.clock import now
from ultra.kit.documents.protocol import (
    AnyDocument,
    Document,
    DocumentChanged,
    DocumentExists,
    Fields,
)
from ultra.kit.errors import NotFound


class MongoDocuments:
    """One client, whose connections all threads share."""

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
                    "updated_at": now(),
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
