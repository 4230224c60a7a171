"""Addresses of the answers to “Did this help?”, below the prefix of the page's language."""

from django.urls import path, re_path

from .views import answer, thanks

urlpatterns = [
    path("_util/helped/<int:page_id>/", answer, name="feedback"),
    re_path(
        r"^_util/helped/(?P<page_id>\d{1,9})/(?P<given>yes|no)/$", thanks, name="feedback_thanks"
    ),
]
