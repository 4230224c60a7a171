"""An address that cannot be read is an error of its field, wherever it is typed."""

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Site

NEW = "https://example.com/ny"
MALFORMED = ("http://[", "http://\u2100/a")
TOLD = "Det här är ingen adress."


def errors(answer: Any) -> str:
    soup = BeautifulSoup(answer.content.decode(), "html.parser")
    return " ".join(each.get_text(" ", strip=True) for each in soup.select(".error-message"))


@pytest.mark.parametrize("address", MALFORMED)
@pytest.mark.parametrize("name", ["old_path", "redirect_link"])
@pytest.mark.parametrize("site", ["", "1"])
def test_a_redirect_is_refused_in_its_form(
    admin_client: Client, address: str, name: str, site: str
) -> None:
    site = site and str(Site.objects.get().pk)
    data = {"old_path": "/gammal", "redirect_link": NEW, "site": site, name: address}
    answer = admin_client.post("/admin/redirects/add/", data)
    assert answer.status_code == 200
    assert (TOLD if name == "old_path" else "Ange en giltig URL.") in errors(answer)
    assert not Redirect.objects.filter(redirect_link=data["redirect_link"]).exists()


def test_a_redirect_is_refused_when_it_is_changed(admin_client: Client) -> None:
    redirect = Redirect.add_redirect("/gammal", NEW)
    data = {"old_path": "http://[", "redirect_link": NEW}
    answer = admin_client.post(f"/admin/redirects/{redirect.pk}/", data)
    assert TOLD in errors(answer)
    redirect.refresh_from_db()
    assert redirect.old_path == "/gammal"


def test_an_import_names_the_rows_that_it_leaves_out(admin_client: Client) -> None:
    file = SimpleUploadedFile(
        "a.csv", f"from,to\nhttp://[,{NEW}\n/gammal,http://[\n/bra,{NEW}\n".encode()
    )
    start = admin_client.post("/admin/redirects/import/", {"import_file": file})
    soup = BeautifulSoup(start.content.decode(), "html.parser")
    hidden = {
        name: soup.find("input", {"name": name})["value"]  # type: ignore[index]  # is there
        for name in ("import_file_name", "input_format")
    }
    data = {**hidden, "from_index": "0", "to_index": "1", "permanent": "on"}
    answer = admin_client.post("/admin/redirects/import/process/", data)
    assert answer.status_code == 200
    assert TOLD in answer.content.decode()
    assert "Ange en giltig URL." in answer.content.decode()
    assert Redirect.objects.filter(old_path="/bra").exists()


def test_a_stored_redirect_to_no_address_is_none(client: Client, site: Any) -> None:
    redirect = Redirect.add_redirect("/gammal", NEW)
    Redirect.objects.filter(pk=redirect.pk).update(redirect_link="http://[")
    assert client.get("/gammal/").status_code == 404


@pytest.mark.parametrize("host", ["[", "localhost:8000", "a b/c", "a.example/", "a@b.example"])
def test_a_site_needs_a_host_that_can_be_read(admin_client: Client, host: str) -> None:
    site = Site.objects.get()
    data = {"hostname": host, "port": "80", "site_name": "", "root_page": site.root_page_id}
    answer = admin_client.post(f"/admin/sites/edit/{site.pk}/", data)
    assert answer.status_code == 200
    assert TOLD in errors(answer)


@pytest.mark.parametrize("port", ["0", "-5", "65536", "1099511627776"])
def test_a_site_needs_a_port_that_there_is(admin_client: Client, port: str) -> None:
    site = Site.objects.get()
    data = {"hostname": "a.example", "port": port, "site_name": "", "root_page": site.root_page_id}
    answer = admin_client.post(f"/admin/sites/edit/{site.pk}/", data)
    assert answer.status_code == 200
    assert errors(answer)
    assert Site.objects.get().port == site.port


@pytest.mark.parametrize("address", ["mailto://[x", *MALFORMED])
@pytest.mark.parametrize("kind", ["email", "external", "phone", "anchor"])
def test_a_dialog_opens_for_a_link_that_leads_nowhere(
    admin_client: Client, kind: str, address: str
) -> None:
    url = f"/admin/choose-{kind}-link/"
    assert admin_client.get(url, {"link_url": address, "link_text": "x"}).status_code == 200
