"""`manage.py rebuild_translation_states`: compute the state of every translation again."""

from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.core.management.base import BaseCommand
from tqdm import tqdm
from wagtail_localize.models import TranslationSource

from ...engine.source_updates import catch_up


class Command(BaseCommand):
    help = (
        "Works out anew how far every translation has come and which are behind. A second run "
        "changes nothing. Run it after restoring a backup or loading content from outside."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        sources = TranslationSource.objects.order_by("pk")
        hidden = True if options["verbosity"] == 0 else None
        states = 0
        for source in tqdm(
            sources.iterator(chunk_size=100),
            total=sources.count(),
            desc="Translations",
            unit="",
            ncols=80,
            disable=hidden,
        ):
            try:
                states += catch_up(source)
            except ObjectDoesNotExist:
                self.stderr.write(f"{source.object_repr}: its source is gone.")
        if options["verbosity"]:
            self.stdout.write(self.style.SUCCESS(f"{states} translations are up to date here."))
