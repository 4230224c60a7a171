"""Tests rows for images and documents, and for their collections."""

from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from treebeard.exceptions import InvalidMoveToDescendant
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Collection, CollectionViewRestriction, Site

from pages.models import TherapyMethodPage
from tests.journal.conftest import Journal
from tests.reading import Api


@pytest.fixture
def image(site: Site) -> Any:
    return get_image_model().objects.create(title="Bild", file=get_test_image_file())


@pytest.fixture
def method(image: Any) -> TherapyMethodPage:
    """Return a page that shows the image, on itself and in lists."""
    page = TherapyMethodPage.objects.get(slug="kbt", locale__language_code="sv")
    page.image, page.image_alt_text = image, "Vad bilden visar"
    page.save()
    return page


@pytest.fixture
def private(site: Site) -> Collection:
    collection = Collection.get_first_root_node().add_child(name="Privat")
    CollectionViewRestriction.objects.create(collection=collection, restriction_type="login")
    return collection


def move_to(file: Any, collection: Collection) -> None:
    file.collection = collection
    file.save()


def test_a_document_from_upload_to_deletion(journal: Journal, site: Site) -> None:
    file = ContentFile(b"x", name="fil.txt")
    document = get_document_model().objects.create(title="Fil", file=file)
    document.get_file_size()
    document.get_file_hash()
    document.delete()
    assert [row[:2] for row in journal.rows()] == [
        ("changed", "document"),
        ("deleted", "document"),
    ]


def test_a_new_focal_point(image: Any, journal: Journal) -> None:
    image.focal_point_x, image.focal_point_y = 10, 10
    image.focal_point_width = image.focal_point_height = 5
    image.save()
    assert journal.rows() == [("changed", "image", "")]
    (item,) = journal.feed()
    assert item["id"] == image.pk
    assert item["type"] == "wagtailimages.Image"


def test_renditions_make_no_row(image: Any, journal: Journal) -> None:
    image.get_rendition("width-33")
    assert journal.rows() == []


def test_a_page_with_the_image_and_the_lists_of_that_page_differ(
    image: Any, method: TherapyMethodPage, journal: Journal
) -> None:
    image.save()
    (item,) = journal.feed()
    assert {"/terapimetoder/kbt/", "/terapimetoder/"} <= set(item["paths"])
    assert "/kontakt/" not in item["paths"]


def test_a_draft_with_the_image_makes_no_page_differ(
    image: Any, method: TherapyMethodPage, journal: Journal
) -> None:
    method.unpublish()
    journal.restart()
    image.save()
    assert journal.feed()[0]["paths"] == []


def test_moving_an_image_into_a_private_collection(
    image: Any, private: Collection, journal: Journal
) -> None:
    image.save()
    changed = journal.start + 1
    move_to(image, private)
    image.save()
    assert [(item["action"], item["id"]) for item in journal.feed()] == [("restricted", image.pk)]
    assert changed not in [item["version"] for item in journal.feed()]
    move_to(image, Collection.get_first_root_node())
    assert journal.feed()[-1]["action"] == "changed"


def test_deleting_a_private_image_is_not_told(
    image: Any, private: Collection, journal: Journal
) -> None:
    move_to(image, private)
    journal.restart()
    image.delete()
    assert journal.rows() == [("deleted", "image", "")]
    assert journal.feed() == []


def test_a_deletion_goes_by_where_the_image_is_stored(
    image: Any, private: Collection, journal: Journal
) -> None:
    loaded_before = type(image).objects.get(pk=image.pk)
    move_to(image, private)
    journal.restart()
    loaded_before.delete()
    assert journal.feed() == []


def test_deleting_an_image_tells_where_it_was(
    image: Any, method: TherapyMethodPage, journal: Journal
) -> None:
    image.delete()
    (item,) = journal.feed()
    assert (item["action"], item["kind"]) == ("deleted", "image")
    assert {"/terapimetoder/kbt/", "/terapimetoder/"} <= set(item["paths"])


