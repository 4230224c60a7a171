"""The receiver in docs/api.md works as it stands, and its example has the true shape."""

import json
import threading
from http.server import HTTPServer
from typing import Any

import pytest
from wagtail.models import Site

from cms.webhooks.endpoint_delivery import deliver
from cms.webhooks.models import Endpoint
from cms.webhooks.payload import ChangeEvent
from tests.factories import ConcernFactory

from .reading import code_block, read

API = read("docs/api.md")


def test_the_example_message_has_the_true_shape() -> None:
    ChangeEvent.model_validate(json.loads(code_block(API, "json", '{\n  "type": "content.')))


def test_the_receiver_takes_what_is_signed_and_nothing_else(
    site: Site, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    endpoint = Endpoint.objects.create(name="Receiver", url="", site=site)
    monkeypatch.setenv("WEBHOOK_SECRET", endpoint.secret)
    code: dict[str, Any] = {"__name__": "receiver"}
    exec(code_block(API, "python", "import os\nfrom http.server"), code)
    code["Receiver"].log_message = lambda *args: None
    with HTTPServer(("127.0.0.1", 0), code["Receiver"]) as server:
        endpoint.url = f"http://127.0.0.1:{server.server_port}/"
        endpoint.save()
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        try:
            ConcernFactory()
            deliver(endpoint.pk)
            Endpoint.objects.filter(pk=endpoint.pk).update(secret=Endpoint().secret)
            ConcernFactory()
            deliver(endpoint.pk)
        finally:
            server.shutdown()
            thread.join()
    taken, refused = endpoint.deliveries.order_by("pk")
    assert (taken.state, refused.state) == ("delivered", "waiting")
    assert refused.attempts.get().status == 401
    assert capsys.readouterr().out.count("content.published") == 1
    assert code["seen"] == {taken.message_id}
