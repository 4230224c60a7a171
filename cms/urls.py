"""Which part answers which address."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path
from wagtail import urls as wagtail_urls
from wagtail.documents import urls as wagtaildocs_urls

from cms.accounts import urls as accounts_urls
from cms.delivery.api import delivery_api
from cms.delivery.wagtail_api.v2 import wagtail_v2
from cms.delivery.wagtail_api.v3 import wagtail_v3_urls
from cms.public.media import serve_avatar, serve_document, serve_image

handler400 = "cms.errors.bad_request"
handler404 = "cms.errors.not_found"
handler500 = "cms.errors.server_error"

urlpatterns = [
    path("admin/", include("cms.admin_urls")),
    path("documents/", include(accounts_urls.documents)),
    path("documents/<int:document_id>/<path:document_filename>", serve_document),
    path("documents/", include(wagtaildocs_urls)),
    path("media/images/<path:name>", serve_image),
    path("media/avatar_images/<path:name>", serve_avatar),
    path("api/delivery/v1/", delivery_api.urls),
    path("api/v2/", wagtail_v2.urls),
    path("api/v3-preview/", wagtail_v3_urls),
    *i18n_patterns(
        path("", include(accounts_urls.site)),
        path("", include(wagtail_urls)),
        prefix_default_language=False,
    ),
]
