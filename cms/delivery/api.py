"""The Delivery API: an API with a schema of its own, independent of upgrades of Wagtail."""

from typing import Any

from ninja import NinjaAPI

from .openapi_document import complete
from .problems import register_problem_handlers
from .routers.addresses import router as addresses_router
from .routers.changes import router as changes_router
from .routers.concerns import router as concerns_router
from .routers.export import router as export_router
from .routers.faqs import router as faqs_router
from .routers.locales import router as locales_router
from .routers.pages import router as pages_router
from .routers.preview import router as preview_router
from .routers.search import router as search_router
from .routers.self_test_ctas import router as self_test_ctas_router


class DeliveryAPI(NinjaAPI):
    """A NinjaAPI with an OpenAPI document that is complete."""

    def get_openapi_schema(self, *args: Any, **kwargs: Any) -> Any:
        schema = super().get_openapi_schema(*args, **kwargs)
        complete(schema)
        return schema


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
