"""Campaigns, and who came by them"""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "campaign",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("called", sa.String(), nullable=False),
        sa.Column("day_zero", sa.Date(), nullable=False),
        sa.Column("zone", sa.String(), nullable=False),
        sa.Column("phase", sa.String(), nullable=False),
        sa.Column("owner_id", sa.Integer(), nullable=False),
        sa.Column("held", sa.String(), nullable=False),
        sa.Column("marked", sa.Date(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["owner_id"], ["person.id"], name=op.f("fk_campaign_owner_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_campaign")),
        sa.UniqueConstraint("called", name=op.f("uq_campaign_called")),
    )
    with op.batch_alter_table("campaign", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_campaign_owner_id"), ["owner_id"], unique=False)
    op.create_table(
        "campaign_line",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("campaign_id", sa.Integer(), nullable=False),
        sa.Column("announcement_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("media", sa.String(), nullable=False),
        sa.Column("after", sa.String(), nullable=False),
        sa.Column("invites", sa.Boolean(), nullable=False),
        sa.Column("marked", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["campaign_id"], ["campaign.id"], name=op.f("fk_campaign_line_campaign_id_campaign")),
        sa.ForeignKeyConstraint(
            ["announcement_id"], ["announcement.id"], name=op.f("fk_campaign_line_announcement_id_announcement")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_campaign_line")),
        sa.UniqueConstraint("announcement_id", name=op.f("uq_campaign_line_announcement_id")),
        sa.UniqueConstraint("campaign_id", "key", name=op.f("uq_campaign_line_campaign_id_key")),
    )
    with op.batch_alter_table("campaign_line", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_campaign_line_campaign_id"), ["campaign_id"], unique=False)
    op.create_table(
        "newcomer",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("since_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_newcomer_person_id_person")),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_newcomer")),
    )
    with op.batch_alter_table("newcomer", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_newcomer_due_at"), ["due_at"], unique=False)


def downgrade() -> None:
    op.drop_table("newcomer")
    op.drop_table("campaign_line")
    op.drop_table("campaign")
