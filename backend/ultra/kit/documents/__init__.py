"""Documents: bulky wholes such as an analysis, one per id, in MongoDB or in PostgreSQL's JSONB.

Six operations are enough and mean the same on both backends: insert, get, replace if the version is
still the one that was read, find by fields, delete, and append to a list inside documents. Each one
acts at once and by itself; what must be in one transaction with rows belongs into rows.
"""

from functools import cache

from ultra.kit.db import engine
from ultra.kit.documents.mongo import MongoDocuments
from ultra.kit.documents.postgres import PostgresDocuments
from ultra.kit.documents.protocol import (
    Document,
    DocumentChanged,
    DocumentExists,
    Documents,
    DocumentsUnreachable,
)
from ultra.settings import settings

__all__ = [
    "Document",
    "DocumentChanged",
    "DocumentExists",
    "Documents",
    "DocumentsUnreachable",
    "documents",
]


@cache
def documents() -> Documents:
    """The backend that the settings name: MongoDB when ULTRA_MONGODB_URL is given."""
    if settings.mongodb_url:
        return MongoDocuments(settings.mongodb_url.get_secret_value())
    return PostgresDocuments(engine)
