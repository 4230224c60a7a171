"""Run the parts of the benchmarks that need Django, each as a process of its own.

python -m tests.bench.inside fill 100
"""

import sys

import django


def main() -> None:
    django.setup()
    from . import content, freshness, publishing

    tasks = {
        "fill": content.fill,
        "token": publishing.token,
        "edit": publishing.edit,
        "publish": publishing.compare,
        "freshness": freshness.check,
    }
    name, *numbers = sys.argv[1:]
    tasks[name](*map(int, numbers))


if __name__ == "__main__":
    main()
