"""The company's list of its people, and addresses that platforms confirmed"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("account", schema=None) as batch_op:
        # With a default of the database: during an upgrade the version before this one still writes accounts.
        batch_op.add_column(sa.Column("email", sa.String(), nullable=False, server_default=sa.text("''")))
        batch_op.create_index(batch_op.f("ix_account_email"), ["email"], unique=False)
    with op.batch_alter_table("person_join", schema=None) as batch_op:
        batch_op.add_column(sa.Column("told", sa.Boolean(), nullable=False, server_default=sa.true()))
    op.create_table(
        "roster",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("email", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("department", sa.String(), nullable=False),
        sa.Column("job", sa.String(), nullable=False),
        sa.Column("manager", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("zone", sa.String(), nullable=False),
        sa.Column("country", sa.String(), nullable=False),
        sa.Column("days", sa.String(), nullable=False),
        sa.Column("away", sa.String(), nullable=False),
        sa.Column("accounts", sa.String(), nullable=False),
        sa.Column("more", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("left_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_roster_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_roster")),
        sa.UniqueConstraint("key", name=op.f("uq_roster_key")),
    )
    with op.batch_alter_table("roster", schema=None) as batch_op:
        for column in ("person_id", "email", "department"):
            batch_op.create_index(batch_op.f(f"ix_roster_{column}"), [column], unique=False)
    op.create_table(
        "roster_account",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("entry_id", sa.Integer(), nullable=False),
        sa.Column("platform", sa.String(), nullable=False),
        sa.Column("external_id", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["entry_id"], ["roster.id"], name=op.f("fk_roster_account_entry_id_roster")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_roster_account")),
        sa.UniqueConstraint("platform", "external_id", name=op.f("uq_roster_account_platform_external_id")),
    )
    with op.batch_alter_table("roster_account", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_roster_account_entry_id"), ["entry_id"], unique=False)
    op.create_table(
        "roster_pushed",
        sa.Column("entry_id", sa.Integer(), nullable=False),
        sa.Column("scim", sa.String(), nullable=False),
        sa.Column("user_name", sa.String(), nullable=False),
        sa.Column("external_id", sa.String(), nullable=False),
        sa.Column("body", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["entry_id"], ["roster.id"], name=op.f("fk_roster_pushed_entry_id_roster")),
        sa.PrimaryKeyConstraint("entry_id", name=op.f("pk_roster_pushed")),
        sa.UniqueConstraint("scim", name=op.f("uq_roster_pushed_scim")),
        sa.UniqueConstraint("user_name", name=op.f("uq_roster_pushed_user_name")),
    )
    with op.batch_alter_table("roster_pushed", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_roster_pushed_external_id"), ["external_id"], unique=False)
    op.create_table(
        "person_apart",
        sa.Column("one_id", sa.Integer(), nullable=False),
        sa.Column("other_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["one_id"], ["account.id"], name=op.f("fk_person_apart_one_id_account")),
        sa.ForeignKeyConstraint(["other_id"], ["account.id"], name=op.f("fk_person_apart_other_id_account")),
        sa.PrimaryKeyConstraint("one_id", "other_id", name=op.f("pk_person_apart")),
    )
    with op.batch_alter_table("person_apart", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_person_apart_other_id"), ["other_id"], unique=False)


def downgrade() -> None:
    for table in ("person_apart", "roster_pushed", "roster_account", "roster"):
        op.drop_table(table)
    with op.batch_alter_table("person_join", schema=None) as batch_op:
        batch_op.drop_column("told")
    with op.batch_alter_table("account", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_account_email"))
        batch_op.drop_column("email")
