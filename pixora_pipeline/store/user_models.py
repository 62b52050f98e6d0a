"""The models that users prefer. A project takes them over when it is begun: a later change touches no film.

Rows of the projects table that name none are given them by the database itself.
"""

from pydantic import ValidationError
from sqlalchemy import Engine, delete
from sqlalchemy.orm import Session

from pixora_pipeline.errors import UserError
from pixora_pipeline.model.project import Models
from pixora_pipeline.store.tables import UserModelsRow

LOCAL = "local"
"""The user of a studio without sign-in."""


class UserModels:
    """Who makes what for each user, where their projects say nothing else."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def of(self, owner: str = LOCAL) -> Models:
        """The models of a user, those built in where nothing is stored. Raises `UserError` for a broken row."""
        with Session(self._engine) as session:
            row = session.get(UserModelsRow, owner)
        try:
            return Models.model_validate(row.models if row else {})
        except ValidationError as error:
            first = error.errors()[0]
            raise UserError(f"The preferred models of {owner} can't be read: {first['msg']}. Mend the row.") from error

    def keep(self, models: Models, owner: str = LOCAL) -> None:
        """Store them in the place of those before."""
        chosen = models.model_dump(mode="json", exclude_defaults=True)
        with Session(self._engine) as session, session.begin():
            session.execute(delete(UserModelsRow).where(UserModelsRow.owner == owner))
            session.add(UserModelsRow(owner=owner, models=chosen))
