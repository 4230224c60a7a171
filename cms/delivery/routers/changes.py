"""`changes/`: the public changes after a version."""

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router
from ninja.decorators import decorate_view

from cms.journal.feed import Incomplete, changes_after
from cms.journal.lease import settle
from cms.journal.public_changes import public_changes
from cms.public.visibility import PublicScope

from ..parameter_checks import strict
from ..parameters import ChangeParameters
from ..problems import VersionProblem, problem_response
from ..schemas import Change, ChangeList

router = Router(tags=["changes"])


@router.get(
    "",
    response={HTTPStatus.OK: ChangeList, HTTPStatus.GONE: VersionProblem},
    operation_id="listChanges",
    summary="What to drop or build again since a version",
)
@decorate_view(strict(ChangeParameters))
def list_changes(request: HttpRequest, query: Query[ChangeParameters]) -> ChangeList | HttpResponse:
    """Changes in the order in which they became public.

    410 where the journal no longer, or not yet, has all that follows `since`: read everything
    again and go on from the `version` of the answer.
    """
    scope = PublicScope.for_request(request)
    try:
        found = changes_after(query.since, query.limit)
    except Incomplete as gap:
        return problem_response(
            request, HTTPStatus.GONE, str(gap), VersionProblem, version=gap.version
        )
    settle(found.version)
    return ChangeList(
        version=found.version,
        next=f"{request.path}?since={found.end}&limit={query.limit}"
        if found.end < found.version
        else None,
        items=[Change(**change.model_dump()) for change in public_changes(found.rows, scope)],
    )
