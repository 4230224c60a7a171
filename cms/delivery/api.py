"""The Delivery API: our own contract, which no upgrade of Wagtail changes."""

from ninja import NinjaAPI

from .problems import register_problem_handlers
from .routers.locales import router as locales_router
from .routers.pages import router as pages_router

delivery_api = NinjaAPI(
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
delivery_api.add_router("pages/", pages_router)
