"""The protocol of version, cache and journal as a tiny model, and a search through all it can do.

Two publishers, two readers with the cache that they share, and one reader of the journal with a
cursor take one step at a time, in every order. At most one of them crashes, and at most one
connection to the cache is lost. Each step names the function of the product that takes it, so that
the two can be compared. What the model calls an answer is how often each thing that it shows had
been published.

A process may use the version that it has read until its lease ends, which is a step of its own.
Time has one rule: the lease of a version that was asked for before a commit ends before the
publisher has waited for it.

What must hold, in every order:

1. nobody is given an answer that lacks a publication whose publisher was told before they asked;
2. when all have finished, no process gives an old answer from the cache, whatever was lost;
3. whoever reads the journal by cursor is told of every publication.
"""

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from .protocol_state import ANYWHERE, OTHER, PAGE, Kept, Log, Publisher, Reader, Row, State

Steps = Iterator[tuple[str, State]]


class Broken(Exception):
    """Something that must hold does not; the steps to it are its notes."""


def put(items: tuple[Any, ...], index: int, item: Any) -> Any:
    return (*items[:index], item, *items[index + 1 :])


@dataclass(frozen=True)
class Protocol:
    """What the product does.

    `shown` is what the answer shows, `pages` the pages that it names (None for a list), and
    `second` the page of the second publisher's row; `shared` says whether the readers are threads
    of one process. `follows` lets the reader of the journal act instead of the visitors.
    """

    shown: tuple[int, ...] = (PAGE,)
    pages: tuple[int, ...] | None = (PAGE,)
    second: int = OTHER
    shared: bool = False
    follows: bool = False

    def start(self) -> State:
        """Each process with a reader has just asked."""
        return State(leases=(0, None if self.shared else 0))

    def steps(self, state: State) -> Steps:
        for who in range(2):
            yield from self.publish(state, who)
            if not self.follows:
                yield from self.read(state, who)
                yield from self.end_lease(state, who)
        if self.follows:
            yield from self.follow(state)

    # --- Publishers ----------------------------------------------------------------------------

    def publish(self, state: State, who: int) -> Steps:
        """`cms.saving`: the object, then the row, in one transaction."""
        me = state.publishers[who]
        if me.next == "write":
            yield f"publisher {who} writes", self.publisher(state, who, Publisher("number"))
        elif me.next == "number" and state.holder == -1:
            # `cms.journal.recording._next_version`: the counter stays locked until the commit.
            taken = Publisher("commit", state.number + 1)
            found = self.publisher(state, who, taken)._replace(holder=who)
            yield f"publisher {who} takes {taken.version}", found
        elif me.next == "commit":
            yield f"publisher {who} commits {me.version}", self.commit(state, who)
        if state.crashes and me.next in ("number", "commit"):
            # The database rolls back, and the number is given to the next one.
            free = -1 if state.holder == who else state.holder
            found = self.publisher(state, who, Publisher("done"))
            yield f"publisher {who} crashes", found._replace(holder=free, crashes=0)

    def publisher(self, state: State, who: int, now: Publisher) -> State:
        return state._replace(publishers=put(state.publishers, who, now))

    def commit(self, state: State, who: int) -> State:
        """Make the object, its row and the counter visible at once."""
        version = state.publishers[who].version
        waiting = Publisher("wait", version, self.waits_for(state))
        found = self.with_content(self.publisher(state, who, waiting), who)._replace(
            number=max(state.number, version),
            rows=state.rows | {self.row(who, version)},
            holder=-1 if state.holder == who else state.holder,
        )
        return self.tell(found)

    def waits_for(self, state: State) -> frozenset[int]:
        """Whoever may use a version that was asked for before the commit."""
        return frozenset(
            process for process, version in enumerate(state.leases) if version is not None
        )

    def tell(self, state: State) -> State:
        """`cms.journal.lease.CommitWait`: the save returns, and the editor reads "published"."""
        for who, each in enumerate(state.publishers):
            if each.next == "wait" and not each.waits_for:
                what = self.what(who)
                told = put(state.told, what, state.told[what] + 1)
                state = self.publisher(state, who, Publisher("done"))._replace(told=told)
        return state

    def what(self, who: int) -> int:
        return PAGE if who == 0 or self.second == PAGE else OTHER

    def with_content(self, state: State, who: int) -> State:
        what = self.what(who)
        return state._replace(content=put(state.content, what, state.content[what] + 1))

    def row(self, who: int, version: int) -> Row:
        """`cms.journal.feed.page_of_each_change`."""
        return Row(version, PAGE if who == 0 else self.second)

    # --- Readers -------------------------------------------------------------------------------

    def read(self, state: State, who: int) -> Steps:
        """`cms.caching.middleware.ResponseCacheMiddleware`."""
        me = state.readers[who]
        if me.next == "ask":
            began = tuple(state.told[what] for what in self.shown)
            yield f"reader {who} asks", self.ask(state, who, me._replace(began=began))
        elif me.next == "look":
            # `AnswerStore.get`, and None from a cache that does not answer.
            made = self.reader(state, who, me._replace(next="make"))
            if state.cache is None or not self.is_current(state.cache, me, self.log(state, who)):
                yield f"reader {who} finds nothing", made
            else:
                given = me._replace(answer=state.cache.answer)
                yield f"reader {who} finds an answer", self.give(state, who, given)
            if state.losses:
                yield f"reader {who} cannot reach the cache", made._replace(losses=0)
        elif me.next == "make":
            # Each query of a view sees what is committed by then.
            what = self.shown[len(me.answer)]
            answer = (*me.answer, state.content[what])
            then = "keep" if len(answer) == len(self.shown) else "make"
            found = me._replace(next=then, answer=answer)
            yield f"reader {who} reads {what}", self.reader(state, who, found)
        elif me.next == "keep":
            # `AnswerStore.set`, whatever is kept by then.
            given = self.give(state, who, me)
            yield f"reader {who} keeps the answer", self.keep(given, me)
            if state.losses:
                yield f"reader {who} cannot keep the answer", given._replace(losses=0)
        if state.crashes and me.next not in ("ask", "done"):
            # The process begins anew, and knows nothing.
            found = self.reader(state, who, Reader("done"))
            mine = self.process(who)
            logs, leases = put(state.logs, mine, Log()), put(state.leases, mine, None)
            found = found._replace(logs=logs, leases=leases, crashes=0)
            yield f"reader {who} crashes", self.without_waiting(found, mine)

    def ask(self, state: State, who: int, me: Reader) -> State:
        """`ContentVersion.read`: the version before any content, and the log up to it."""
        mine, log = self.process(who), self.log(state, who)
        leases = state.leases
        # `cms.journal.lease.VersionLease.read` asks where no lease holds.
        if leases[mine] != log.version:
            log = self.caught_up(state, log)
            # Elsewhere nobody asks a second time.
            leases = put(leases, mine, log.version if self.shared else None)
        found = self.reader(state, who, me._replace(next="look", version=log.version))
        return found._replace(logs=put(state.logs, mine, log), leases=leases)

    def end_lease(self, state: State, process: int) -> Steps:
        """Let the time pass for which a process may use its version."""
        if state.leases[process] is not None:
            ended = state._replace(leases=put(state.leases, process, None))
            yield f"lease of {process} ends", self.without_waiting(ended, process)

    def without_waiting(self, state: State, process: int) -> State:
        """Let no publisher wait for a lease that has ended."""
        publishers = tuple(
            each._replace(waits_for=each.waits_for - {process}) for each in state.publishers
        )
        return self.tell(state._replace(publishers=publishers))

    def keep(self, state: State, me: Reader) -> State:
        return state._replace(cache=Kept(me.answer, me.version))

    def reader(self, state: State, who: int, now: Reader) -> State:
        return state._replace(readers=put(state.readers, who, now))

    def give(self, state: State, who: int, me: Reader) -> State:
        if any(given < began for given, began in zip(me.answer, me.began, strict=True)):
            raise Broken(f"Reader {who} is given {me.answer}, and {me.began} was public before.")
        return self.reader(state, who, Reader("done"))

    def process(self, who: int) -> int:
        return 0 if self.shared else who

    def log(self, state: State, who: int) -> Log:
        return state.logs[self.process(who)]

    def caught_up(self, state: State, log: Log) -> Log:
        """`cms.caching.change_log.catch_up` and `ChangeLog.extended_to`."""
        if log.version == state.number:
            return log
        rows = sorted(row for row in state.rows if row.version > log.version)
        if log.version == -1 or len(rows) != state.number - log.version:
            # Rows are missing: all that is kept counts as too old.
            return Log(state.number, state.number)
        anywhere, pages = log.anywhere, log.pages
        for row in rows:
            if row.page == ANYWHERE:
                anywhere, pages = row.version, (-1, -1)
            else:
                pages = (row.version, pages[1]) if row.page == PAGE else (pages[0], row.version)
        return Log(state.number, anywhere, pages)

    def is_current(self, kept: Kept, me: Reader, log: Log) -> bool:
        """`cms.caching.content_version.Dependencies.are_current`."""
        if kept.version == me.version:
            return True
        if self.pages is None:
            return False
        is_known = log.anywhere <= kept.version <= me.version
        return is_known and all(log.pages[page] <= kept.version for page in self.pages)

    # --- The reader of the journal -------------------------------------------------------------

    def follow(self, state: State) -> Steps:
        """`cms.webhooks`: read after the cursor, deliver, then move the cursor."""
        me = state.follower
        if me.next == "read" and state.number > me.cursor:
            found = me._replace(next="deliver", end=state.number)
            yield f"the follower reads to {state.number}", state._replace(follower=found)
        elif me.next == "deliver":
            # `cms.journal.feed.changes_after`; where rows are missing, everything is read again.
            rows = {row.version for row in state.rows if me.cursor < row.version <= me.end}
            found = me._replace(next="move", told=me.told | rows)
            yield "the follower delivers", state._replace(follower=found)
        elif me.next == "move":
            found = me._replace(next="read", cursor=me.end)
            yield f"the follower moves to {me.end}", state._replace(follower=found)
        if state.crashes and me.next != "read":
            found = me._replace(next="read", end=0)
            yield "the follower crashes", state._replace(follower=found, crashes=0)

    # --- What must hold at the end -------------------------------------------------------------

    def check_end(self, state: State) -> None:
        """Ask once more in every process and in a new one, and look what the follower was told."""
        now = tuple(state.content[what] for what in self.shown)
        for log in {*state.logs, Log()}:
            known = self.caught_up(state, log)
            me = Reader("look", known.version, now)
            # A lease may hold for a while yet; then a process looks as here.
            if state.cache is not None and self.is_current(state.cache, me, known):
                self.give(state, 0, me._replace(answer=state.cache.answer))
        if self.follows and (missed := {row.version for row in state.rows} - state.follower.told):
            raise Broken(f"The follower was not told of {sorted(missed)}.")


def search(protocol: Protocol) -> int:
    """Go through all states, nearest first, and return how many there are.

    Raises Broken with the shortest steps to something that must not be.
    """
    before: dict[State, tuple[State, str] | None] = {protocol.start(): None}
    waiting = deque(before)
    while waiting:
        state = waiting.popleft()
        try:
            ended = True
            for label, found in protocol.steps(state):
                ended = ended and "crash" in label
                if found not in before:
                    before[found] = (state, label)
                    waiting.append(found)
            if ended:
                protocol.check_end(state)
        except Broken as error:
            while (step := before[state]) is not None:
                state = step[0]
                error.add_note(step[1])
            raise
    return len(before)
