"""Addresses of the answers to “Did this help?”, below the prefix of the page's language."""

from django.urls import path

from .views import answer, thanks

urlpatterns = [
    path("_util/helped/<int:page_id>/", answer, name="feedback"),
    # The same for both answers: networks and servers write addresses down.
    path("_util/helped/<int:page_id>/thanks/", thanks, name="feedback_thanks"),
]
