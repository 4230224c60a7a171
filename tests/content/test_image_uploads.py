"""Tests that every way to upload refuses images that cannot be shown, in the editor's language."""

from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image
from pytest_django import DjangoCaptureOnCommitCallbacks
from wagtail.images import get_image_model
from wagtail.images.forms import get_image_form
from wagtail.models import APIToken, Collection, Site

from cms.core.models import ImageFault
from cms.public.image_sizes import sized_files
from cms.public.images import MADE_AT_ONCE, make_renditions, public_image
from tests.content.uploads import SHOWABLE, UNSHOWABLE, frames, head_of_a_png, picture

Send = Callable[[Client, SimpleUploadedFile], Any]


def by_form(client: Client, file: SimpleUploadedFile) -> Any:
    return client.post("/admin/images/add/", {"title": "Ny", "file": file})


def by_multiple_upload(client: Client, file: SimpleUploadedFile) -> Any:
    data = {"title": "Ny", "files[]": file}
    return client.post("/admin/images/multiple/add/", data, HTTP_X_REQUESTED_WITH="XMLHttpRequest")


def by_chooser(client: Client, file: SimpleUploadedFile) -> Any:
    data = {"image-chooser-upload-title": "Ny", "image-chooser-upload-file": file}
    return client.post("/admin/images/chooser/create/", data)


def by_replacing(client: Client, file: SimpleUploadedFile) -> Any:
    image = get_image_model().objects.get(title="Gammal")
    return client.post(f"/admin/images/{image.pk}/", {"title": "Ny", "file": file})


def by_api(client: Client, file: SimpleUploadedFile) -> Any:
    user = get_user_model().objects.get(username="admin")
    _token, key = APIToken.create_token(user=user, name="Prov")
    return client.post(
        "/api/v3-preview/images/",
        {"title": "Ny", "file": file, "collection": Collection.get_first_root_node().pk},
        headers={"Authorization": f"Bearer {key}"},
    )


WAYS_IN = [by_form, by_multiple_upload, by_chooser, by_replacing, by_api]


@pytest.fixture
def old(db: None) -> Any:
    return get_image_model().objects.create(
        title="Gammal", file=SimpleUploadedFile("gammal.png", picture())
    )


def refused(name: str, data: bytes) -> str:
    """Return the error of the image form for a file, empty where it is valid."""
    form_class = get_image_form(get_image_model())
    form = form_class({"title": "Ny"}, {"file": SimpleUploadedFile(name, data or b"")})
    return " ".join(form.errors.get("file", []))


@pytest.mark.parametrize("send", WAYS_IN)
def test_every_way_in_refuses_it_and_says_why(admin_client: Client, old: Any, send: Send) -> None:
    before = set(get_image_model().objects.values_list("title", "file"))
    bomb = SimpleUploadedFile("bomb.png", head_of_a_png(11_200, 11_200), "image/png")
    animation = SimpleUploadedFile("katt.gif", frames("GIF"), "image/gif")
    # Machines are answered in English.
    for file, reasons in (
        (bomb, ("50 miljoner", "50 million pixels")),
        (animation, ("visar bara stillbilder", "This picture moves")),
    ):
        response = send(admin_client, file)
        text = response.content.decode()
        said = text.encode().decode("unicode_escape") if "\\u" in text else text
        assert any(reason in said for reason in reasons), said
        assert response.status_code in (200, 400, 422)
        assert set(get_image_model().objects.values_list("title", "file")) == before


@pytest.mark.sampled
@pytest.mark.parametrize("send", WAYS_IN)
def test_every_way_in_makes_the_sizes_before_anybody_reads(
    admin_client: Client,
    old: Any,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
    send: Send,
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        response = send(admin_client, SimpleUploadedFile("rum.png", picture(), "image/png"))
    assert response.status_code in (200, 201, 302), response.content
    image = get_image_model().objects.order_by("pk").last()
    made = {rendition.filter_spec for rendition in image.renditions.all()}
    assert made >= {wanted.spec for wanted in MADE_AT_ONCE}
    assert all(one.file.storage.exists(one.file.name) for one in image.renditions.all())
    assert "rum" in image.renditions.first().file.name


@pytest.mark.parametrize("name", UNSHOWABLE)
def test_what_cannot_be_shown(db: None, name: str) -> None:
    make, word = UNSHOWABLE[name]
    assert word in refused(name, make())


def test_what_is_taken_is_shown_in_every_size(client: Client, site: Site) -> None:
    for name, make in SHOWABLE.items():
        data = make()
        assert refused(name, data) == "", name
        image = get_image_model()(title=name, file=SimpleUploadedFile(name, data))
        image.save()
        make_renditions(image)
        shown = public_image(image, site=site)
        assert shown is not None, name
        assert shown.crops is not None, name
        for size in sized_files(image, image.width, image.height).values():
            file = client.get(size.src)
            with Image.open(BytesIO(b"".join(file.streaming_content))) as made:  # type: ignore[attr-defined]
                assert (made.width, made.height) == (size.width, size.height), size
                assert file["Content-Type"] == f"image/{(made.format or '').lower()}"
    assert not ImageFault.objects.exists()
