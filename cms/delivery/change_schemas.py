"""The feed of changes: what a front end that keeps pages has to drop or build again."""

from datetime import datetime

from pydantic import Field

from cms.journal.models import Action, Kind
from cms.public.schemas import PublicSchema

from .parameters import LARGEST
from .queries import Parameters


class ChangeParameters(Parameters):
    since: int = Field(
        ge=0, le=LARGEST, description="The version up to which the reader knows everything."
    )
    limit: int = Field(100, ge=1, le=100, description="How many versions to look through.")


class Change(PublicSchema):
    version: int
    time: datetime
    action: Action
    kind: Kind
    type: str = Field(description="The API's name of a page type, or else the model's.")
    id: int
    locale: str | None = Field(
        description="The language of what changed; null where it has none, or where everything "
        "may differ in every language."
    )
    path: str | None = Field(
        description="After unpublished, deleted, restricted and moved: the old path, to be "
        "dropped, for a page with everything below it. Otherwise where the page or redirect is."
    )
    paths: list[str] = Field(
        description="Public pages that may look different because of the change."
    )
    everything: bool = Field(
        description="True where any page may differ, in `locale` or, without one, in every "
        "language; `paths` is empty then."
    )


class ChangeList(PublicSchema):
    version: int = Field(
        description="The newest version: what to give as `since` the next time, once `next` is "
        "null."
    )
    next: str | None = Field(description="The following slice; null at the end.")
    items: list[Change]
