"""`manage.py make_answers`: makes what visitors would otherwise wait for."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.core.wsgi import get_wsgi_application

from ...making import make_all

EVERY = 500


class Command(BaseCommand):
    help = (
        "Makes the kept answers that are missing or out of date, of pages, menus and lists, the "
        "most linked first. Run it after a release and after an import; it stops at what is there "
        "already, so it may be run again at any time."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--rest",
            type=float,
            default=1.0,
            help="how long to pause after each answer, as a multiple of the time that it took "
            "(1: half of a core; 0: as fast as it goes)",
        )

    def handle(self, *args: Any, rest: float, **options: Any) -> None:
        asked = made = 0
        for is_new in make_all(get_wsgi_application(), max(rest, 0.0)):
            asked, made = asked + 1, made + is_new
            if asked % EVERY == 0:
                self.stdout.write(f"{asked} asked for, {made} made")
        self.stdout.write(f"{asked} answers: {made} made, {asked - made} were there.")
