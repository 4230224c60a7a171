"""Tests that files of private collections are served at no address."""

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core.files.base import ContentFile
from django.test import Client
from pytest_django.fixtures import Settings
from wagtail.documents import get_document_model
from wagtail.models import Collection, CollectionViewRestriction, Site

from cms.public.image_sizes import version_of
from cms.public.images import SPECS, make_renditions, public_image
from cms.settings import base
from tests.content.uploads import image_of, picture

Hide = Callable[[Any], Any]


@pytest.fixture(autouse=True)
def whole_site(settings: Settings, db: None) -> None:
    """Use the middleware with the response cache."""
    settings.MIDDLEWARE = base.MIDDLEWARE


@pytest.fixture
def collection(db: None) -> Collection:
    return Collection.get_first_root_node().add_child(name="Rum")


@pytest.fixture
def image(collection: Collection) -> Any:
    image = image_of("rum.png", picture(), collection=collection, file_hash="abc")
    make_renditions(image)
    return image


@pytest.fixture
def member(db: None) -> Client:
    """Return a client that is logged in, without any permission in the admin."""
    user = get_user_model().objects.create_user("medlem", "medlem@example.com", "x")
    user.groups.add(Group.objects.create(name="Medlemmar"))
    client = Client()
    client.force_login(user)
    return client


def address_of(image: Any) -> str:
    shown = public_image(image, site=Site.objects.get())
    assert shown is not None
    return shown.src


def restrict(collection: Collection, kind: str = "login") -> CollectionViewRestriction:
    restriction = CollectionViewRestriction.objects.create(
        collection=collection, restriction_type=kind, password="sesam"
    )
    if kind == "groups":
        restriction.groups.add(Group.objects.get_or_create(name="Medlemmar")[0])
    return restriction


def restrict_above(image: Any) -> Any:
    return restrict(Collection.get_first_root_node())


def move(image: Any) -> None:
    private = Collection.get_first_root_node().add_child(name="Privat")
    restrict(private)
    image.collection = private
    image.save()


def move_the_collection(image: Any) -> None:
    private = Collection.get_first_root_node().add_child(name="Privat")
    restrict(private)
    image.collection.move(private, "sorted-child")
    Collection.objects.get(pk=image.collection_id).save()


WAYS_TO_HIDE: dict[str, Hide] = {
    "login": lambda image: restrict(image.collection),
    "groups": lambda image: restrict(image.collection, "groups"),
    "password": lambda image: restrict(image.collection, "password"),
    "above": restrict_above,
    "image moved": move,
    "collection moved": move_the_collection,
}


def body(response: Any) -> bytes:
    return b"".join(response.streaming_content) if response.streaming else response.content


@pytest.mark.sampled
@pytest.mark.parametrize("way", WAYS_TO_HIDE)
def test_an_image_is_read_by_those_who_may(
    client: Client, admin_client: Client, image: Any, way: str
) -> None:
    addresses = [rendition.url for rendition in image.renditions.all()]
    public = client.get(addresses[0])
    assert (public.status_code, public["Content-Type"]) == (200, "image/webp")
    assert public["Cache-Control"] == "public, no-cache"
    data = body(public)
    etag = {"If-None-Match": public["ETag"]}
    assert client.get(addresses[0], headers=etag).status_code == 304
    WAYS_TO_HIDE[way](image)
    for address in addresses:
        for headers in ({}, etag):
            answer = client.get(address, headers=headers)
            assert answer.status_code in (200, 302)
            assert not answer.streaming
            assert "no-store" in answer["Cache-Control"]
            assert b"WEBP" not in answer.content
    editors = admin_client.get(addresses[0])
    assert (editors.status_code, body(editors)) == (200, data)
    assert editors["Cache-Control"] == "private, no-cache"
    CollectionViewRestriction.objects.all().delete()
    again = client.get(addresses[0])
    assert (again.status_code, body(again)) == (200, data)


@pytest.mark.parametrize("kind", ["login", "groups"])
def test_a_member_is_let_in(member: Client, image: Any, kind: str) -> None:
    data = body(member.get(address_of(image)))
    restrict(image.collection, kind)
    assert body(member.get(address_of(image))) == data
    CollectionViewRestriction.objects.all().delete()
    restriction = restrict(image.collection, "groups")
    restriction.groups.set([Group.objects.create(name="Andra")])
    assert member.get(address_of(image)).status_code == 302


def test_the_password_opens_it(client: Client, image: Any) -> None:
    restriction = restrict(image.collection, "password")
    address = address_of(image)
    asked = client.get(address)
    assert 'type="password"' in asked.content.decode()
    form = f"/documents/authenticate_with_password/{restriction.pk}/"
    client.post(form, {"password": "sesam", "return_url": address})
    assert b"WEBP" in body(client.get(address))


def test_no_file_is_read_past_the_check(client: Client, admin_client: Client, image: Any) -> None:
    document = get_document_model().objects.create(
        title="Blad", file=ContentFile(b"hemligt", name="blad.pdf")
    )
    lost = Path(image.renditions.first().file.path).with_name("lost.webp")
    lost.write_bytes(b"x")
    for path in (
        image.file.name,
        document.file.name,
        "images/lost.webp",
        f"images/../{document.file.name}",
        f"images/%2e%2e/{document.file.name}",
        "images/",
        "",
    ):
        for reader in (client, admin_client):
            assert reader.get(f"/media/{path}").status_code == 404, path
    assert client.get("/media/avatar_images/x.png").status_code == 302


