"""`concerns/`: the concerns that people seek help for."""

from typing import Any

from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse
from ninja import Query, Router
from ninja.decorators import decorate_view

from cms.core.collation import in_alphabetical_order
from cms.public.visibility import PublicScope, public_snippets
from pages.models import Concern, TherapyMethodConcern

from ..item_schemas import ConcernItem, ConcernList
from ..languages import ListLanguages, set_content_language
from ..pagination import Source, paginate
from ..parameter_checks import strict
from ..parameters import ListParameters

router = Router(tags=["concerns"])


@router.get(
    "", response=ConcernList, operation_id="listConcerns", summary="What people seek help for"
)
@decorate_view(strict(ListParameters))
def list_concerns(
    request: HttpRequest, response: HttpResponse, query: Query[ListParameters]
) -> ConcernList:
    """Each with the number of methods that help with it."""
    scope = PublicScope.for_request(request)
    languages = ListLanguages.of(scope, query)
    set_content_language(response, languages.content_language)
    concerns = _with_method_count(languages.select(public_snippets(Concern)), scope)
    concerns = in_alphabetical_order(concerns.order_by("position", "name", "pk"), query.locale)

    def present(found: Any) -> list[ConcernItem]:
        lookups = languages.lookups(scope, found, {"page"})
        return [
            ConcernItem(
                **languages.labels(scope, concern),
                **dict(concern.public_value(lookups[concern.locale_id])),
                method_count=concern.method_count,
            )
            for concern in found
        ]

    return paginate(
        request,
        response,
        ConcernList,
        [Source("concern", concerns, present)],
        query,
    )


def _with_method_count(concerns: Any, scope: PublicScope) -> Any:
    """Annotate concerns with the number of public methods in their own language that name them.

    A method may refer to the concern's translation: the page shows it in its own language.
    """
    methods = (
        TherapyMethodConcern.objects.filter(
            page_id__in=scope.pages().values("pk"),
            page__locale=OuterRef("locale"),
            concern__translation_key=OuterRef("translation_key"),
        )
        .order_by()
        .values("concern__translation_key")
        .annotate(number=Count("page", distinct=True))
        .values("number")
    )
    return concerns.annotate(method_count=Coalesce(Subquery(methods), 0))
