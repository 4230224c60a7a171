"""A word of Wagtail's that its Swedish catalogue translates misleadingly."""

from django.test import Client
from wagtail.users.models import UserProfile


def test_a_language_is_called_a_language(admin_client: Client, admin_user: object) -> None:
    UserProfile.objects.update_or_create(user=admin_user, defaults={"preferred_language": "sv"})
    html = admin_client.get("/admin/snippets/faq/faqentry/").content.decode()
    assert "Plats" not in html
    assert "Språk" in html
