"""`manage.py rebuild_links`: extract the links of all content again for the report on links."""

from typing import Any

from django.core.management.base import BaseCommand

from ...links.recording import rebuild


class Command(BaseCommand):
    help = (
        "Reads every page and snippet anew for the report on links. Needed once for content that "
        "is older than the report, and after changes that went around saving."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        links = rebuild()
        if options["verbosity"]:
            self.stdout.write(self.style.SUCCESS(f"Links: {links}."))
