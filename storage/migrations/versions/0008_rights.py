"""What people asked for about what is held"""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("person", schema=None) as batch_op:
        batch_op.add_column(sa.Column("objected_at", sa.DateTime(timezone=True), nullable=True))
    with op.batch_alter_table("account", schema=None) as batch_op:
        batch_op.add_column(sa.Column("gone_at", sa.DateTime(timezone=True), nullable=True))
    # Since when is not known of those closed before: since they were last looked at.
    op.execute("UPDATE account SET gone_at = checked_at WHERE kind = 'gone'")
    op.create_table(
        "erased",
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_erased")),
    )
    op.create_table(
        "contact_count",
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("month", sa.String(), nullable=False),
        sa.Column("sent", sa.Integer(), nullable=False),
        sa.Column("answered", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("kind", "month", name=op.f("pk_contact_count")),
    )


def downgrade() -> None:
    op.drop_table("contact_count")
    op.drop_table("erased")
    with op.batch_alter_table("account", schema=None) as batch_op:
        batch_op.drop_column("gone_at")
    with op.batch_alter_table("person", schema=None) as batch_op:
        batch_op.drop_column("objected_at")
