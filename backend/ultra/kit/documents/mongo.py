"""Documents in MongoDB, one collection per kind, keyed by workspace and id."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any
from uuid import UUID

from pymongo import ASCENDING, MongoClient, UpdateOne
from pymongo.errors import DuplicateKeyError, PyMongoError

from ultra.kit.clock import now
from ultra.kit.documents.protocol import (
    AnyDocument,
    Document,
    DocumentChanged,
    DocumentExists,
    DocumentsUnreachable,
    Fields,
    unite,
)
from ultra.kit.errors import NotFound
from ultra.kit.log import get_logger

log = get_logger()


class MongoDocuments:
    """One client, whose connections all threads share."""

    def __init__(self, url: str, database: str = "ultra", *, patience: float = 3) -> None:
        """`patience`: seconds to look for a server before it counts as away."""
        client: MongoClient[dict[str, Any]] = MongoClient(
            url,
            serverSelectionTimeoutMS=int(patience * 1000),
            socketTimeoutMS=10_000,
            tz_aware=True,
        )
        self._database = client.get_default_database(database)

    def insert(self, document: Document) -> None:
        try:
            with _reaching():
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
        wanted = {"_id": _key(workspace_id, document_id)}
        with _reaching():
            found = self._database[kind.collection].find_one(wanted)
        if found is None:
            raise NotFound
        return kind.restore(document_id, workspace_id, found["version"], found["body"])

    def replace(self, document: AnyDocument) -> AnyDocument:
        with _reaching():
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
        with _reaching():
            found = self._database[kind.collection].find(wanted).sort("_id", ASCENDING).limit(limit)
            rows = found.to_list()
        return [
            kind.restore(UUID(row["_id"].split("/")[1]), workspace_id, row["version"], row["body"])
            for row in rows
        ]

    def delete(self, kind: type[Document], workspace_id: UUID, document_id: UUID) -> bool:
        wanted = {"_id": _key(workspace_id, document_id)}
        with _reaching():
            return self._database[kind.collection].delete_one(wanted).deleted_count == 1

    def append(self, documents: Sequence[Document], to: str, key: str) -> None:
        if not documents:
            return
        # Plain operators, which every server of this protocol knows: first make the document if it
        # is missing, then add each entry where it is missing.
        steps: list[UpdateOne] = []
        for workspace_id, document_id, body in unite(documents, to, key):
            wanted = {"_id": _key(workspace_id, document_id)}
            fresh = {"version": 1, "body": body, "updated_at": now()}
            steps.append(UpdateOne(wanted, {"$setOnInsert": fresh}, upsert=True))
            steps += [
                UpdateOne(
                    {**wanted, f"body.{to}.{key}": {"$ne": entry[key]}},
                    {
                        "$push": {f"body.{to}": entry},
                        "$inc": {"version": 1},
                        "$set": {"updated_at": now()},
                    },
                )
                for entry in body[to]
            ]
        with _reaching():
            self._database[documents[0].collection].bulk_write(steps)

    def read_all(self, workspace_id: UUID) -> Iterator[dict[str, Any]]:
        with _reaching():
            for name in sorted(self._database.list_collection_names()):
                for row in self._database[name].find(_all_of(workspace_id)).sort("_id", ASCENDING):
                    yield {
                        "collection": name,
                        "id": row["_id"].split("/")[1],
                        "version": row["version"],
                        "body": row["body"],
                    }

    def remove_all(self, workspace_id: UUID) -> int:
        with _reaching():
            return sum(
                self._database[name].delete_many(_all_of(workspace_id)).deleted_count
                for name in self._database.list_collection_names()
            )


@contextmanager
def _reaching() -> Iterator[None]:
    try:
        yield
    except DuplicateKeyError:
        raise
    except PyMongoError as error:
        # Also a server that is there and refuses: whoever asked can only try again later.
        log.warning("documents.unreachable", error=str(error)[:200])
        raise DocumentsUnreachable from error


def _all_of(workspace_id: UUID) -> dict[str, Any]:
    # Keys of one workspace share their beginning.
    return {"_id": {"$gt": f"{workspace_id}/", "$lt": f"{workspace_id}0"}}


def _key(workspace_id: UUID, document_id: UUID) -> str:
    return f"{workspace_id}/{document_id}"
