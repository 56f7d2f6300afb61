"""Run by alembic: migrate the open connection that `storage.database` hands over."""

from typing import Any, Literal

import sqlalchemy as sa
from alembic import context
from sqlmodel.sql.sqltypes import AutoString, UTCDateTime

from storage.tables import METADATA


def plain(kind: str, column: Any, _autogen: object) -> str | Literal[False]:
    """Write standard types into migrations, so that an old one still runs when SQLModel has moved on."""
    if kind == "type" and isinstance(column, UTCDateTime):
        return "sa.DateTime(timezone=True)"
    if kind == "type" and isinstance(column, AutoString):
        return "sa.String()"
    return False


def migrate() -> None:
    """Inside the transaction that the caller opened: a migration is done as a whole or not at all."""
    connection: sa.Connection = context.config.attributes["connection"]
    context.configure(
        connection=connection,
        target_metadata=METADATA,
        render_as_batch=True,
        render_item=plain,
        compare_type=True,
        transactional_ddl=True,
    )
    with context.begin_transaction():
        context.run_migrations()
    if connection.dialect.name == "sqlite":
        broken = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
        if broken:
            raise RuntimeError(f"the migration left {len(broken)} rows that point nowhere")


migrate()
