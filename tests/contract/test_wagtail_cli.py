"""Tests that Wagtail's own client of API v3 writes a method in both languages.

https://github.com/wagtail/wagtail-cli
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest

from tests.contract import python_tools
from tests.demo_server import DemoServer, demo_server

pytestmark = pytest.mark.tools

REQUIREMENTS = Path(__file__).resolve().parent / "clients" / "requirements.txt"
TOKEN = """
from django.contrib.auth import get_user_model
from wagtail.models import APIToken
user = get_user_model().objects.get(username="admin")
print("TOKEN", APIToken.create_token(user=user, name="wagtail-cli")[1])
"""


class Wt:
    """The program `wt` of the package, with an administrator's token."""

    def __init__(self, server: DemoServer, folder: Path) -> None:
        token = server.manage("shell", "-c", TOKEN).split("TOKEN ")[1].split()[0]
        self.folder = folder
        self.options = ["--url", f"{server.address}/api/v3-preview", "--token", token, "--json"]

    def run(self, *arguments: str) -> Any:
        done = python_tools.run(self.folder, "wt", *self.options, "api", *arguments)
        assert done.returncode == 0, done.stdout + done.stderr
        return json.loads(done.stdout)

    def refused(self, *arguments: str) -> str:
        done = python_tools.run(self.folder, "wt", *self.options, "api", *arguments)
        assert done.returncode != 0, done.stdout
        return done.stdout + done.stderr


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DemoServer]:
    with demo_server(tmp_path_factory.mktemp("cli")) as server:
        yield server


def test_a_method_is_created_translated_as_a_draft_and_read_back(
    server: DemoServer, tmp_path: Path
) -> None:
    python_tools.install(REQUIREMENTS)
    wt = Wt(server, tmp_path)
    assert [item["language_code"] for item in wt.run("locales", "list")["items"]] == ["sv", "en"]
    kind = "pages.TherapyMethodPage"
    body = [{"type": "section", "value": {"heading": "Så går det till", "text": "<p>Vi ses.</p>"}}]
    create = ["pages", "create", kind, "--parent", "/terapimetoder/", "--title", "MBT"]
    fields = ["--field", "heading:Vad är MBT?", "--field", "sessions_minimum:10"]
    fields += ["--field", "sessions_maximum:20", "--field", "introduction:<p>Om känslor.</p>"]
    fields += ["--field", f"body:{json.dumps(body)}"]
    told = wt.refused(*create, *fields, "--field", "colour:red")
    assert "colour" in told
    made = wt.run(*create, *fields)
    copy = wt.run("pages", "copy-for-translation", str(made["id"]), "--locale", "en")
    english = ["--field", "heading:What is MBT?", "--yes"]
    wt.run("pages", "update", str(copy["id"]), *english)
    for page, locale, heading in ((made, "sv", "Vad är MBT?"), (copy, "en", "What is MBT?")):
        draft = wt.run("pages", "get", str(page["id"]), "--version", "draft")
        assert (draft["meta"]["locale"], draft["heading"]) == (locale, heading)
        assert (draft["sessions_minimum"], draft["body"][0]["type"]) == (10, "section")
        # Nobody publishes a therapy method that no reviewer has approved.
        assert "403" in wt.refused("pages", "publish", str(page["id"]))
    for path in ("/terapimetoder/mbt/", "/en/therapy-methods/mbt/"):
        with pytest.raises(HTTPError, match="404"):
            urlopen(server.address + path)
