"""The videos of the footage library."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "sources",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("owner", sa.String(64), nullable=False, server_default="local"),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("path", sa.Text, nullable=False),
        sa.Column("video", sa.String(64), nullable=False),
        sa.Column("sidecar", sa.String(64)),
        sa.Column("tags", sa.JSON, nullable=False, server_default="[]"),
        sa.Column("collection", sa.String(64)),
        sa.Column("revision", sa.Integer, nullable=False, server_default="1"),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False, server_default=sa.func.now()),
    )
    op.create_index("ix_sources_owner", "sources", ["owner"])
    op.create_index("ix_sources_video", "sources", ["video"])


def downgrade() -> None:
    """Drop it."""
    op.drop_table("sources")
