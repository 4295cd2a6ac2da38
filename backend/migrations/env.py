"""Runs migrations on the connection that kit.migrate hands over, or on the configured database."""

from alembic import context

from ultra.kit import modules
from ultra.kit.db import Base, engine

modules.load("models")
modules.load("outbox")
modules.load("documents")
modules.load("schedules")


def run(connection):
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        compare_server_default=True,
        transaction_per_migration=True,
    )
    with context.begin_transaction():
        context.run_migrations()


given = context.config.attributes.get("connection")
if given is not None:
    run(given)
else:
    with engine.connect() as connection:
        run(connection)
