"""The Delivery API: an API with a schema of its own, independent of upgrades of Wagtail."""

from http import HTTPStatus
from typing import Any

from ninja import NinjaAPI

from .problems import PROBLEM_JSON, Problem, register_problem_handlers
from .routers.addresses import router as addresses_router
from .routers.changes import router as changes_router
from .routers.concerns import router as concerns_router
from .routers.export import JSON_LINES
from .routers.export import router as export_router
from .routers.faqs import router as faqs_router
from .routers.locales import router as locales_router
from .routers.pages import router as pages_router
from .routers.preview import router as preview_router
from .routers.search import router as search_router
from .routers.self_test_ctas import router as self_test_ctas_router


class DeliveryAPI(NinjaAPI):
    """A NinjaAPI whose errors are problem details, also in its OpenAPI document."""

    def get_openapi_schema(self, *args: Any, **kwargs: Any) -> Any:
        schema = super().get_openapi_schema(*args, **kwargs)
        _unwrap(schema)
        schema["components"]["schemas"]["Problem"] = Problem.model_json_schema()
        problem = {
            "description": "What is wrong, and with which parameter",
            "content": {PROBLEM_JSON: {"schema": {"$ref": "#/components/schemas/Problem"}}},
        }
        (export,) = (
            path["get"] for name, path in schema["paths"].items() if name.endswith("/export/")
        )
        export["responses"][HTTPStatus.OK]["content"] = {
            JSON_LINES: export["responses"][HTTPStatus.OK]["content"].popitem()[1]
        }
        for path in schema["paths"].values():
            for operation in path.values():
                for status, answer in operation["responses"].items():
                    if int(status) >= HTTPStatus.BAD_REQUEST:
                        answer["content"] = {PROBLEM_JSON: answer["content"].popitem()[1]}
                operation["responses"]["default"] = problem
        return schema


def _unwrap(part: Any) -> None:
    """Write a reference with a description as such, which OpenAPI 3.1 allows."""
    for child in part.values() if isinstance(part, dict) else part:
        if isinstance(child, dict | list):
            _unwrap(child)
    if isinstance(part, dict) and len(part.get("allOf", ())) == 1:
        part |= part.pop("allOf")[0]


delivery_api = DeliveryAPI(
    title="Samtal Delivery API",
    version="1",
    description=(
        "Published content in every language of the site: public, read-only, typed. "
        "An answer depends on the address alone. Errors are application/problem+json (RFC 9457)."
    ),
    urls_namespace="delivery",
    openapi_url="openapi.json",
    docs_url="docs/",
)
register_problem_handlers(delivery_api)
delivery_api.add_router("", locales_router)
delivery_api.add_router("", addresses_router)
delivery_api.add_router("pages/", pages_router)
delivery_api.add_router("export/", export_router)
delivery_api.add_router("faqs/", faqs_router)
delivery_api.add_router("self-test-ctas/", self_test_ctas_router)
delivery_api.add_router("concerns/", concerns_router)
delivery_api.add_router("search/", search_router)
delivery_api.add_router("preview/", preview_router)
delivery_api.add_router("changes/", changes_router)
