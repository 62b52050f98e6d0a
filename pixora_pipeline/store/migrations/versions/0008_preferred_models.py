"""A project takes over the models that its owner prefers when its row is made, whoever inserts it.

What the row names itself stays; a later wish of the owner's changes no project that is there.
"""

from alembic import op

revision = "0008"
down_revision = "0007"

_WATCHED = ("owner", "kind", "title", "text", "preferences", "overlay", "takes", "approval")
_KEPT = ("revision", "title", "preferences", "overlay", "takes", "approval")


def upgrade() -> None:
    """Have the database fill in what the row leaves open."""
    if op.get_bind().dialect.name == "postgresql":
        _postgres()
    else:
        _sqlite()


def downgrade() -> None:
    """Have it leave rows as they are inserted."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP TRIGGER a_prefer ON projects")
        op.execute("DROP FUNCTION prefer_models()")
        return
    _replace_sqlite(made=_note("NEW"), first="")


def _postgres() -> None:
    op.execute("""
        CREATE FUNCTION prefer_models() RETURNS trigger LANGUAGE plpgsql AS $$
        DECLARE preferred json;
        BEGIN
            SELECT models INTO preferred FROM user_models WHERE owner = NEW.owner;
            IF FOUND AND json_typeof(preferred) = 'object' AND json_typeof(NEW.preferences) = 'object'
               AND coalesce(json_typeof(NEW.preferences -> 'models'), 'object') = 'object' THEN
                NEW.preferences := jsonb_set(NEW.preferences::jsonb, '{models}',
                    preferred::jsonb || coalesce(NEW.preferences::jsonb -> 'models', '{}'::jsonb))::json;
            END IF;
            RETURN NEW;
        END $$
    """)
    op.execute("CREATE TRIGGER a_prefer BEFORE INSERT ON projects FOR EACH ROW EXECUTE FUNCTION prefer_models()")


def _sqlite() -> None:
    preferred = "(SELECT models FROM user_models WHERE owner = NEW.owner AND json_valid(models))"
    own = "coalesce(json_extract(preferences, '$.models'), '{}')"
    fill = f"""
        UPDATE projects SET preferences = json_set(preferences, '$.models', json(json_patch({preferred}, {own})))
        WHERE id = NEW.id AND {preferred} IS NOT NULL AND CASE WHEN json_valid(preferences)
            THEN json_type(preferences) = 'object' AND coalesce(json_type(preferences, '$.models'), 'object') = 'object'
            ELSE 0 END;
    """
    # What is filled in belongs to the first revision: until that is kept, no change is counted.
    first = "AND EXISTS (SELECT 1 FROM revisions WHERE project_id = NEW.id)"
    _replace_sqlite(made=fill + _note("(SELECT {} FROM projects WHERE id = NEW.id)"), first=first)


def _replace_sqlite(made: str, first: str) -> None:
    changed = " OR ".join(f"NEW.{column} IS NOT OLD.{column}" for column in _WATCHED)
    op.execute("DROP TRIGGER project_made")
    op.execute("DROP TRIGGER project_changed")
    op.execute(f"CREATE TRIGGER project_made AFTER INSERT ON projects BEGIN {made} END")
    op.execute(f"""
        CREATE TRIGGER project_changed AFTER UPDATE ON projects
        WHEN NEW.revision = OLD.revision AND ({changed}) {first}
        BEGIN UPDATE projects SET revision = OLD.revision + 1 WHERE id = NEW.id; END
    """)


def _note(of: str) -> str:
    values = ", ".join(of.format(column) if "{}" in of else f"{of}.{column}" for column in _KEPT)
    return f"""
        INSERT INTO revisions (project_id, {", ".join(_KEPT)}) VALUES (NEW.id, {values});
        INSERT INTO changes (project_id) VALUES (NEW.id);
    """
