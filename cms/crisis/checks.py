"""System check: no page about health is live without confirmed crisis help in its language."""

from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.core.checks import Error, Tags, register
from django.core.checks.messages import CheckMessage
from django.db import connections
from wagtail.models import Locale


@register(Tags.database, deploy=True)
def check_crisis_help(
    app_configs: Sequence[AppConfig] | None, databases: Sequence[str] | None = None, **kwargs: Any
) -> list[CheckMessage]:
    """Return an error for each language; `manage.py check --deploy --database default` runs it.

    Only that: `migrate` runs the other checks of the database, and would not bring a release out
    before an editor has confirmed something. Passes over a database that is not migrated yet.
    """
    if "default" not in (databases or ()) or not _is_migrated():
        return []
    from pages.crisis_help import crisis_help_states

    from .gate import live_clinical_pages

    found = Locale.objects.filter(pk__in=live_clinical_pages().values("locale"))
    return [
        Error(
            f"Pages about health are live in {state.locale.language_code!r}, whose crisis help "
            + ("is missing." if state.furniture is None else "was not confirmed in time."),
            hint="Publish it with a telephone number under Shared content, and confirm it on the "
            "first page of the admin.",
            id="samtal.E009",
        )
        for state in crisis_help_states(*found)
        if not state.is_confirmed()
    ]


def _is_migrated() -> bool:
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connections["default"])
    return not executor.migration_plan(executor.loader.graph.leaf_nodes())
