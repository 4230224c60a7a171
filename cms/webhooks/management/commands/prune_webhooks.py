"""`manage.py prune_webhooks`: deletes old deliveries."""

from argparse import ArgumentParser
from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from ...models import Delivery, DeliveryOrigin
from ...outbox import PENDING


class Command(BaseCommand):
    help = "Deletes the log of old deliveries; messages that are on their way stay."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--days", type=int, default=30, help="how many days to keep (default: 30)"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["days"] < 0:
            raise CommandError("--days must be 0 or more.")
        before = timezone.now() - timedelta(days=options["days"])
        settled = Delivery.objects.exclude(origin=DeliveryOrigin.CHANGE.value, state__in=PENDING)
        old = settled.filter(created_at__lt=before)
        count = old.count()
        old.delete()
        if options["verbosity"]:
            self.stdout.write(self.style.SUCCESS(f"Deliveries deleted: {count}."))
