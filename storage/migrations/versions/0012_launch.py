"""Announcements"""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "announcement",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("owner_id", sa.Integer(), nullable=False),
        sa.Column("speaker_id", sa.Integer(), nullable=False),
        sa.Column("own_name", sa.Boolean(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("local", sa.String(), nullable=False),
        sa.Column("zone", sa.String(), nullable=False),
        sa.Column("each_local", sa.Boolean(), nullable=False),
        sa.Column("window_minutes", sa.Integer(), nullable=False),
        sa.Column("audience", sa.String(), nullable=False),
        sa.Column("urgent_id", sa.Integer(), nullable=True),
        sa.Column("urgent_with_id", sa.Integer(), nullable=True),
        sa.Column("counted", sa.Integer(), nullable=True),
        sa.Column("previewed", sa.String(), nullable=False),
        sa.Column("request_id", sa.Integer(), nullable=True),
        sa.Column("again_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("wave", sa.Integer(), nullable=False),
        sa.Column("planned", sa.Integer(), nullable=False),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.Column("paper", sa.Integer(), nullable=False),
        sa.Column("live", sa.String(), nullable=False),
        sa.Column("shown", sa.String(), nullable=False),
        sa.Column("begun_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("gone_on_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("platform", sa.String(), nullable=False),
        sa.Column("room", sa.String(), nullable=False),
        sa.Column("thread", sa.String(), nullable=False),
        sa.Column("told", sa.String(), nullable=False),
        sa.Column("campaign_id", sa.Integer(), nullable=True),
        sa.Column("step", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["owner_id"], ["person.id"], name=op.f("fk_announcement_owner_id_person")),
        sa.ForeignKeyConstraint(["speaker_id"], ["person.id"], name=op.f("fk_announcement_speaker_id_person")),
        sa.ForeignKeyConstraint(["urgent_id"], ["person.id"], name=op.f("fk_announcement_urgent_id_person")),
        sa.ForeignKeyConstraint(["urgent_with_id"], ["person.id"], name=op.f("fk_announcement_urgent_with_id_person")),
        sa.ForeignKeyConstraint(["request_id"], ["request.id"], name=op.f("fk_announcement_request_id_request")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_announcement")),
    )
    with op.batch_alter_table("announcement", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_announcement_owner_id"), ["owner_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_announcement_speaker_id"), ["speaker_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_announcement_state"), ["state"], unique=False)
        for name in ("at", "urgent_id", "urgent_with_id", "request_id", "campaign_id"):
            batch_op.create_index(batch_op.f(f"ix_announcement_{name}"), [name], unique=False)
    op.create_table(
        "announcement_version",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("announcement_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["announcement_id"], ["announcement.id"],
            name=op.f("fk_announcement_version_announcement_id_announcement"),
        ),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_announcement_version_by_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_announcement_version")),
        sa.UniqueConstraint(
            "announcement_id", "number", name=op.f("uq_announcement_version_announcement_id_number")
        ),
    )  # fmt: skip
    with op.batch_alter_table("announcement_version", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_announcement_version_announcement_id"), ["announcement_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_announcement_version_by_id"), ["by_id"], unique=False)
    with op.batch_alter_table("account", schema=None) as batch_op:
        batch_op.add_column(sa.Column("returned_at", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("account", schema=None) as batch_op:
        batch_op.drop_column("returned_at")
    op.drop_table("announcement_version")
    op.drop_table("announcement")
