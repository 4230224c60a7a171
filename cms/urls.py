"""URL patterns of the whole site."""

from django.conf.urls.i18n import i18n_patterns
from django.contrib.auth.views import LoginView
from django.urls import include, path, re_path
from django.utils.translation import gettext_lazy
from wagtail import urls as wagtail_urls
from wagtail.documents import urls as wagtaildocs_urls

from cms.accounts.forms import VisitorLoginForm
from cms.accounts.views import DocumentPasswordView, PagePasswordView
from cms.delivery.api import delivery_api
from cms.delivery.wagtail_api.v2 import wagtail_v2
from cms.delivery.wagtail_api.v3 import wagtail_v3_urls
from cms.discovery.markdown_pages import markdown_page
from cms.discovery.sitemap import sitemap, sitemap_part
from cms.discovery.text_files import favicon, llms_txt, manifest, robots_txt, security_txt
from cms.public.media import serve_avatar, serve_document, serve_image, serve_image_size
from cms.search.views import search_page

handler400 = "cms.errors.bad_request"
handler403 = "cms.errors.forbidden"
handler404 = "cms.errors.not_found"
handler500 = "cms.errors.server_error"

urlpatterns = [
    path("admin/", include("cms.admin_urls")),
    # Before Wagtail's own of the same path and name, whose forms do not limit attempts.
    path(
        "documents/authenticate_with_password/<int:restriction_id>/",
        DocumentPasswordView.as_view(),
        name="wagtaildocs_authenticate_with_password",
    ),
    path("documents/<int:document_id>/<path:document_filename>", serve_document),
    path("documents/", include(wagtaildocs_urls)),
    path("media/images/<int:pk>-<slug:version>/<str:name>", serve_image_size, name="image_size"),
    path("media/images/<path:name>", serve_image),
    path("media/avatar_images/<path:name>", serve_avatar),
    path("api/delivery/v1/", delivery_api.urls),
    path("api/v2/", wagtail_v2.urls),
    path("api/v3-preview/", wagtail_v3_urls),
    path("sitemap.xml", sitemap, name="sitemap"),
    path("sitemap-<int:number>.xml", sitemap_part, name="sitemap_part"),
    path("robots.txt", robots_txt, name="robots_txt"),
    path("llms.txt", llms_txt, name="llms_txt"),
    path(".well-known/security.txt", security_txt, name="security_txt"),
    path("manifest.webmanifest", manifest, name="manifest"),
    # Asked for by programs that read no page.
    path("favicon.ico", favicon),
    re_path(r"^(?P<path>(?:.+/)?)index\.md$", markdown_page),
    *i18n_patterns(
        # As above.
        path(
            "_util/authenticate_with_password/<int:restriction_id>/<int:page_id>/",
            PagePasswordView.as_view(),
            name="wagtailcore_authenticate_with_password",
        ),
        path(
            "_util/login/",
            LoginView.as_view(
                template_name="wagtailcore/login.html", authentication_form=VisitorLoginForm
            ),
            name="wagtailcore_login",
        ),
        path("", include("cms.feedback.urls")),
        # Translators: the address of the search, with small letters and a slash at its end.
        path(gettext_lazy("search/"), search_page, name="search"),
        path("", include(wagtail_urls)),
        prefix_default_language=False,
    ),
]
