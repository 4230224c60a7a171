"""Rich text, forms, images, restrictions, permissions and actions of Wagtail's content."""

import inspect
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from wagtail.actions import (
    create,
    delete,
    delete_page,
    move_page,
    publish_revision,
    unpublish,
    unpublish_page,
)
from wagtail.admin.rich_text import DraftailRichTextArea
from wagtail.admin.rich_text.converters.contentstate import ContentstateConverter
from wagtail.admin.rich_text.converters.html_to_contentstate import PageLinkElementHandler
from wagtail.admin.views.chooser import EmailLinkView
from wagtail.api.rich_text import APIRichText
from wagtail.blocks.base import BlockWidget
from wagtail.documents.models import AbstractDocument
from wagtail.images.models import AbstractImage
from wagtail.management.commands.publish_scheduled import Command
from wagtail.models import Collection, Page
from wagtail.models.view_restrictions import BaseViewRestriction
from wagtail.permissions import page_permission_policy

from cms.upstream import images, permissions, rich_text, serving, submitted_forms

from .comparing import check_methods, check_signature, check_source


def test_attributes_of_a_tag_are_unescaped() -> None:
    attributes = rich_text.tag_attributes(' linktype="page" id="3" title="A &amp; B"')
    assert attributes == {"linktype": "page", "id": "3", "title": "A & B"}


def test_an_embed_is_found_and_a_link_is_not() -> None:
    html = '<p><a id="1" linktype="page">x</a></p><embed embedtype="image" id="1"/>'
    assert rich_text.EMBED_TAG.sub("", html) == '<p><a id="1" linktype="page">x</a></p>'


def test_text_keeps_a_space_between_blocks() -> None:
    assert rich_text.text_of_html("<p>A &amp; B</p><p>C</p>") == "A & B C"


def test_formats_of_apis_are_methods_by_their_names() -> None:
    check_methods(
        APIRichText,
        {"_serialize_html": "", "_serialize_db_html": "", "serialize": ""},
        "rich_text.replace_html_format replaces the one for `html`.",
    )
    assert rich_text.serialize_rich_text("<p>x</p>", "db_html") == "<p>x</p>"


@pytest.mark.parametrize(
    ("owner", "name", "signature", "code"),
    [
        (BlockWidget, "value_from_datadict", "(self, data, files, name)", "a89f1bfa7ee9"),
        (DraftailRichTextArea, "value_from_datadict", "(self, data, files, name)", "fa5ad7337efa"),
        (ContentstateConverter, "to_database_format", "(self, contentstate_json)", "f950e3755107"),
        (PageLinkElementHandler, "get_attribute_data", "(self, attrs)", "31f851e03f90"),
        (EmailLinkView, "parse_email_link", "(self, mailto)", "f5659111a50c"),
    ],
)
def test_widgets_read_forms_in_the_methods_that_are_wrapped(
    owner: Any, name: str, signature: str, code: str
) -> None:
    method = getattr(owner, name)
    assert hasattr(method, "__wrapped__"), f"{owner.__name__}.{name} is not wrapped."
    reliance = "submitted_forms wraps it to refuse what it cannot read."
    check_signature(inspect.unwrap(method), signature, reliance)
    check_source(inspect.unwrap(method), code, reliance)


def test_the_widget_of_a_stream_has_its_block() -> None:
    assert "block_def" in inspect.signature(BlockWidget.__init__).parameters


def test_a_wrapper_gets_the_original_method_first() -> None:
    class Owner:
        def method(self, value: int) -> int:
            return value

    submitted_forms._wrap(Owner, "method", lambda original, self, value: original(self, value) + 1)
    assert Owner().method(1) == 2


def test_every_rendition_comes_from_one_method() -> None:
    original = inspect.unwrap(AbstractImage.get_rendition)
    assert original is not AbstractImage.get_rendition, "AbstractImage.get_rendition is not wrapped"
    reliance = "images.wrap_get_rendition wraps it."
    check_signature(original, "(self, filter: 'Filter | str') -> 'AbstractRendition'", reliance)
    check_source(original, "24fd8ff3ffe1", reliance)
    for model in (AbstractImage, AbstractDocument):
        check_methods(model, {"_set_file_hash": "(self)"}, "images.renew_file_hash calls it.")


def test_a_collection_is_moved_by_one_method() -> None:
    original = inspect.unwrap(Collection.move)
    assert original is not Collection.move, "Collection.move is not wrapped."
    reliance = "collection_moves wraps it."
    check_signature(original, "(self, target, pos=None)", reliance)
    check_source(original, "966af1bce617", reliance)


def test_the_image_field_checks_pixels_in_a_method_of_its_own() -> None:
    check_methods(
        images.WagtailImageField,
        {"check_image_pixel_size": "(self, f)"},
        "cms.content.image_uploads overrides it.",
    )


def test_the_form_of_a_private_page_has_the_fields_that_ours_changes() -> None:
    form = serving.PasswordViewRestrictionForm
    assert {"password", "return_url"} <= set(form.base_fields)
    check_methods(form, {"clean_password": "(self)"}, "cms.accounts.forms extends it.")


def test_a_session_passes_a_restriction_in_two_methods() -> None:
    for name, code in (("accept_request", "3b0ceffb1d6d"), ("mark_as_passed", "82e4815fa2c9")):
        method = getattr(BaseViewRestriction, name)
        assert hasattr(method, "__wrapped__"), f"{name} is not wrapped."
        reliance = "serving.require_present_password wraps it."
        check_signature(inspect.unwrap(method), "(self, request)", reliance)
        check_source(inspect.unwrap(method), code, reliance)


def test_permissions_of_a_page_are_asked_by_these_methods() -> None:
    check_methods(
        permissions.PagePermissionTester,
        {
            "can_publish": "(self)",
            "can_set_view_restrictions": "(self)",
            "can_unschedule": "(self)",
            "page_locked": "(self)",
        },
        "cms.content.locking overrides them.",
    )


@pytest.mark.django_db
def test_the_explorable_root_is_kept_on_the_user() -> None:
    user = get_user_model().objects.create_superuser("root", "root@example.com", "x")
    there = Page.objects.get(slug="hem")
    permissions.keep_explorable_root(page_permission_policy, user, lambda: there)
    assert page_permission_policy.explorable_root_instance(user) == there


def test_actions_take_what_the_adapters_give() -> None:
    reliance = "cms.upstream.actions calls it."
    check_signature(delete.DeleteAction.execute, "(self, skip_permission_checks=False)", reliance)
    for action, names in (
        (delete.DeleteAction, ["user"]),
        (delete_page.DeletePageAction, ["user"]),
        (move_page.MovePageAction, ["target", "pos", "user"]),
        (unpublish.UnpublishAction, ["user"]),
        (unpublish_page.UnpublishPageAction, ["user", "include_descendants"]),
    ):
        parameters = inspect.signature(action.__init__).parameters
        assert set(names) <= set(parameters), f"{action.__name__} takes {list(parameters)} now."


def test_actions_ask_for_permission_in_these_methods() -> None:
    reliance = "cms.review.actions overrides it."
    check_methods(
        publish_revision.PublishRevisionAction,
        {"check": "(self, skip_permission_checks=False)"},
        reliance,
    )
    check_methods(create.CreateAction, {"user_has_permission": "(self)"}, reliance)


def test_the_command_for_schedules_does_what_ours_replaces() -> None:
    check_source(Command, "2fca60cb80b1", "Our command `publish_scheduled` does the same safely.")
