"""Tests the sentences about when translations and originals go live; without a database."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone
from django.utils.translation import override

from cms.translation.engine.time_sentences import (
    question_sentences,
    schedule_sentences,
    source_sentences,
    told_time,
)
from cms.translation.engine.times import Schedule, TimesQuestion, question_about

NOW = datetime(2027, 3, 3, 7, tzinfo=UTC)
SOON, LATER = NOW + timedelta(hours=1), NOW + timedelta(days=1)
AT, NEXT = "3 March 2027, 09:00", "4 March 2027, 08:00"


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "now", lambda: NOW)


@pytest.mark.usefixtures("clock")
@pytest.mark.parametrize(
    ("schedule", "scheduled", "told"),
    [
        (Schedule(live=True), SOON, f"It is live, and a newer version goes live by itself {AT}."),
        (Schedule(), SOON, f"It goes live by itself {AT}."),
        (
            Schedule(True, SOON),
            None,
            f"It is live. The next version that is scheduled goes live {AT}.",
        ),
        (Schedule(False, SOON), None, f"It is a draft, which goes live {AT} once it is scheduled."),
        (Schedule(True, NOW), None, "It is live."),
        (Schedule(False, NOW), None, "It is not live, and nothing is scheduled."),
    ],
)
def test_when_a_translation_goes_live(
    schedule: Schedule, scheduled: datetime | None, told: str
) -> None:
    with override("en"):
        assert schedule_sentences(schedule, scheduled) == [told, "It has no expiry."]
    with override("sv"):
        swedish = schedule_sentences(schedule, scheduled)
    assert not {*swedish} & {told, "It has no expiry."}
    assert ("2027" in told) == ("mars 2027" in swedish[0])


@pytest.mark.usefixtures("clock")
def test_when_an_original_goes_live_and_expires() -> None:
    cases = [
        (Schedule(True), "The original is live.", "The original has no expiry."),
        (
            Schedule(False, SOON, LATER, is_scheduled=True),
            f"The original goes live {AT}.",
            f"The original expires {NEXT}.",
        ),
        (
            Schedule(False, SOON, NOW),
            "The original has no time for going live.",
            "The original expired 3 March 2027, 08:00.",
        ),
    ]
    for schedule, *told in cases:
        with override("en"):
            assert source_sentences(schedule) == told
        with override("sv"):
            assert not {*source_sentences(schedule)} & {*told}
    with override("en"):
        assert schedule_sentences(Schedule(True, None, LATER), None)[1] == f"It expires {NEXT}."
        assert schedule_sentences(Schedule(True, None, NOW), None)[1] == (
            "It expired 3 March 2027, 08:00: visitors do not see it any more."
        )
        assert told_time(SOON) == AT
    with override("sv"):
        assert told_time(SOON) == "3 mars 2027 kl. 09:00"


@pytest.mark.usefixtures("clock")
def test_the_question_about_times_and_what_follows_from_it() -> None:
    source = Schedule(False, SOON, LATER, is_scheduled=True)
    question = question_about(source, Schedule(), None)
    assert question == TimesQuestion(source, Schedule(), True, True)
    assert question.followed == (SOON, LATER)
    assert question.key == "2027-03-03T08:00:00+00:00 2027-03-04T07:00:00+00:00 None None"
    assert question_about(source, Schedule(), source.key) is None
    assert question_about(source, Schedule(), [None, None]) == question
    assert question_about(source, Schedule(False, SOON, LATER), None) is None
    assert question_about(Schedule(True, None, NOW), Schedule(True), None) is None
    only_expiry = question_about(source, Schedule(True, NOW), None)
    assert only_expiry == TimesQuestion(source, Schedule(True, NOW), False, True)
    assert only_expiry.followed == (NOW, LATER)
    only_start = question_about(source, Schedule(False, LATER, LATER), None)
    assert only_start is not None
    assert only_start.followed == (SOON, LATER)
    draft = Schedule(False, SOON, LATER)
    assert (draft.planned, draft.intended, draft.key[0]) == (None, SOON, None)
    assert (source.planned, Schedule(True, SOON).intended) == (SOON, None)
    assert Schedule.of_row(False, None, None, (SOON, LATER.isoformat())) == source
    assert Schedule.of_row(True, NOW, None, (SOON, None)) == Schedule(True, NOW)
    assert Schedule.of_row(False, NOW, LATER, (SOON, None)) == Schedule(False, SOON, None, True)
    with override("en"):
        assert question_sentences(question, "en") == [
            f"The original goes live {AT}.",
            "English has no time for going live.",
            f"The original expires {NEXT}.",
            "English has no expiry.",
        ]
        assert question_sentences(only_start, "sv") == [
            f"The original goes live {AT}.",
            f"Swedish goes live {NEXT}.",
        ]
        for expiry, told in [(SOON, f"English expires {AT}."), (NOW, "English expired 3 March")]:
            asked = TimesQuestion(source, Schedule(True, None, expiry), False, True)
            assert told in question_sentences(asked, "en")[1]
            with override("sv"):
                assert question_sentences(asked, "en")[1].startswith("Engelska: ")
    with override("sv"):
        assert question_sentences(question, "en")[1::2] == [
            "Engelska: ingen tid för publicering.",
            "Engelska: ingen sluttid.",
        ]
