"""Thousands of requests made from the OpenAPI document, well-formed and not: no fault of ours.

`make fuzz` runs this; it takes some minutes, fewer with REQUESTS=2500. The seed is fixed, so that a
failure comes again.
"""

import json
import os
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
)

from cms.delivery.cursor import encode
from pages.models import Concern
from tools.openapi import committed

pytestmark = [pytest.mark.fuzz, pytest.mark.django_db]

# Each operation gets a share of them; .ci/run sends fewer.
REQUESTS = int(os.environ.get("REQUESTS") or 10_000)
EXAMPLES = REQUESTS * 72 // 1000
MEANINGFUL = REQUESTS // 5
answered: Counter[int] = Counter()


def quick(examples: int) -> Any:
    return settings(
        max_examples=examples,
        deadline=None,
        derandomize=True,
        database=None,
        suppress_health_check=list(HealthCheck),
    )


schema = schemathesis.openapi.from_dict(committed())
schema.app = get_wsgi_application()


@pytest.fixture(autouse=True)
def one_connection() -> Iterator[None]:
    """Requests share the test's connection, as they do with Django's own test client."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@schemathesis.check
def problems_are_told(context: Any, response: Any, case: Any) -> None:
    """Every error says, as RFC 9457 has it, what is wrong; a bad request with which parameter."""
    if response.status_code < 400:
        return
    assert response.headers["content-type"] == ["application/problem+json"]
    problem = json.loads(response.content)
    more = {"version"} if response.status_code == 410 else set()
    assert problem.keys() == {"type", "title", "status", "detail", "instance"} | more
    assert problem["status"] == response.status_code
    assert problem["detail"]
    if response.status_code == 400:
        known = {parameter.name for parameter in case.operation.query}
        sent = {ascii(str(name)) for name in case.query or {}}
        assert any(name in problem["detail"] for name in known | sent), problem


def checks_of(case: Any) -> list[Any]:
    """Return the checks of an answer; one with chosen fields alone is not as the document says."""
    checks = [not_a_server_error, problems_are_told]
    return checks if "fields" in (case.query or {}) else [*checks, response_schema_conformance]


@schema.parametrize()
@quick(EXAMPLES)
def test_what_the_document_allows_and_what_it_does_not(case: Any) -> None:
    response = case.call()
    answered[response.status_code] += 1
    checks = [content_type_conformance, *checks_of(case)]
    case.validate_response(response, checks=checks)


CONCERNS = ["sorg", "stress", "somnproblem", "no-such-concern"]
VALUES: dict[str, list[str]] = {
    "locale": ["sv", "en", "SV", "sv-SE", "xx"],
    "fallback": ["sv", "en", "de"],
    "path": ["/", "/en/", "/terapimetoder/ipt/", "/en/faq", "//", "/../", "/%2e%2e/", "/en/%00/"],
    "concern": CONCERNS,
    "topic": ["om-samtalsterapi", "no-such-topic"],
    "q": ["samtal", "oro & ångest", '""', "*", "NOT", "a OR b", "(", "'", "\\", "%", "_", "😀"],
    "since": ["0", "1", "999999"],
    "type": ["content", "faq", "therapy_method", "faq_entry", "blog"],
    "ids": ["1", "3,2,1,2", "5,x", "0", ",", "9" * 30],
    "changed_since": ["2020-01-01T00:00:00Z", "2020-01-01T00:00:00+01:00", "2020", "x"],
    "include": ["content", "all"],
    "fields": ["title", "id,path", "content,seo", "colour"],
    "cursor": [encode("0" * 12, {"page": frozenset({1, 2})}), "x", "eNo", "AAAA"],
    "token": ["x", "a:b:c", "."],
}


OPERATIONS = [found.ok() for found in schema.get_all_operations()]


@given(data=st.data())
@quick(MEANINGFUL)
def test_values_that_mean_something(data: Any) -> None:
    """Real languages, paths and words, so that answers are made and not only refused."""
    operation = data.draw(st.sampled_from(OPERATIONS))
    query = {
        parameter.name: data.draw(st.sampled_from(VALUES[parameter.name]))
        for parameter in operation.query
        if parameter.name in VALUES and (parameter.is_required or data.draw(st.booleans()))
    }
    case = operation.Case(query=query, path_parameters={"page_id": data.draw(st.integers(1, 60))})
    response = case.call()
    answered[response.status_code] += 1
    case.validate_response(response, checks=checks_of(case))


def test_that_was_enough() -> None:
    total = sum(answered.values())
    print(f"{total} requests: {dict(sorted(answered.items()))}")  # noqa: T201
    assert Concern.objects.filter(slug__in=CONCERNS).exists()
    assert total >= REQUESTS
    assert answered[200] >= REQUESTS / 20
    assert answered[400] >= REQUESTS / 10
    assert answered.keys() <= {200, 204, 400, 403, 404, 405, 410}
