"""`manage.py publish_scheduled`: Wagtail's command, which one refused translation does not stop."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from wagtail.management.commands import publish_scheduled
from wagtail.models import Revision

from ...guard import check_publication


class Command(publish_scheduled.Command):
    help = (
        "Publishes what is due and unpublishes what has expired. A translation that would go live "
        "with text of another language loses its time and stays a draft; the command names it."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        if not options["dryrun"]:
            self._hold_back()
        super().handle(*args, **options)

    def _hold_back(self) -> None:
        due = Revision.objects.filter(approved_go_live_at__lt=timezone.now())
        for revision in due.order_by("approved_go_live_at"):
            try:
                check_publication(revision)
            except ValidationError as error:
                revision.approved_go_live_at = None
                revision.save(update_fields=["approved_go_live_at"])
                reason = " ".join(error.messages)
                self.stderr.write(f"{revision.object_str} was not published: {reason}")
