"""What was published about groups"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "figure",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("week", sa.Date(), nullable=False),
        sa.Column("measure", sa.String(), nullable=False),
        sa.Column("grp", sa.String(), nullable=False),
        sa.Column("taken", sa.Date(), nullable=False),
        sa.Column("low", sa.Integer(), nullable=False),
        sa.Column("high", sa.Integer(), nullable=False),
        sa.Column("of", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_figure")),
        sa.UniqueConstraint("subject", "week", "measure", "grp", name=op.f("uq_figure_subject_week_measure_grp")),
    )
    op.create_table(
        "figure_base",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("measure", sa.String(), nullable=False),
        sa.Column("grp", sa.String(), nullable=False),
        sa.Column("taken", sa.Date(), nullable=False),
        sa.Column("seen", sa.Date(), nullable=False),
        sa.Column("low", sa.Integer(), nullable=False),
        sa.Column("high", sa.Integer(), nullable=False),
        sa.Column("of", sa.Integer(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_figure_base")),
    )
    with op.batch_alter_table("figure_base", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_figure_base_subject"), ["subject"], unique=False)
    op.create_table(
        "figure_member",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("base_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("state", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["base_id"], ["figure_base.id"], name=op.f("fk_figure_member_base_id_figure_base")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_figure_member_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_figure_member")),
        sa.UniqueConstraint("base_id", "person_id", name=op.f("uq_figure_member_base_id_person_id")),
    )
    with op.batch_alter_table("figure_member", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_figure_member_person_id"), ["person_id"], unique=False)


def downgrade() -> None:
    op.drop_table("figure_member")
    op.drop_table("figure_base")
    op.drop_table("figure")
