"""`make mutants`: change the code in small ways and print the changes that no test notices.

ARGS picks modules or folders; without it all of `TESTS` are tried. A mutant that behaves as the
code does is named in `equivalent.toml` with a reason, and not counted.
"""

import argparse
import os
import random
import sys
import tomllib
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from .making import mutants_of, sample_of
from .trying import Outcome, try_mutants

# Which tests are asked about a module or folder.
TESTS = {
    "cms/public/visibility.py": [
        "tests/delivery/test_visibility.py",
        "tests/delivery/test_pages.py",
        "tests/journal/test_visibility.py",
        "tests/journal/test_files.py",
        "tests/public",
        "tests/site/test_private_pages.py",
        "tests/translation/test_withholding.py",
        "tests/translation/engine/test_aliases.py",
        "tests/caching/test_query_counts.py",
    ],
    "cms/caching": ["tests/caching"],
    "cms/translation/engine": [
        "tests/translation/engine",
        "tests/translation/test_addresses.py",
        "tests/translation/test_change_weight.py",
        "tests/translation/test_kept_privacy.py",
        "tests/translation/test_rebuilding.py",
        "tests/translation/test_scheduled.py",
        "tests/translation/test_withholding.py",
        "tests/translation/tools/test_one_door.py",
        "tests/translation/desk/test_following_times.py",
        "tests/translation/desk/test_links.py",
        "tests/translation/desk/test_places.py",
        "tests/translation/desk/test_same_words.py",
        "tests/translation/desk/test_same_words_other_links.py",
        "tests/translation/desk/test_texts.py",
        "tests/translation/desk/test_times.py",
        "tests/content/test_own_language.py",
        "tests/delivery/test_what_is_behind.py",
    ],
    "cms/translation/exchange": ["tests/translation/tools"],
    "cms/translation/desk": [
        "tests/translation/desk",
        "tests/translation/tools/test_one_door.py",
        "tests/review/test_main_buttons.py",
    ],
    "cms/review/gate.py": ["tests/review"],
    "cms/journal": [
        "tests/journal",
        "tests/caching/test_changes_elsewhere.py",
        "tests/public/test_unshowable_images.py",
        "tests/saving/test_query_counts.py",
        "tests/webhooks/test_messages.py",
    ],
}
EQUIVALENT = Path(__file__).with_name("equivalent.toml")
NOTICED = ("killed", "timeout")
COUNTED = (*NOTICED, "survived", "unreached")


def main() -> int:
    parser = argparse.ArgumentParser(prog="make mutants", description=__doc__)
    parser.add_argument("paths", nargs="*", default=[], help="modules or folders")
    parser.add_argument("--tests", action="append", help="ask these test files instead")
    parser.add_argument("--most", type=int, default=100, help="ask so many tests at most")
    parser.add_argument("--line", type=int, help="only the mutants of this line")
    parser.add_argument("--sample", type=int, help="try so many of a scope, chosen at random")
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(10**6))
    options = parser.parse_args()
    if options.sample:
        print(f"--sample {options.sample} --seed {options.seed}", flush=True)
    # Each child needs a database of its own, which only one in memory is.
    os.environ.pop("DATABASE_URL", None)
    equivalent = {
        (entry["file"], entry["before"], entry["after"])
        for entry in tomllib.loads(EQUIVALENT.read_text(encoding="utf-8"))["mutant"]
    }
    outcomes: list[Outcome] = []
    # Django starts only once in a process, so each scope has its own.
    with ProcessPoolExecutor(max_workers=1, max_tasks_per_child=1) as processes:
        for scope, tests in TESTS.items():
            mutants = [
                mutant
                for path in _modules(scope, options.paths)
                for mutant in mutants_of(path)
                if options.line in (None, mutant.line)
                and (path, mutant.before, mutant.after) not in equivalent
            ]
            if options.sample:
                mutants = sample_of(mutants, options.sample, options.seed)
            if mutants:
                work = processes.submit(try_mutants, mutants, options.tests or tests, options.most)
                outcomes += work.result()
    _report(outcomes)
    return 0


def _modules(scope: str, picked: list[str]) -> list[str]:
    """Return the modules of a scope that lie below one of the picked paths."""
    root = Path(scope)
    modules = [str(path) for path in ([root] if root.is_file() else sorted(root.rglob("*.py")))]
    return [
        module
        for module in modules
        if "/migrations/" not in module
        and (not picked or any(module.startswith(path.rstrip("/")) for path in picked))
    ]


def _report(outcomes: list[Outcome]) -> None:
    print("\nNo test notices:\n")
    for outcome in outcomes:
        if outcome.result in ("survived", "unreached"):
            print(f"{outcome.result}: {outcome.mutant}")
    print(f"\n{'':40} mutants  killed  timeout  survived  unreached  at start  score")
    paths = sorted({outcome.mutant.path for outcome in outcomes})
    for path in [*paths, "all"]:
        counts = Counter(o.result for o in outcomes if path in (o.mutant.path, "all"))
        counted = sum(counts[name] for name in COUNTED)
        noticed = sum(counts[name] for name in NOTICED)
        print(
            f"{path:40} {counts.total():7} {counts['killed']:7} {counts['timeout']:8} "
            f"{counts['survived']:9} {counts['unreached']:10} {counts['at start']:9} "
            f"{noticed / counted if counted else 1:6.1%}"
        )


if __name__ == "__main__":
    sys.exit(main())
