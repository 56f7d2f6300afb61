"""People who are named to decide, their mandates, and by when"""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "mandate",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("process", sa.String(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("holder_id", sa.Integer(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("stage", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["holder_id"], ["person.id"], name=op.f("fk_mandate_holder_id_person")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_mandate_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mandate")),
        sa.UniqueConstraint("process", "person_id", "holder_id", name=op.f("uq_mandate_process_person_id_holder_id")),
    )
    with op.batch_alter_table("mandate", schema=None) as batch_op:
        batch_op.create_index(op.f("ix_mandate_holder_id"), ["holder_id"], unique=False)
        batch_op.create_index(op.f("ix_mandate_person_id"), ["person_id"], unique=False)
    with op.batch_alter_table("request", schema=None) as batch_op:
        batch_op.add_column(sa.Column("needed_by", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("warn_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("voided_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("voided_of", sa.Integer(), nullable=True))
        batch_op.create_foreign_key(op.f("fk_request_voided_of_person"), "person", ["voided_of"], ["id"])
        batch_op.create_index(op.f("ix_request_needed_by"), ["needed_by"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("request", schema=None) as batch_op:
        batch_op.drop_index(op.f("ix_request_needed_by"))
        batch_op.drop_constraint(op.f("fk_request_voided_of_person"), type_="foreignkey")
        batch_op.drop_column("voided_of")
        batch_op.drop_column("voided_at")
        batch_op.drop_column("warn_at")
        batch_op.drop_column("needed_by")
    op.drop_table("mandate")
