"""`manage.py seed`: writes the demo content in both languages."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from tqdm import tqdm

from cms.journal.lease import commit_wait

from ...models import HomePage
from ...seeding import demo_seeded
from ...seeding.seeder import Seeder
from ...seeding.users import PASSWORD, create_demo_users


class Command(BaseCommand):
    help = (
        "Writes the demo content in Swedish and English. What exists is left as it is, so that "
        "a second run changes nothing."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--reset",
            action="store_true",
            help="write the demo texts again over what editors have changed in them",
        )
        parser.add_argument(
            "--once",
            action="store_true",
            help="do nothing where all of it was written before",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        home = HomePage.objects.filter(live=True, locale__language_code=settings.LANGUAGE_CODE)
        if options["once"] and home.exists():
            return
        if settings.DEMO_USERS and (names := create_demo_users()):
            self.stdout.write(f"Demo users, password “{PASSWORD}”: {', '.join(names)}")
        steps = list(Seeder(reset=options["reset"]).steps())
        hidden = True if options["verbosity"] == 0 else None
        with (
            commit_wait.together(),
            tqdm(steps, desc="Demo content", unit="", ncols=80, disable=hidden) as progress,
        ):
            for name, work in progress:
                progress.set_postfix_str(name)
                work()
        demo_seeded.send(sender=type(self))
        if options["verbosity"]:
            self.stdout.write(self.style.SUCCESS("The demo content is in place."))
