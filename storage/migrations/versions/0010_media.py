"""By which media a promise may reach its person"""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("promise", schema=None) as batch_op:
        batch_op.add_column(sa.Column("media", sa.String(), server_default=sa.text("''"), nullable=False))
        batch_op.create_index(
            "ix_promise_taken",
            ["external_id"],
            unique=False,
            sqlite_where=sa.text("media <> '' AND state = 'sent'"),
            postgresql_where=sa.text("media <> '' AND state = 'sent'"),
        )


def downgrade() -> None:
    with op.batch_alter_table("promise", schema=None) as batch_op:
        batch_op.drop_index("ix_promise_taken")
        batch_op.drop_column("media")
