"""`manage.py prune_journal`: forget old changes."""

from argparse import ArgumentParser
from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from ...retention import prune


class Command(BaseCommand):
    help = (
        "Deletes old rows of the change journal. Whoever reads its feed less often than that "
        "must read everything again."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--days", type=int, default=90, help="how many days to keep (default: 90)"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["days"] < 0:
            raise CommandError("--days must be 0 or more.")
        deleted = prune(timezone.now() - timedelta(days=options["days"]))
        if options["verbosity"]:
            self.stdout.write(self.style.SUCCESS(f"Rows deleted: {deleted}."))
