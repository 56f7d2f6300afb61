"""What is counted"""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("event", schema=None) as batch_op:
        batch_op.create_index(
            "ix_event_heard",
            ["id"],
            unique=False,
            sqlite_where=sa.text("state = 'heard'"),
            postgresql_where=sa.text("state = 'heard'"),
        )
    op.create_table(
        "pulse_imported",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("tool", sa.String(), nullable=False),
        sa.Column("measure", sa.String(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("taken_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pulse_imported")),
        sa.UniqueConstraint(
            "tool", "measure", "day", "version", name=op.f("uq_pulse_imported_tool_measure_day_version")
        ),
    )
    op.create_table(
        "pulse_heard",
        sa.Column("platform", sa.String(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("away", sa.Boolean(), nullable=False),
        sa.Column("reads", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("platform", name=op.f("pk_pulse_heard")),
    )
    op.create_table(
        "pulse_room",
        sa.Column("community_id", sa.Integer(), nullable=False),
        sa.Column("accounts", sa.Integer(), nullable=False),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["community_id"], ["community.id"], name=op.f("fk_pulse_room_community_id_community")),
        sa.PrimaryKeyConstraint("community_id", name=op.f("pk_pulse_room")),
    )
    op.create_table(
        "pulse_member",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("community_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["community_id"], ["community.id"], name=op.f("fk_pulse_member_community_id_community")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_pulse_member_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pulse_member")),
        sa.UniqueConstraint("community_id", "person_id", name=op.f("uq_pulse_member_community_id_person_id")),
    )
    with op.batch_alter_table("pulse_member", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_pulse_member_person_id"), ["person_id"], unique=False)

    op.create_table(
        "pulse_population",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("department", sa.String(), nullable=False),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pulse_population")),
        sa.UniqueConstraint("day", "department", name=op.f("uq_pulse_population_day_department")),
    )
    op.create_table(
        "pulse_activation",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_pulse_activation_person_id_person")),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_pulse_activation")),
    )
    op.create_table(
        "pulse_digest",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("next_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_pulse_digest_person_id_person")),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_pulse_digest")),
    )
    op.create_table(
        "visit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("to", sa.String(), nullable=False),
        sa.Column("token", sa.String(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_visit_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_visit")),
    )
    with op.batch_alter_table("visit", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_visit_person_id"), ["person_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_visit_token"), ["token"], unique=False)

    op.create_table(
        "pulse_backfill",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("community_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("why", sa.String(), nullable=False),
        sa.Column("position", sa.String(), nullable=False),
        sa.Column("turn", sa.Integer(), nullable=False),
        sa.Column("reached", sa.DateTime(timezone=True), nullable=True),
        sa.Column("seen", sa.Integer(), nullable=False),
        sa.Column("untold", sa.String(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["community_id"], ["community.id"], name=op.f("fk_pulse_backfill_community_id_community")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pulse_backfill")),
        sa.UniqueConstraint("community_id", "until", name=op.f("uq_pulse_backfill_community_id_until")),
    )
    with op.batch_alter_table("pulse_backfill", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_pulse_backfill_state"), ["state"], unique=False)

    op.create_table(
        "pulse_count",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("community_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("posts", sa.Integer(), nullable=False),
        sa.Column("replies", sa.Integer(), nullable=False),
        sa.Column("reactions", sa.Integer(), nullable=False),
        sa.Column("joins", sa.Integer(), nullable=False),
        sa.Column("leaves", sa.Integer(), nullable=False),
        sa.Column("reads", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["community_id"], ["community.id"], name=op.f("fk_pulse_count_community_id_community")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pulse_count")),
        sa.UniqueConstraint("community_id", "day", name=op.f("uq_pulse_count_community_id_day")),
    )
    with op.batch_alter_table("pulse_count", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_pulse_count_community_id"), ["community_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_pulse_count_day"), ["day"], unique=False)

    op.create_table(
        "pulse_day",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("community_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("why", sa.String(), nullable=False),
        sa.Column("untold", sa.String(), nullable=False),
        sa.Column("posts", sa.Integer(), nullable=False),
        sa.Column("replies", sa.Integer(), nullable=False),
        sa.Column("reactions", sa.Integer(), nullable=False),
        sa.Column("joins", sa.Integer(), nullable=False),
        sa.Column("leaves", sa.Integer(), nullable=False),
        sa.Column("reads", sa.Integer(), nullable=False),
        sa.Column("members", sa.Integer(), nullable=False),
        sa.Column("measured", sa.Boolean(), nullable=False),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("shown", sa.String(), nullable=False),
        sa.Column("phase", sa.String(), nullable=False),
        sa.Column("private", sa.Boolean(), nullable=False),
        sa.Column("interest", sa.Boolean(), nullable=False),
        sa.Column("objective", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["community_id"], ["community.id"], name=op.f("fk_pulse_day_community_id_community")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pulse_day")),
        sa.UniqueConstraint("community_id", "day", "version", name=op.f("uq_pulse_day_community_id_day_version")),
    )
    with op.batch_alter_table("pulse_day", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_pulse_day_community_id"), ["community_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_pulse_day_day"), ["day"], unique=False)

    op.create_table(
        "pulse_gap",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("platform", sa.String(), nullable=False),
        sa.Column("community_id", sa.Integer(), nullable=True),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("why", sa.String(), nullable=False),
        sa.Column("goes_on", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["community_id"], ["community.id"], name=op.f("fk_pulse_gap_community_id_community")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pulse_gap")),
    )
    with op.batch_alter_table("pulse_gap", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_pulse_gap_community_id"), ["community_id"], unique=False)

    op.create_table(
        "pulse_mark",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("community_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["community_id"], ["community.id"], name=op.f("fk_pulse_mark_community_id_community")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pulse_mark")),
    )
    with op.batch_alter_table("pulse_mark", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_pulse_mark_day"), ["day"], unique=False)

    op.create_table(
        "pulse_presence",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("community_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("wrote", sa.Boolean(), nullable=False),
        sa.Column("reacted", sa.Boolean(), nullable=False),
        sa.Column("read", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["community_id"], ["community.id"], name=op.f("fk_pulse_presence_community_id_community")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_pulse_presence_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pulse_presence")),
        sa.UniqueConstraint(
            "person_id", "community_id", "day", name=op.f("uq_pulse_presence_person_id_community_id_day")
        ),
    )
    with op.batch_alter_table("pulse_presence", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_pulse_presence_community_id"), ["community_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_pulse_presence_day"), ["day"], unique=False)
        batch_op.create_index(batch_op.f("ix_pulse_presence_person_id"), ["person_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("pulse_presence", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_pulse_presence_person_id"))
        batch_op.drop_index(batch_op.f("ix_pulse_presence_day"))
        batch_op.drop_index(batch_op.f("ix_pulse_presence_community_id"))

    op.drop_table("pulse_presence")
    with op.batch_alter_table("pulse_mark", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_pulse_mark_day"))

    op.drop_table("pulse_mark")
    with op.batch_alter_table("pulse_gap", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_pulse_gap_community_id"))

    op.drop_table("pulse_gap")
    with op.batch_alter_table("pulse_day", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_pulse_day_day"))
        batch_op.drop_index(batch_op.f("ix_pulse_day_community_id"))

    op.drop_table("pulse_day")
    with op.batch_alter_table("pulse_count", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_pulse_count_day"))
        batch_op.drop_index(batch_op.f("ix_pulse_count_community_id"))

    op.drop_table("pulse_count")
    with op.batch_alter_table("pulse_backfill", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_pulse_backfill_state"))

    op.drop_table("pulse_backfill")
    with op.batch_alter_table("visit", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_visit_token"))
        batch_op.drop_index(batch_op.f("ix_visit_person_id"))

    op.drop_table("visit")
    op.drop_table("pulse_digest")
    op.drop_table("pulse_activation")
    op.drop_table("pulse_population")
    with op.batch_alter_table("pulse_member", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_pulse_member_person_id"))

    op.drop_table("pulse_member")
    op.drop_table("pulse_room")
    op.drop_table("pulse_heard")
    op.drop_table("pulse_imported")
    with op.batch_alter_table("event", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_event_heard", sqlite_where=sa.text("state = 'heard'"), postgresql_where=sa.text("state = 'heard'")
        )
