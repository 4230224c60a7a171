"""Wagtail's addresses that take a password, with forms that limit how often one may try.

Each has the path and the name of Wagtail's own, which it stands before in `cms.urls`.
"""

from django.contrib.auth.views import LoginView
from django.urls import path

from .forms import VisitorLoginForm
from .views import DocumentPasswordView, PagePasswordView

site = [
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
]

documents = [
    path(
        "authenticate_with_password/<int:restriction_id>/",
        DocumentPasswordView.as_view(),
        name="wagtaildocs_authenticate_with_password",
    ),
]
