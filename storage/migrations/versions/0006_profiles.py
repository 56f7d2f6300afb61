"""Profiles, and reminders of them"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "profile_own",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("field", sa.String(), nullable=False),
        sa.Column("value", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("before", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_profile_own_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_profile_own")),
        sa.UniqueConstraint("person_id", "field", name=op.f("uq_profile_own_person_id_field")),
    )
    op.create_table(
        "profile_reading",
        sa.Column("account_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("listed", sa.String(), nullable=False),
        sa.Column("listed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("details", sa.String(), nullable=False),
        sa.Column("tried_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_profile_reading_account_id_account")),
        sa.PrimaryKeyConstraint("account_id", name=op.f("pk_profile_reading")),
    )
    with op.batch_alter_table("profile_reading", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_profile_reading_tried_at"), ["tried_at"], unique=False)
    op.create_table(
        "profile_place",
        sa.Column("platform", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("platform", "name", name=op.f("pk_profile_place")),
    )
    op.create_table(
        "profile_reminder",
        sa.Column("person_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("step", sa.Integer(), nullable=False),
        sa.Column("first_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("next_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("asked", sa.String(), nullable=False),
        sa.Column("over", sa.String(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("field", sa.String(), nullable=False),
        sa.Column("since_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("complete_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_profile_reminder_person_id_person")),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_profile_reminder")),
    )
    with op.batch_alter_table("profile_reminder", schema=None) as batch_op:
        batch_op.create_index(
            "ix_profile_reminder_due",
            ["next_at", "person_id"],
            unique=False,
            sqlite_where=sa.text("next_at IS NOT NULL"),
            postgresql_where=sa.text("next_at IS NOT NULL"),
        )


def downgrade() -> None:
    for table in ("profile_reminder", "profile_place", "profile_reading", "profile_own"):
        op.drop_table(table)
