"""`preview/`: the draft of an editor, for the front end that shows it."""

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router
from ninja.decorators import decorate_view

from cms.core.models import HeadlessPreview, InvalidToken
from cms.public.visibility import PublicScope

from ..envelope import page_envelope
from ..languages import set_content_language
from ..parameter_checks import strict
from ..parameters import PreviewParameters
from ..problems import Problem, Refused
from ..schemas import AnyPage, PageEnvelope

router = Router(tags=["preview"])


@router.get(
    "",
    response={HTTPStatus.OK: AnyPage, HTTPStatus.FORBIDDEN: Problem},
    by_alias=True,
    operation_id="getPreview",
    summary="A draft, for the holder of a token",
)
@decorate_view(strict(PreviewParameters))
def preview_draft(
    request: HttpRequest, response: HttpResponse, query: Query[PreviewParameters]
) -> PageEnvelope:
    """The token comes from the editors' preview panel and is good for 15 minutes."""
    try:
        page = HeadlessPreview.read_token(query.token)
    except InvalidToken as error:
        raise Refused(f"token: {error}.") from error
    # A draft is at the place that it had when the token was made: answers share nothing of it.
    scope = PublicScope.for_request(request).with_all_loaded()
    envelope = page_envelope(page, scope, query.rich_text)
    set_content_language(response, envelope.locale)
    response["Cache-Control"] = "no-store"
    response["X-Robots-Tag"] = "noindex"
    return envelope
