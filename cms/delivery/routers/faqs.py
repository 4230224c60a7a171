"""`faqs/` and `faqs/topics/`: questions with answers, and their topics."""

from typing import Any

from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse
from ninja import Query, Router
from ninja.decorators import decorate_view

from cms.core.collation import in_alphabetical_order
from cms.public.visibility import PublicScope, public_snippets
from faq.models import FaqTopic, public_entries

from ..item_schemas import FaqEntryItem, FaqEntryList, FaqTopicItem, FaqTopicList
from ..languages import ListLanguages, set_content_language
from ..pagination import Source, paginate
from ..parameter_checks import strict
from ..parameters import FaqListParameters, ListParameters

router = Router(tags=["FAQ"])


@router.get(
    "",
    response=FaqEntryList,
    operation_id="listQuestions",
    summary="Questions and answers of one language",
)
@decorate_view(strict(FaqListParameters))
def list_entries(
    request: HttpRequest, response: HttpResponse, query: Query[FaqListParameters]
) -> FaqEntryList:
    """In the order of their topics."""
    scope = PublicScope.for_request(request)
    languages = ListLanguages.of(scope, query)
    set_content_language(response, languages.content_language)
    entries = languages.select(public_entries())
    if query.topic:
        topics = public_snippets(FaqTopic).filter(slug=query.topic, locale=languages.locale)
        entries = entries.filter(topic__translation_key__in=topics.values("translation_key"))
    entries = entries.select_related("topic").order_by(
        "topic__position", "topic__name", "position", "question", "pk"
    )
    entries = in_alphabetical_order(entries, query.locale)

    def present(found: Any) -> list[FaqEntryItem]:
        lookups = languages.lookups(scope, found, {"answer"}, query.rich_text)
        return [
            FaqEntryItem(
                **languages.labels(scope, entry),
                **dict(entry.public_value(lookups[entry.locale_id])),
                topic=entry.topic.public_value(lookups[entry.locale_id]),
            )
            for entry in found
        ]

    return paginate(
        request,
        response,
        FaqEntryList,
        [Source("faq_entry", entries, present)],
        query,
    )


@router.get(
    "topics/",
    response=FaqTopicList,
    operation_id="listTopics",
    summary="What the questions are about",
)
@decorate_view(strict(ListParameters))
def list_topics(
    request: HttpRequest, response: HttpResponse, query: Query[ListParameters]
) -> FaqTopicList:
    """Each with the number of its questions in its own language."""
    scope = PublicScope.for_request(request)
    languages = ListLanguages.of(scope, query)
    set_content_language(response, languages.content_language)
    counts = (
        public_entries()
        .filter(topic=OuterRef("pk"))
        .order_by()
        .values("topic")
        .annotate(number=Count("pk"))
        .values("number")
    )
    topics = languages.select(public_snippets(FaqTopic)).annotate(
        entry_count=Coalesce(Subquery(counts), 0)
    )
    topics = topics.order_by("position", "name", "pk")

    def present(found: Any) -> list[FaqTopicItem]:
        lookups = languages.lookups(scope, found, set())
        return [
            FaqTopicItem(
                **languages.labels(scope, topic),
                **dict(topic.public_value(lookups[topic.locale_id])),
                entry_count=topic.entry_count,
            )
            for topic in found
        ]

    return paginate(
        request,
        response,
        FaqTopicList,
        [Source("faq_topic", in_alphabetical_order(topics, query.locale), present)],
        query,
    )
