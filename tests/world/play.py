"""Play a world: let people act, read everything, and keep the steps as a script."""

import time
from typing import Any, ClassVar

from django.db import transaction

from tests.world.checking import check_all
from tests.world.life import LivingWorld
from tests.world.reading import Figures, Reader
from tests.world.stage import add_people, clear_site, on_stage

SCRIPT = """
from tests.world.play import Play


def test_found(db: None) -> None:
    with Play() as play:
{lines}
"""


class Play:
    """A world with its reader; each `do` is a step, and a script is a list of them."""

    figures: ClassVar[Figures] = Figures()
    seconds: ClassVar[float] = 0.0
    # What each failure said, with its script: hypothesis repeats the first, which may not fail.
    failures: ClassVar[list[str]] = []

    def __enter__(self) -> "Play":
        self._atomic = transaction.atomic()
        self._atomic.__enter__()
        clear_site()
        add_people()
        self._stage = on_stage()
        self.world = LivingWorld(self._stage.__enter__())
        world = self.world
        self.reader = Reader(world.model, world.pks, world.image_addresses(), self.figures)
        self.lines: list[str] = []
        return self

    def __exit__(self, *error: Any) -> None:
        self._stage.__exit__(None, None, None)
        self.reader.close()
        transaction.set_rollback(True)
        self._atomic.__exit__(None, None, None)

    def do(self, step: str, /, *args: Any, **kwargs: Any) -> None:
        """Let people act, then read and check everything."""
        given = [repr(each) for each in args]
        given += [f"{name}={value!r}" for name, value in kwargs.items()]
        self.lines.append(f'        play.do("{step}", {", ".join(given)})')
        start = time.perf_counter()
        try:
            getattr(self.world, step)(*args, **kwargs)
            self.reader.read_all(self.world.touched)
            check_all(self.world)
        except Exception as error:
            script = SCRIPT.format(lines="\n".join(self.lines))
            Play.failures.append(f"{type(error).__name__}: {error}\n{script}")
            error.add_note(script)
            raise
        self.world.touched.clear()
        Play.seconds += time.perf_counter() - start
