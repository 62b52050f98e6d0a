"""The changes of the footage library that its sensor follows, noted by the database itself."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"

_NOTE = "INSERT INTO source_changes (source_id) VALUES (NEW.id);"


def upgrade() -> None:
    """Make the table and its triggers; all there is counts as changed once."""
    op.create_table(
        "source_changes",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("source_id", sa.String(32), nullable=False),
    )
    op.execute("INSERT INTO source_changes (source_id) SELECT id FROM sources")
    if op.get_bind().dialect.name == "postgresql":
        op.execute(f"""
            CREATE FUNCTION note_source() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {_NOTE} RETURN NULL; END $$
        """)
        op.execute(
            "CREATE TRIGGER source_note AFTER INSERT OR UPDATE ON sources FOR EACH ROW EXECUTE FUNCTION note_source()"
        )
    else:
        op.execute(f"CREATE TRIGGER source_made AFTER INSERT ON sources BEGIN {_NOTE} END")
        op.execute(f"CREATE TRIGGER source_changed AFTER UPDATE ON sources BEGIN {_NOTE} END")


def downgrade() -> None:
    """Drop them."""
    op.drop_table("source_changes")
