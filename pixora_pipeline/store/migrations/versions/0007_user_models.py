"""Which models each user prefers."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "user_models",
        sa.Column("owner", sa.String(64), primary_key=True),
        sa.Column("models", sa.JSON, nullable=False),
    )


def downgrade() -> None:
    """Drop it."""
    op.drop_table("user_models")
