"""Indexes of some rows only: those that are still to be done, which stay few."""

from __future__ import annotations

from sqlalchemy import Index, MetaData, text

_WHERE = "where"


def partial(name: str, *columns: str, where: str, unique: bool = False) -> Index:
    """An index of the rows that are `where` (SQL that both engines read), for both engines."""
    return Index(name, *columns, unique=unique, sqlite_where=text(where), info={_WHERE: where})


def complete(metadata: MetaData) -> None:
    """Say it in PostgreSQL's words too, for whoever makes or compares tables.

    Not when they are declared: SQLAlchemy imports the engine that such a word is for, two megabytes at every start.
    """
    for table in metadata.tables.values():
        for index in table.indexes:
            if where := index.info.get(_WHERE):
                index.dialect_kwargs["postgresql_where"] = text(where)
