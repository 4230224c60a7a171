"""`self-test-ctas/`: calls to action for self-tests."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router
from ninja.decorators import decorate_view

from cms.core.collation import in_alphabetical_order
from cms.public.visibility import PublicScope
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
    ctas = languages.select(SelfTestCallToAction.shown(scope)).order_by("heading", "pk")
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