def test_the_bulk_action_that_moves_images(
    admin_client: Client, image: Any, private: Collection, journal: Journal
) -> None:
    address = f"/admin/bulk/wagtailimages/image/add_to_collection/?id={image.pk}"
    assert admin_client.post(address, {"collection": private.pk}).status_code == 302
    assert journal.rows() == [("restricted", "image", "")]


def test_a_collection_becomes_private_and_public_again(image: Any, journal: Journal) -> None:
    collection = image.collection
    restriction = CollectionViewRestriction.objects.create(
        collection=collection, restriction_type="login"
    )
    restriction.delete()
    items = journal.feed()
    assert [(item["action"], item["kind"], item["everything"]) for item in items] == [
        ("restricted", "collection", True),
        ("unrestricted", "collection", True),
    ]


def test_what_a_private_collection_is_called_concerns_nobody(
    private: Collection, journal: Journal
) -> None:
    private.name = "Annat namn"
    private.save()
    assert [row[:2] for row in journal.rows()] == [("changed", "collection")]
    assert journal.feed() == []


def test_code_moves_a_collection(
    private: Collection, image: Any, method: TherapyMethodPage, journal: Journal, api: Api
) -> None:
    root = Collection.get_first_root_node()
    image.collection = root.add_child(name="Bilder")
    image.save()
    journal.restart()
    shown = api.get(f"pages/{method.pk}/")["content"]["image"]
    assert shown is not None
    for target, action in ((private, "restricted"), (root, "changed")):
        # Read again: the move of the other has changed what the tree knows of each.
        moved = Collection.objects.get(pk=image.collection_id)
        moved.move(Collection.objects.get(pk=target.pk), "sorted-child")
        image_now = api.get(f"pages/{method.pk}/")["content"]["image"]
        assert image_now == (None if target == private else shown)
        assert journal.rows() == [(action, "collection", "")]
        assert [item["action"] for item in journal.feed()] == [action]
        journal.restart()


def test_a_move_of_a_collection_that_fails_writes_no_row(
    private: Collection, journal: Journal
) -> None:
    below = private.add_child(name="Längre ned")
    with pytest.raises(InvalidMoveToDescendant):
        Collection.objects.get(pk=private.pk).move(below, "sorted-child")
    assert journal.rows() == []


def test_the_form_moves_a_collection(
    admin_client: Client, private: Collection, image: Any, journal: Journal
) -> None:
    image.collection = Collection.get_first_root_node().add_child(name="Bilder")
    image.save()
    journal.restart()
    form = {"name": "Bilder", "parent": private.pk}
    address = f"/admin/collections/{image.collection_id}/"
    assert admin_client.post(address, form).status_code == 302
    assert journal.rows() == [("changed", "collection", ""), ("restricted", "collection", "")]


def test_code_adds_a_collection_and_deletes_it_with_its_files(
    image: Any, method: TherapyMethodPage, journal: Journal, api: Api
) -> None:
    collection = Collection.get_first_root_node().add_child(name="Bilder")
    assert journal.rows() == []
    image.collection = collection
    image.save()
    assert api.get(f"pages/{method.pk}/")["content"]["image"] is not None
    journal.restart()
    Collection.objects.get(pk=collection.pk).delete()
    assert journal.rows() == [("deleted", "image", "")]
    assert api.get(f"pages/{method.pk}/")["content"]["image"] is None


def test_code_saves_and_deletes_the_restriction_of_a_collection(
    image: Any, method: TherapyMethodPage, api: Api
) -> None:
    assert api.get(f"pages/{method.pk}/")["content"]["image"] is not None
    elsewhere = Collection.get_first_root_node().add_child(name="Annan")
    restriction = CollectionViewRestriction(collection=elsewhere, restriction_type="login")
    restriction.save()
    assert api.get(f"pages/{method.pk}/")["content"]["image"] is not None
    restriction.collection = image.collection
    restriction.save()
    assert api.get(f"pages/{method.pk}/")["content"]["image"] is None
    CollectionViewRestriction.objects.filter(pk=restriction.pk).delete()
    assert api.get(f"pages/{method.pk}/")["content"]["image"] is not None
