"""`manage.py prune_journal`: deletes old rows of the change journal."""

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
        parser.add_argument(
            "--hold-days",
            type=int,
            default=180,
            help="how many days to keep what a webhook or a network has yet to be told "
            "(default: 180)",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        for name in ("days", "hold_days"):
            if options[name] < 0:
                raise CommandError(f"--{name.replace('_', '-')} must be 0 or more.")
        now = timezone.now()
        deleted = prune(
            now - timedelta(days=options["days"]), now - timedelta(days=options["hold_days"])
        )
        if options["verbosity"]:
            self.stdout.write(self.style.SUCCESS(f"Rows deleted: {deleted}."))
