"""Projects, their revisions, and the changes that the sensor follows.

The database itself counts revisions, keeps each of them and notes the change, so that a row edited by SQL is seen like
one edited by a command.
"""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

_WATCHED = ("owner", "kind", "title", "text", "preferences", "overlay", "takes", "approval")
_KEPT = ("revision", "title", "preferences", "overlay", "takes", "approval")


def upgrade() -> None:
    """Make the tables and their triggers."""
    _create_projects()
    _create_revisions()
    op.create_table("changes", _serial(), sa.Column("project_id", sa.String(32), nullable=False))
    if op.get_bind().dialect.name == "postgresql":
        _postgres_triggers()
    else:
        _sqlite_triggers()


def downgrade() -> None:
    """Drop them."""
    for table in ("changes", "revisions", "projects"):
        op.drop_table(table)


def _create_projects() -> None:
    op.create_table(
        "projects",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("owner", sa.String(64), nullable=False, server_default="local"),
        sa.Column("kind", sa.String(32), nullable=False, server_default="story"),
        sa.Column("title", sa.Text),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("preferences", sa.JSON, nullable=False, server_default="{}"),
        sa.Column("overlay", sa.JSON, nullable=False, server_default="{}"),
        sa.Column("takes", sa.JSON, nullable=False, server_default="{}"),
        sa.Column("approval", sa.String(16), nullable=False, server_default="not_needed"),
        sa.Column("revision", sa.Integer, nullable=False, server_default="1"),
        _created_at(),
    )
    op.create_index("ix_projects_owner", "projects", ["owner"])
    op.create_index("ix_projects_created_at", "projects", ["created_at"])


def _create_revisions() -> None:
    op.create_table(
        "revisions",
        _serial(),
        sa.Column("project_id", sa.String(32), nullable=False),
        sa.Column("revision", sa.Integer, nullable=False),
        sa.Column("title", sa.Text),
        sa.Column("preferences", sa.JSON, nullable=False),
        sa.Column("overlay", sa.JSON, nullable=False),
        sa.Column("takes", sa.JSON, nullable=False),
        sa.Column("approval", sa.String(16), nullable=False),
        _created_at(),
    )
    op.create_index("ix_revisions_project", "revisions", ["project_id", "revision"])


def _serial() -> sa.Column:
    return sa.Column("id", sa.Integer, primary_key=True, autoincrement=True)


def _created_at() -> sa.Column:
    return sa.Column("created_at", sa.DateTime(timezone=True), nullable=False, server_default=sa.func.now())


def _note() -> str:
    return f"""
        INSERT INTO revisions (project_id, {", ".join(_KEPT)}) VALUES (NEW.id, {", ".join(f"NEW.{c}" for c in _KEPT)});
        INSERT INTO changes (project_id) VALUES (NEW.id);
    """


def _sqlite_triggers() -> None:
    changed = " OR ".join(f"NEW.{column} IS NOT OLD.{column}" for column in _WATCHED)
    op.execute(f"CREATE TRIGGER project_made AFTER INSERT ON projects BEGIN {_note()} END")
    # Counting is an update of its own, and it is the one that is noted.
    op.execute(f"""
        CREATE TRIGGER project_changed AFTER UPDATE ON projects
        WHEN NEW.revision = OLD.revision AND ({changed})
        BEGIN UPDATE projects SET revision = OLD.revision + 1 WHERE id = NEW.id; END
    """)
    op.execute(f"""
        CREATE TRIGGER project_counted AFTER UPDATE ON projects
        WHEN NEW.revision <> OLD.revision BEGIN {_note()} END
    """)


def _postgres_triggers() -> None:
    changed = " OR ".join(f"NEW.{column}::text IS DISTINCT FROM OLD.{column}::text" for column in _WATCHED)
    op.execute(f"""
        CREATE FUNCTION count_project() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
            IF {changed} THEN NEW.revision := OLD.revision + 1; END IF;
            RETURN NEW;
        END $$
    """)
    op.execute(f"""
        CREATE FUNCTION note_project() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
            IF TG_OP = 'INSERT' OR NEW.revision <> OLD.revision THEN {_note()} END IF;
            RETURN NULL;
        END $$
    """)
    op.execute("CREATE TRIGGER a_count BEFORE UPDATE ON projects FOR EACH ROW EXECUTE FUNCTION count_project()")
    op.execute("CREATE TRIGGER b_note AFTER INSERT OR UPDATE ON projects FOR EACH ROW EXECUTE FUNCTION note_project()")
