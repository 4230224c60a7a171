"""How many answers a change makes anew, beside how many pages show it.

Every page of the site is read once, half of them from the API and half as web pages. After a
change all are read again. What shows the change has another entity tag than before, which is a
digest of the bytes. What was made anew has a newer version in the table of kept answers: each
answer that is made at an address of the site's own is written there with the version that it was
made at. So the count is exact, whichever process made it.
"""

import sys

from .addresses import one_of_each, paths
from .machine import say
from .reader import read_pages
from .report import Figure, Section
from .run import Run

CHANGES = (
    *("a_question", "a_title_in_no_menu", "an_image", "a_concern"),
    *("a_page_moved", "a_page_published_first"),
)


def measure(run: Run) -> Section:
    figures, notes = [], []
    django = run.django(run.many)
    django.do("prepare")
    with run.site(run.many) as site:
        addresses = one_of_each(paths(site, "sv", "en"))
        before = read_pages(site, addresses)
        kept = django.do("answers", -1)
        if kept < len(addresses) or len(before) < len(addresses):
            sys.exit(f"Of {len(addresses)} answers {kept} are kept and {len(before)} are pages.")
        for change in CHANGES:
            say(change)
            version = django.do("newest")
            addresses += one_of_each(["", *django.do(change)])[1:]
            after = read_pages(site, addresses)
            made = django.do("answers", version)
            showing = sum(before.get(address) != tag for address, tag in after.items())
            if not showing:
                sys.exit(f"No page shows {change}.")
            name = change.replace("_", " ").capitalize()
            figures.append(
                Figure(
                    f"{name}: answers made anew ÷ answers that show it", made / showing, at_most=1.1
                )
            )
            notes.append(f"{name}: {made} of {len(after):,} made anew, {showing} show it.")
            before = after
    say("")
    return Section("What a change makes anew", figures, notes)
