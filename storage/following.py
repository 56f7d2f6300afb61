"""What follows a person when they turn out to be another one: read from the models, so that later tables follow.

A column follows when it is a foreign key to `person.id`. A column of a model may say more about itself
(`sa_column_kwargs={"info": …}`):

- `names_person`: a regular expression for the text before a person's id ("person:" of "person:12");
- `on_platform`: this person acted on the row's `platform` (a column called `person_id` always means it);
- `stays`: it says who somebody was, and stays as it is.

A table whose rows may say the same of both people names the column that decides which row remains, weakest value
first: `{"info": {"outweighs": ("role", ("invited", "lead"))}}`. Without it the row of the person kept remains. With
`{"restored_with": {"promise": ""}}` a row taken away comes back with these values. With `{"united": {"day": min}}` the
row that remains says what both said: a function of the two values of a column gives the one that stays. With
`{"platform_of": ("community_id", "community")}` a row is about the platform of the row that this column points to.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import ConfigDict, TypeAdapter
from pydantic_core import to_jsonable_python
from sqlalchemy import Column, ColumnElement, Table, TypeDecorator, UniqueConstraint, and_, true
from sqlmodel import SQLModel

from storage.joining import Trace

Row = dict[str, Any]
Field = Column[Any]


@dataclass(frozen=True, slots=True)
class Rule:
    """What may be there only once. condition: for which rows, as SQL; "" for all."""

    columns: tuple[str, ...]
    condition: str = ""


def nouns() -> Iterator[Table]:
    """All tables but the traces themselves."""
    for table in SQLModel.metadata.sorted_tables:
        if table.name != Trace.__tablename__:
            yield table


def pointing(target: Table) -> Iterator[tuple[Table, Field]]:
    """Every column that points to the rows of a table and follows them."""
    for table in nouns():
        for key in table.foreign_keys:
            if key.column.table is target and not key.parent.info.get("stays"):
                yield table, key.parent


def naming() -> Iterator[tuple[Table, Field, re.Pattern[str]]]:
    """Every column whose texts may name a person."""
    for table in nouns():
        for column in table.columns:
            if before := column.info.get("names_person"):
                yield table, column, re.compile(f"({before})([0-9]+)")


def rules(table: Table, column: Field, dialect: str) -> Iterator[Rule]:
    """The rules that a change of this column could break."""
    once = [table.primary_key, *(each for each in table.constraints if isinstance(each, UniqueConstraint))]
    found = [Rule(tuple(column.name for column in each.columns)) for each in once]
    for index in table.indexes:
        if index.unique:
            where = index.dialect_options[dialect].get("where")
            names = tuple(each.name for each in index.columns)
            found.append(Rule(names, "" if where is None else str(where)))
    yield from (each for each in found if column.name in each.columns)


def person() -> Table:
    """The table of people."""
    return SQLModel.metadata.tables["person"]


def matching(table: Table, values: Mapping[str, Any]) -> ColumnElement[bool]:
    """The condition that columns have these values."""
    return and_(true(), *(table.c[name] == value for name, value in values.items()))


def identity(table: Table, row: Mapping[str, Any]) -> Row:
    """The primary key of a row, by column."""
    return {each.name: row[each.name] for each in table.primary_key.columns}


def weight(table: Table, row: Mapping[str, Any]) -> int:
    """How much a row says, beside another one that may not be there as well; -1 where nothing tells."""
    column, order = table.info.get("outweighs", ("", ()))
    return order.index(row[column]) if column and row[column] in order else -1


def plain(value: Any) -> Any:
    """A value as JSON holds it."""
    return to_jsonable_python(value, bytes_mode="base64")


def pack(values: Mapping[str, Any]) -> str:
    """Columns with their values, as JSON."""
    return json.dumps(plain(dict(values)), sort_keys=True)


def value_of(column: Field, plain: Any) -> Any:
    """A value as it was before `plain`, by the type of its column."""
    stored = column.type.impl_instance if isinstance(column.type, TypeDecorator) else column.type
    kind: TypeAdapter[Any] = TypeAdapter(stored.python_type, config=ConfigDict(val_json_bytes="base64"))
    return None if plain is None else kind.validate_json(json.dumps(plain))


def unpack(table: Table, packed: str) -> Row:
    """What `pack` wrote; columns that the table has no longer are left out."""
    return {name: value_of(table.c[name], value) for name, value in json.loads(packed).items() if name in table.c}


def names_a_person(column: Field) -> bool:
    """Whether a column points to a person."""
    return any(key.column.table is person() for key in column.foreign_keys)
