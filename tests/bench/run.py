"""Holds what the measurements of one run share: databases, processes with Django, and times."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from . import servers
from .databases import copy_of_template, environment
from .django_process import DjangoProcess, django_process
from .servers import Server

FEW = 100


@dataclass
class Run:
    """One run: `few` and `many` are the sizes of its sites, in pages of each language."""

    stack: ExitStack
    folder: Path
    seconds: float
    rounds: int
    publishes: int
    many: int
    few: int = FEW
    _databases: dict[int, str] = field(default_factory=dict)
    _processes: dict[int, DjangoProcess] = field(default_factory=dict)

    def database(self, pages: int) -> str:
        if pages not in self._databases:
            self._databases[pages] = self.stack.enter_context(copy_of_template(pages))
        return self._databases[pages]

    def django(self, pages: int) -> DjangoProcess:
        """The process with Django on the database of a size."""
        if pages not in self._processes:
            variables = environment(self.database(pages))
            log = self.folder / f"django-{pages}.log"
            self._processes[pages] = self.stack.enter_context(
                django_process("tests.bench.inside", variables, log)
            )
        return self._processes[pages]

    @contextmanager
    def site(self, pages: int, *, keeps: bool = True) -> Iterator[Server]:
        """The site in production on the database of a size, with kept answers or without."""
        log = self.folder / f"site-{pages}-{keeps}.log"
        with servers.site(self.database(pages), log, RESPONSE_CACHE=str(keeps).lower()) as server:
            yield server

    def token(self, pages: int) -> dict[str, str]:
        """Headers of a request to Wagtail's API v3."""
        return {"Authorization": f"Bearer {self.django(pages).do('token')}"}
