"""Questions to leaders"""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "question",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("asker_id", sa.Integer(), nullable=True),
        sa.Column("leader_id", sa.Integer(), nullable=False),
        sa.Column("named", sa.Boolean(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("shared", sa.Boolean(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("joined_to", sa.Integer(), nullable=True),
        sa.Column("draft", sa.String(), nullable=False),
        sa.Column("draft_by_id", sa.Integer(), nullable=True),
        sa.Column("draft_version", sa.Integer(), nullable=False),
        sa.Column("reminded", sa.Integer(), nullable=False),
        sa.Column("lost_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("announcement_id", sa.Integer(), nullable=True),
        sa.Column("platform", sa.String(), nullable=False),
        sa.Column("room", sa.String(), nullable=False),
        sa.Column("thread", sa.String(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["announcement_id"], ["announcement.id"], name=op.f("fk_question_announcement_id_announcement")
        ),
        sa.ForeignKeyConstraint(["asker_id"], ["person.id"], name=op.f("fk_question_asker_id_person")),
        sa.ForeignKeyConstraint(["draft_by_id"], ["person.id"], name=op.f("fk_question_draft_by_id_person")),
        sa.ForeignKeyConstraint(["leader_id"], ["person.id"], name=op.f("fk_question_leader_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_question")),
    )
    with op.batch_alter_table("question", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_question_announcement_id"), ["announcement_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_question_asker_id"), ["asker_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_question_draft_by_id"), ["draft_by_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_question_joined_to"), ["joined_to"], unique=False)
        batch_op.create_index(batch_op.f("ix_question_leader_id"), ["leader_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_question_state"), ["state"], unique=False)
    op.create_table(
        "question_place",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("platform", sa.String(), nullable=False),
        sa.Column("room", sa.String(), nullable=False),
        sa.Column("message", sa.String(), nullable=False),
        sa.Column("announcement_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["announcement_id"], ["announcement.id"], name=op.f("fk_question_place_announcement_id_announcement")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_question_place")),
        sa.UniqueConstraint("platform", "room", "message", name=op.f("uq_question_place_platform_room_message")),
        sa.UniqueConstraint(
            "platform", "room", "announcement_id", name=op.f("uq_question_place_platform_room_announcement_id")
        ),
    )
    with op.batch_alter_table("question_place", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_question_place_announcement_id"), ["announcement_id"], unique=False)


def downgrade() -> None:
    op.drop_table("question_place")
    op.drop_table("question")