def test_a_storage_that_does_not_answer_for_a_moment_takes_no_image_away(
    client: Client, image: Any, settings: Settings
) -> None:
    """Also when readers meanwhile requested other files of the image."""
    media, away = Path(settings.MEDIA_ROOT), Path(f"{settings.MEDIA_ROOT}-away")
    addresses = [rendition.url for rendition in image.renditions.all()]
    media.rename(away)
    try:
        assert {client.get(address).status_code for address in addresses} == {404}
    finally:
        shutil.rmtree(media, ignore_errors=True)
        away.rename(media)
    assert [rendition.url for rendition in image.renditions.all()] == addresses
    assert all(body(client.get(address))[4:12] for address in addresses)


def test_further_sizes_are_made_for_whoever_asks_first(
    client: Client, admin_client: Client, image: Any
) -> None:
    """As in a database that is older than these sizes; and they go with the image's privacy."""
    image.renditions.exclude(filter_spec__in=SPECS).delete()
    shown = public_image(image, site=Site.objects.get())
    assert shown is not None
    assert shown.crops is not None
    host = "http://testserver"
    assert (shown.url, shown.mime_type) == (host + shown.src, "image/webp")
    assert shown.original.model_dump() == {"width": 600, "height": 400, "mime_type": "image/png"}
    avif = shown.sources[0]
    assert avif.mime_type == "image/avif"
    assert shown.sources[1].srcset == f"{host}{shown.srcset[0].src} 480w, {shown.url} 600w"
    address = avif.srcset.split()[0].removeprefix(host)
    cut = shown.crops.square.url.removeprefix(host)
    assert (shown.crops.square.width, shown.crops.square.height) == (400, 400)
    for path, kind in ((address, "image/avif"), (cut, "image/webp")):
        found = client.get(path)
        assert (found.status_code, found["Content-Type"]) == (200, kind)
        assert found["Cache-Control"] == "public, no-cache"
        assert body(found)
        assert client.get(path, headers={"If-None-Match": found["ETag"]}).status_code == 304
    image.focal_point_x = image.focal_point_y = 50
    image.focal_point_width = image.focal_point_height = 20
    image.save()
    newer = public_image(image, site=Site.objects.get())
    assert newer is not None
    assert newer.crops is not None
    assert newer.crops.square.url != shown.crops.square.url
    # A site that was built before shows the image as it is now.
    answers = [client.get(path) for path in (cut, newer.crops.square.url)]
    assert body(answers[0]) == body(answers[1])
    assert answers[0]["ETag"] == answers[1]["ETag"] != found["ETag"]
    for gone in ("0-x/480.avif", f"{image.pk}-x/481.avif", f"{10**30}-x/480.avif"):
        assert client.get(f"/media/images/{gone}").status_code == 404
    restrict(image.collection)
    assert client.get(cut).status_code == 302
    editors = admin_client.get(cut)
    assert (editors.status_code, editors["Cache-Control"]) == (200, "private, no-cache")
    assert body(editors)


def test_a_document_that_code_stores_in_place_of_another_has_another_tag(client: Client) -> None:
    document = get_document_model()(title="Blad")
    document.file.save("blad.txt", ContentFile(b"ett"))
    document.save()
    tags = []
    for content in (b"ett", b"tva", b"tre"):
        document.file.delete(save=False)
        document.file.save("blad.txt", ContentFile(content), save=False)
        document.save(update_fields=["file"] if content == b"tre" else None)
        response = client.get(document.url, headers={"if-none-match": ", ".join(tags) or '"x"'})
        assert (response.status_code, body(response)) == (200, content)
        tags.append(response["ETag"])
    assert client.get(document.url, headers={"if-none-match": tags[-1]}).status_code == 304


def test_a_file_without_a_hash_has_no_tag(client: Client) -> None:
    file = ContentFile(b"ett", name="utan.txt")
    document = get_document_model().objects.create(title="Blad", file=file)
    # As a program leaves it that loads rows, or a copy of an older database.
    get_document_model().objects.filter(pk=document.pk).update(file_hash="")
    for known in ('""', 'W/""', '"x"'):
        response = client.get(document.url, headers={"if-none-match": known})
        assert (response.status_code, body(response)) == (200, b"ett")
        assert "ETag" not in response.headers


def test_an_image_that_code_stores_in_place_of_another_has_another_hash(image: Any) -> None:
    name = Path(image.file.name).name
    image.save()
    versions = [version_of(image)]
    for content in (picture(), picture(size=(600, 401))):
        image.file.storage.delete(image.file.name)
        image.file.save(name, ContentFile(content, name=name))
        image.refresh_from_db()
        versions.append(version_of(image))
    assert versions[0] == versions[1] != versions[2]


def test_a_document_whose_file_is_gone_can_be_saved() -> None:
    file = ContentFile(b"ett", name="borta.txt")
    document = get_document_model().objects.create(title="Blad", file=file)
    document.file.storage.delete(document.file.name)
    document = get_document_model().objects.get(pk=document.pk)
    document.title = "Annat"
    document.save()
    assert (document.file_hash, document.file_size) == ("", None)


def test_networks_keep_no_documents(client: Client, collection: Collection) -> None:
    document = get_document_model().objects.create(
        title="Blad", file=ContentFile(b"x", name="blad.pdf"), collection=collection
    )
    found = client.get(document.url)
    assert body(found) == b"x"
    assert "private" in found["Cache-Control"]
    restrict(collection)
    assert client.get(document.url, headers={"If-None-Match": found["ETag"]}).status_code == 302
