"""Brings the database to the newest migration: `python -m ultra.kit.migrate`.

An advisory lock lets any number of processes try at the same time; one does the work.
"""

from functools import cache

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import text

from ultra.kit import walls
from ultra.kit.db import Base, engine
from ultra.kit.log import get_logger, set_up_logging
from ultra.settings import REPOSITORY

log = get_logger()

LOCK = 7_166_451_903
"""Any number, as long as nothing else in this database uses it."""


def make_config() -> Config:
    """Alembic's configuration, without an .ini file."""
    config = Config()
    config.set_main_option("script_location", str(REPOSITORY / "backend" / "migrations"))
    config.set_main_option(
        "file_template", "%%(year)d_%%(month).2d_%%(day).2d_%%(hour).2d%%(minute).2d_%%(slug)s"
    )
    return config


@cache
def newest() -> str | None:
    """The newest migration that this code knows."""
    return ScriptDirectory.from_config(make_config()).get_current_head()


def upgrade() -> None:
    """Apply what is missing."""
    config = make_config()
    with engine.connect() as connection:
        connection.execute(text("select pg_advisory_lock(:lock)"), {"lock": LOCK})
        connection.commit()
        try:
            config.attributes["connection"] = connection
            command.upgrade(config, "head")
            connection.commit()
            # A table that a migration added with a workspace_id gets its wall here.
            connection.execute(text("set local lock_timeout = '5s'"))
            walls.build(connection, Base.metadata)
            connection.commit()
        finally:
            connection.rollback()
            connection.execute(text("select pg_advisory_unlock(:lock)"), {"lock": LOCK})
            connection.commit()
    log.info("database.migrated", version=newest())


if __name__ == "__main__":
    set_up_logging("migrate")
    upgrade()
