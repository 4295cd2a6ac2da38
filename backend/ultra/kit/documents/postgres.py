"""Documents as JSONB rows of PostgreSQL."""

import json
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Integer, PrimaryKeyConstraint, Text, delete, func, select, text, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.engine import Engine
from sqlalchemy.orm import Mapped, Session, mapped_column

from ultra.kit.db import Base
from ultra.kit.documents.protocol import (
    AnyDocument,
    Document,
    DocumentChanged,
    DocumentExists,
    Fields,
    unite,
)
from ultra.kit.errors import NotFound


class StoredDocument(Base):
    __tablename__ = "documents"
    __table_args__ = (PrimaryKeyConstraint("collection", "workspace_id", "id"),)

    collection: Mapped[str] = mapped_column(Text)
    workspace_id: Mapped[UUID]
    id: Mapped[UUID]
    version: Mapped[int] = mapped_column(Integer)
    body: Mapped[dict[str, Any]]
    updated_at: Mapped[datetime] = mapped_column(server_default=func.now())


# One statement for any number of documents: it takes what a stored list lacks, in the order given.
APPEND = text("""
    insert into documents as stored (collection, workspace_id, id, version, body)
    select :collection, (given ->> 0)::uuid, (given ->> 1)::uuid, 1, given -> 2
    from jsonb_array_elements(cast(:documents as jsonb)) as given
    on conflict (collection, workspace_id, id) do update
    set version = stored.version + 1,
        updated_at = now(),
        body = jsonb_set(
            stored.body,
            array[cast(:list as text)],
            coalesce(stored.body -> :list, '[]') || (
                select coalesce(jsonb_agg(entry order by place), '[]')
                from jsonb_array_elements(excluded.body -> :list) with ordinality _ (entry, place)
                where not coalesce(stored.body -> :list, '[]')
                    @> jsonb_build_array(jsonb_build_object(cast(:key as text), entry -> :key))
            )
        )
    where not coalesce(stored.body -> :list, '[]') @> (
        select coalesce(
            jsonb_agg(jsonb_build_object(cast(:key as text), entry -> :key)), '[]'
        )
        from jsonb_array_elements(excluded.body -> :list) as entry
    )
""")


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
            query = query.where(StoredDocument.id > after)
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

    def append(self, documents: Sequence[Document], to: str, key: str) -> None:
        if not documents:
            return
        given = [
            [str(workspace), str(id_), body] for workspace, id_, body in unite(documents, to, key)
        ]
        values = {
            "collection": documents[0].collection,
            "documents": json.dumps(given),
            "list": to,
            "key": key,
        }
        with Session(self._engine) as session, session.begin():
            session.execute(APPEND, values)

    def read_all(self, workspace_id: UUID) -> Iterator[dict[str, Any]]:
        query = (
            select(StoredDocument)
            .where(StoredDocument.workspace_id == workspace_id)
            .order_by(StoredDocument.collection, StoredDocument.id)
            .execution_options(yield_per=100)
        )
        with Session(self._engine) as session:
            for row in session.scalars(query):
                yield {
                    "collection": row.collection,
                    "id": str(row.id),
                    "version": row.version,
                    "body": row.body,
                }

    def remove_all(self, workspace_id: UUID) -> int:
        with Session(self._engine) as session, session.begin():
            gone = session.scalars(
                delete(StoredDocument)
                .where(StoredDocument.workspace_id == workspace_id)
                .returning(StoredDocument.id)
            )
            return len(gone.all())
