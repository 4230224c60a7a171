"""`manage.py deliver_webhooks`: sends pending messages and purges."""

from typing import Any

from django.core.management.base import BaseCommand

from cms.journal.version import current_version

from ...endpoint_delivery import deliver
from ...models import Endpoint, NetworkPurge
from ...purging import is_configured, purge


class Command(BaseCommand):
    help = (
        "Delivers webhooks and purges that are due, such as those that failed. Run it every "
        "minute: it is the net under whatever was interrupted."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        readers: dict[str, NetworkPurge | Endpoint] = {}
        if is_configured():
            purge()
            readers["network"] = NetworkPurge.objects.get()
        for pk in Endpoint.objects.filter(active=True).values_list("pk", flat=True):
            deliver(pk)
            endpoint = Endpoint.objects.get(pk=pk)
            readers[endpoint.name] = endpoint
        if options["verbosity"]:
            for name, reader in readers.items():
                self.stdout.write(f"{name}: told up to {reader.cursor} of {current_version()}")
