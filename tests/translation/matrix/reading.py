"""Read the report "Translations" from its HTML."""

from datetime import timedelta
from typing import Any

from bs4 import BeautifulSoup
from django.contrib.auth import get_user_model
from django.test import Client
from django.utils import timezone

REPORT = "/admin/reports/translations/"
# The table of the report alone.
RESULTS = f"{REPORT}results/"
IPT = "IPT – Interpersonell terapi"
KBT = "KBT – Kognitiv beteendeterapi"
PDT = "PDT – Psykodynamisk terapi"


def ago(**time: int) -> Any:
    return timezone.now() - timedelta(**time)


def log_in(username: str) -> Client:
    client = Client()
    client.force_login(get_user_model().objects.get(username=username))
    return client


def titles(client: Client, **asked: str) -> list[str]:
    """The titles of the report's rows, in their order."""
    soup = _report(client, asked)
    rows = soup.select("table.matrix tbody th[scope=row]")
    return [next(row.stripped_strings) for row in rows]


def cell_of(client: Client, title: str, language: str, **asked: str) -> str | None:
    """The text of a language's cell in the row of a title; None where there is no such row."""
    soup = _report(client, {"q": title, **asked})
    heads = [head.get_text(strip=True) for head in soup.select("table.matrix thead th")]
    for row in soup.select("table.matrix tbody tr"):
        if title in row.select_one("th").get_text():
            cell = row.find_all(["th", "td"])[heads.index(language)]
            return " ".join(cell.get_text(" ", strip=True).split())
    return None


def links_of(client: Client, title: str) -> dict[str, str]:
    """The links of a row by their words."""
    soup = _report(client, {"q": title})
    row = next(row for row in soup.select("table.matrix tbody tr") if title in row.get_text())
    return {
        link.get_text(strip=True).partition("–")[0].strip(): link["href"]
        for link in row.select("td a")
    }


def _report(client: Client, asked: dict[str, Any]) -> BeautifulSoup:
    response = client.get(RESULTS, asked)
    assert response.status_code == 200
    soup = BeautifulSoup(response.content, "html.parser")
    for hidden in soup.select("[aria-hidden=true]"):
        hidden.decompose()
    return soup
