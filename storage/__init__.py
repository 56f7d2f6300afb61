"""What the bot remembers. Rows of one noun and its queries per file; the only model there is.

Queries are async functions that take a session and never commit: whoever opened the transaction does.
"""

from sqlmodel import SQLModel

# Named constraints: SQLite cannot drop an unnamed one, so migrations could never undo it.
SQLModel.metadata.naming_convention = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}
# Rows are never validated by pydantic: a validator is made when one is asked for, instead of 28 at every start.
SQLModel.model_config["defer_build"] = True
