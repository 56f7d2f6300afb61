"""What is sent unasked, confirmed and paused"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("promise", schema=None) as batch_op:
        batch_op.add_column(sa.Column("not_before", sa.DateTime(timezone=True), nullable=True))
    op.create_table(
        "unasked",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("informed_on", sa.String(), nullable=False),
        sa.Column("informed_by", sa.Integer(), nullable=True),
        sa.Column("informed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("informed_how", sa.String(), nullable=False),
        sa.Column("informed_before", sa.String(), nullable=False),
        sa.Column("shown_people", sa.Integer(), nullable=False),
        sa.Column("shown_kinds", sa.String(), nullable=False),
        sa.Column("shown_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("confirmed_by", sa.Integer(), nullable=True),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("confirmed_people", sa.Integer(), nullable=False),
        sa.Column("seed", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["confirmed_by"], ["person.id"], name=op.f("fk_unasked_confirmed_by_person")),
        sa.ForeignKeyConstraint(["informed_by"], ["person.id"], name=op.f("fk_unasked_informed_by_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_unasked")),
    )
    op.create_table(
        "unasked_kind",
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("stage", sa.String(), nullable=False),
        sa.Column("paused", sa.Boolean(), nullable=False),
        sa.Column("cut", sa.Float(), nullable=True),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_unasked_kind_by_id_person")),
        sa.PrimaryKeyConstraint("kind", name=op.f("pk_unasked_kind")),
    )
    with op.batch_alter_table("unasked", schema=None) as batch_op:
        for column in ("informed_by", "confirmed_by"):
            batch_op.create_index(batch_op.f(f"ix_unasked_{column}"), [column], unique=False)
    with op.batch_alter_table("unasked_kind", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_unasked_kind_by_id"), ["by_id"], unique=False)


def downgrade() -> None:
    op.drop_table("unasked_kind")
    op.drop_table("unasked")
    with op.batch_alter_table("promise", schema=None) as batch_op:
        batch_op.drop_column("not_before")
