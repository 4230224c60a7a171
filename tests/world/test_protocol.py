"""The protocol of version, cache and journal holds in every order, and each change of it does not.

The changed protocols show that the search sees what it is for: each is a mistake that is easily
made, and that a test of one order does not notice.
"""

from dataclasses import replace

import pytest

from tests.world.protocol import Broken, Protocol, Steps, search
from tests.world.protocol_state import ANYWHERE, OTHER, PAGE, Kept, Log, Publisher, Reader, State

# What is asked for, and what the second publisher does.
SITES = {
    "a page that is published twice": Protocol(second=PAGE),
    "a page, and another page": Protocol(second=OTHER),
    "a page, and a question on it": Protocol(shown=(PAGE, OTHER), second=ANYWHERE),
    "a list of two pages": Protocol(shown=(PAGE, OTHER), pages=None, second=OTHER),
}
JOURNAL = Protocol(follows=True)


@pytest.mark.sampled
@pytest.mark.parametrize("shared", [False, True], ids=["two processes", "two threads"])
@pytest.mark.parametrize("site", SITES)
def test_no_order_gives_an_old_answer(site: str, shared: bool) -> None:
    assert search(replace(SITES[site], shared=shared)) > 1000


def test_no_order_hides_a_publication_from_a_reader_of_the_journal() -> None:
    assert search(JOURNAL) > 100


class VersionAfterContent(Protocol):
    """Keep an answer under the version that holds when it is done."""

    def keep(self, state: State, me: Reader) -> State:
        return state._replace(cache=Kept(me.answer, state.number))


class NoComparison(Protocol):
    """Give whatever is kept."""

    def is_current(self, kept: Kept, me: Reader, log: Log) -> bool:
        return True


class PagesAlone(Protocol):
    """Forget that some changes show on any page."""

    def is_current(self, kept: Kept, me: Reader, log: Log) -> bool:
        return self.pages is not None and all(
            log.pages[page] <= kept.version for page in self.pages
        )


class NumberWithoutLock(Protocol):
    """Take numbers as a sequence gives them: each once, and nobody waits for the commit."""

    def publish(self, state: State, who: int) -> Steps:
        for label, found in super().publish(state._replace(holder=-1), who):
            taken = max(each.version for each in state.publishers)
            me = found.publishers[who]
            if me.next == "commit" and state.publishers[who].next == "number":
                me = Publisher("commit", max(taken, state.number) + 1)
            yield label, self.publisher(found, who, me)._replace(holder=-1)


class PurgeBeforeCommit(NoComparison):
    """Delete what is kept as the row is written, instead of comparing versions."""

    def publish(self, state: State, who: int) -> Steps:
        for label, found in super().publish(state, who):
            is_purged = "takes" in label
            yield label, found._replace(cache=None) if is_purged else found


class PurgeAfterCommit(NoComparison):
    """Delete what is kept once all is committed; a reader may be keeping what they read before."""

    def publish(self, state: State, who: int) -> Steps:
        for label, found in super().publish(state, who):
            is_purged = "commits" in label
            yield label, found._replace(cache=None) if is_purged else found


class RowAfterCommit(Protocol):
    """Write the row in a transaction of its own, after that of the object."""

    def publish(self, state: State, who: int) -> Steps:
        is_writing = state.publishers[who].next == "write"
        for label, found in super().publish(state, who):
            yield label, super().with_content(found, who) if is_writing else found

    def with_content(self, state: State, who: int) -> State:
        return state


class NoWait(Protocol):
    """Tell the editor at once, whatever processes may use."""

    def waits_for(self, state: State) -> frozenset[int]:
        return frozenset()


class WaitForOneProcess(Protocol):
    """Wait for the lease of one process alone, such as the publisher's own."""

    def waits_for(self, state: State) -> frozenset[int]:
        return super().waits_for(state) - {1}


class LeaseForEver(Protocol):
    """Let a process use its version after its lease has ended."""

    def end_lease(self, state: State, process: int) -> Steps:
        for label, found in super().end_lease(state, process):
            yield label, found._replace(leases=state.leases)


class CursorFirst(Protocol):
    """Move the cursor, then deliver."""

    def follow(self, state: State) -> Steps:
        for label, found in super().follow(state):
            me = found.follower
            yield label, found._replace(follower=me._replace(cursor=max(me.cursor, me.end)))


@pytest.mark.sampled
@pytest.mark.parametrize(
    "broken",
    [
        VersionAfterContent,
        NoComparison,
        PagesAlone,
        NumberWithoutLock,
        PurgeBeforeCommit,
        PurgeAfterCommit,
        RowAfterCommit,
        NoWait,
        WaitForOneProcess,
        LeaseForEver,
        CursorFirst,
    ],
)
def test_a_changed_protocol_is_found(broken: type[Protocol]) -> None:
    with pytest.raises(Broken) as found:
        search_all(broken)
    assert found.value.__notes__


def search_all(protocol: type[Protocol]) -> None:
    for site in (JOURNAL, *SITES.values()):
        search(protocol(**vars(site)))
