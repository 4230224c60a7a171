"""Tests that an image that cannot be shown is left out, and nothing else."""

import logging
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from wagtail.models import Page

from cms.core.models import ImageFault
from cms.journal.models import ContentChange
from pages.models import TherapyMethodPage
from tests.content.uploads import cut, head_of_a_png, image_of, noise, picture
from tests.editing.linking import REPORT
from tests.reading import API

ALT = "En stol vid ett fönster"
CAPTION = "Så ser rummet ut"


def remove(path: Path) -> None:
    path.unlink()


def put_a_folder(path: Path) -> None:
    """Replace a file by a folder: like a failing storage, reading it raises OSError."""
    path.unlink()
    path.mkdir()


def write(data: bytes) -> Callable[[Path], None]:
    def damage(path: Path) -> None:
        path.write_bytes(data)

    return damage


DAMAGES: dict[str, Callable[[Path], None]] = {
    "gone": remove,
    "unreadable": put_a_folder,
    "empty": write(b""),
    "cut": write(cut(noise("PNG"))),
    "too narrow": write(picture(size=(3, 20_000))),
    "too large": write(head_of_a_png(11_200, 11_200)),
    "no picture": write(b"<svg xmlns='http://www.w3.org/2000/svg'/>"),
}


@pytest.fixture
def image(db: None) -> Any:
    return image_of("rum.png", picture())


@pytest.fixture
def method(image: Any) -> TherapyMethodPage:
    """Return a page that shows the image on itself, in a block and in lists."""
    page = TherapyMethodPage.objects.get(slug="kbt", locale__language_code="sv")
    page.image, page.image_alt_text = image, ALT
    block = {"image": image, "alt_text": ALT, "decorative": False, "caption": CAPTION}
    page.body = [("image", block), *[(child.block_type, child.value) for child in page.body]]
    page.save()
    return page


def read_everything(client: Client, method: Page) -> tuple[dict[str, Any], str]:
    """Read everything that shows the image; return the page's content and all HTML."""
    listed = client.get(f"{API}pages/", {"locale": "sv", "limit": 100}).json()["items"]
    answer = client.get(f"{API}pages/{method.pk}/").json()
    content = answer["content"]
    home = next(item for item in listed if item["type"] == "home")
    assert answer["seo"]["image"] == (content["image"] or home["image"])["url"]
    summary = next(item for item in listed if item["id"] == method.pk)
    assert (summary["image"] is None) == (content["image"] is None)
    pages = [client.get(path) for path in ("/terapimetoder/kbt/", "/terapimetoder/")]
    assert [page.status_code for page in pages] == [200, 200]
    return content, "".join(page.content.decode() for page in pages)


@pytest.mark.sampled
@pytest.mark.parametrize("damage", DAMAGES)
def test_the_image_alone_is_missing(
    client: Client,
    image: Any,
    method: TherapyMethodPage,
    caplog: pytest.LogCaptureFixture,
    damage: str,
) -> None:
    DAMAGES[damage](Path(image.file.path))
    with caplog.at_level(logging.WARNING):
        content, html = read_everything(client, method)
        read_everything(client, method)
    assert content["image"] is None
    assert "image" not in [item["type"] for item in content["body"]]
    assert len(content["body"]) > 1
    assert ALT not in html
    assert CAPTION not in html
    assert 'src=""' not in html
    images = client.get("/api/v2/images/", {"limit": 20}).json()["items"]
    addresses = {item["id"]: item["meta"]["download_url"] for item in images}
    assert addresses.pop(image.pk) is None
    assert all(addresses.values())
    assert client.get(f"/api/v2/images/{image.pk}/").json()["meta"]["download_url"] is None
    shown = client.get(
        "/api/v2/pages/", {"type": "pages.TherapyMethodPage", "fields": "image,body"}
    )
    assert shown.status_code == 200
    told = [record for record in caplog.records if record.levelno >= logging.WARNING]
    assert [record.name for record in told] == ["cms.public.images"]


@pytest.mark.sampled
@pytest.mark.parametrize("damage", ["gone", "cut", "too large"])
def test_editors_go_on_and_are_told_where_it_is_missing(
    admin_client: Client, image: Any, method: TherapyMethodPage, damage: str
) -> None:
    DAMAGES[damage](Path(image.file.path))
    for address in (
        "images/",
        f"images/{image.pk}/",
        f"images/{image.pk}/delete/",
        f"images/usage/{image.pk}/",
        "images/chooser/",
        f"images/chooser/{image.pk}/",
        f"images/chooser/chosen-multiple/?id={image.pk}",
        "api/main/images/",
        f"pages/{method.pk}/edit/",
        f"pages/{method.pk}/view_draft/",
        "block-preview/?id=x",
    ):
        response = admin_client.get(f"/admin/{address}")
        assert response.status_code in (200, 404), address
    # The reader before has noticed it.
    rows = list(admin_client.get(REPORT).context["object_list"])
    assert [(row.problem, row.source_id) for row in rows] == [("unshowable", method.pk)] * 2
    assert "En bild som inte kan visas" in admin_client.get(REPORT).content.decode()


def test_it_is_shown_again_when_its_file_is_back(
    client: Client, image: Any, method: TherapyMethodPage
) -> None:
    path = Path(image.file.path)
    data = path.read_bytes()
    path.unlink()
    assert read_everything(client, method)[0]["image"] is None
    path.write_bytes(data)
    # Nobody tries for each reader.
    assert read_everything(client, method)[0]["image"] is None
    before = ContentChange.objects.count()
    call_command("make_renditions")
    assert not ImageFault.objects.exists()
    assert ContentChange.objects.filter(object_id=image.pk, kind="image").count() >= 1
    assert ContentChange.objects.count() > before
    content, html = read_everything(client, method)
    assert content["image"]["alt"] == ALT
    assert ALT in html


def test_the_command_names_what_cannot_be_shown(
    image: Any, method: TherapyMethodPage, capsys: pytest.CaptureFixture[str]
) -> None:
    Path(image.file.path).unlink()
    call_command("make_renditions")
    assert "rum.png" in capsys.readouterr().out


def test_the_sizes_that_there_are_are_shown(
    client: Client, image: Any, method: TherapyMethodPage
) -> None:
    Path(image.file.path).write_bytes(picture(size=(800, 16_500)))
    content, _html = read_everything(client, method)
    assert [size["width"] for size in content["image"]["srcset"]] == [480]
    assert content["image"]["width"] == 480
    assert ImageFault.objects.filter(image=image).exists()


def test_a_size_whose_file_is_lost_is_made_anew(
    client: Client, image: Any, method: TherapyMethodPage
) -> None:
    address = read_everything(client, method)[0]["image"]["src"]
    rendition = image.renditions.get(file=address.removeprefix("/media/"))
    Path(rendition.file.path).unlink()
    found = client.get(address)
    assert found.status_code == 200
    assert b"".join(found.streaming_content)[8:12] == b"WEBP"  # type: ignore[attr-defined]
    Path(rendition.file.path).unlink()
    Path(image.file.path).unlink()
    assert client.get(address).status_code == 404
    # Editors are told; readers keep the text about it, and the picture once the files are back.
    assert ImageFault.objects.filter(image=image).exists()
    assert read_everything(client, method)[0]["image"]["alt"] == "En stol vid ett fönster"
