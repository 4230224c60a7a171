"""`self-test-ctas/`: calls to action for self-tests."""

from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.http import HttpRequest, HttpResponse
from ninja import Query, Router
from ninja.decorators import decorate_view

from cms.core.collation import in_alphabetical_order
from cms.public.visibility import PublicScope, public_snippets
from pages.models import SelfTestCallToAction

from ..item_schemas import SelfTestCallToActionItem, SelfTestCallToActionList
from ..languages import ListLanguages, set_content_language
from ..pagination import Source, paginate
from ..parameter_checks import strict
from ..parameters import SelfTestCtaListParameters

router = Router(tags=["self-tests"])


@router.get(
    "",
    response=SelfTestCallToActionList,
    operation_id="listSelfTestInvitations",
    summary="Invitations to self-tests",
)
@decorate_view(strict(SelfTestCtaListParameters))
def list_calls_to_action(
    request: HttpRequest, response: HttpResponse, query: Query[SelfTestCtaListParameters]
) -> SelfTestCallToActionList:
    """Each with what its button leads to; those that lead nowhere are left out."""
    scope = PublicScope.for_request(request)
    languages = ListLanguages.of(scope, query)
    set_content_language(response, languages.content_language)
    ctas = languages.select(_with_public_target(scope)).order_by("heading", "pk")
    ctas = in_alphabetical_order(ctas, query.locale)

    def present(found: Any) -> list[SelfTestCallToActionItem]:
        lookups = languages.lookups(scope, found, None, query.rich_text)
        values = [(cta, cta.public_value(lookups[cta.locale_id])) for cta in found]
        return [
            SelfTestCallToActionItem(id=cta.pk, **languages.labels(scope, cta), **dict(value))
            for cta, value in values
            if value
        ]

    return paginate(
        request,
        response,
        SelfTestCallToActionList,
        [Source("self_test_cta", ctas, present)],
        query,
    )


def _with_public_target(scope: PublicScope) -> Any:
    """Select published calls to action with a public target; others are left out of the list.

    The rule is that of `PublicLookup.page_link`: the target in the own language, or else as chosen.
    """
    in_own_language = scope.pages().filter(
        translation_key=OuterRef("target_page__translation_key"), locale=OuterRef("locale")
    )
    chosen = scope.pages().filter(pk=OuterRef("target_page"))
    return public_snippets(SelfTestCallToAction).filter(
        ~Q(target_url="") | Exists(in_own_language) | Exists(chosen)
    )
