"""The part of the benchmarks that needs Django: does a task for each line that it reads.

A line has the name of a task and its arguments; the answer is a line of JSON.
"""

import json
import sys
from collections.abc import Callable
from typing import Any

import django
from django.db import close_old_connections


def serve(tasks: dict[str, Callable[..., Any]]) -> None:
    for line in sys.stdin:
        name, *numbers = line.split()
        # The server may have closed one that was idle.
        close_old_connections()
        print(json.dumps(tasks[name](*map(int, numbers))), flush=True)


def main() -> None:
    django.setup()
    from . import changes, content, freshness, publishing, queries

    serve(
        {
            "fill": content.fill,
            "token": publishing.token,
            "session": publishing.session,
            "publish": publishing.times,
            "publish_each_second": publishing.each_second,
            "publish_with_questions": publishing.times_with_questions,
            "page_with_questions": publishing.page_with_questions,
            "freshness": freshness.check,
            "queries": queries.count,
            "mix": changes.mix,
            "answers": changes.kept_answers,
            "newest": changes.newest_version,
            **{change.__name__: change for change in changes.KINDS},
            "prepare": changes.prepare,
        }
    )


if __name__ == "__main__":
    main()
