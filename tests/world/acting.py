"""People of the world: what they send to the admin, and what they are told."""

import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.test import Client, TestCase
from django.utils import translation

from tests.world.stage import Clock, log_in

LOSSES = re.compile(r'name="accepted_losses" value="(\w+)"')


@dataclass
class Answer:
    """An answer of the admin, with the messages that its reader sees next."""

    response: Any
    told: list[tuple[str, str]]

    @property
    def text(self) -> str:
        return " ".join(words for _level, words in self.told)

    def has(self, level: str, words: str = "") -> bool:
        return any(tag == level and words in text for tag, text in self.told)

    @property
    def is_done(self) -> bool:
        """Whether somebody was told that something was done."""
        return self.response.status_code == 302 and self.has("success")

    def errors(self) -> str:
        """Return why a form was not taken, for who looks at a failure."""
        context = self.response.context
        form = context.get("form") if context else None
        return f"{self.response.status_code} {self.told} {getattr(form, 'errors', '')}"


class People:
    """Sends requests of the admin's users, each with its own session."""

    def __init__(self, clock: Clock) -> None:
        self.clock = clock
        self._clients: dict[str, Client] = {}

    def client(self, who: str) -> Client:
        if who not in self._clients:
            self._clients[who] = log_in(who)
        return self._clients[who]

    def post(self, who: str, url: str, data: dict[str, Any], **options: Any) -> Answer:
        answer = self._send(who, "post", url, data, **options)
        if answer.response.status_code == 200:
            accepted = LOSSES.search(answer.response.content.decode())
            if accepted is not None:
                # Whoever is told what readers will not see sends it all the same.
                data = data | {"accepted_losses": accepted[1]}
                answer = self._send(who, "post", url, data, **options)
        return answer

    def put(self, who: str, url: str, data: dict[str, Any]) -> Answer:
        form = "application/x-www-form-urlencoded"
        return self._send(who, "put", url, urlencode(data), content_type=form)

    def get(self, who: str, url: str) -> Answer:
        return self._send(who, "get", url, {})

    def _send(self, who: str, method: str, url: str, data: Any, **more: Any) -> Answer:
        client = self.client(who)
        # What earlier answers told and nobody has looked at.
        client.cookies.pop("messages", None)
        translation.activate("sv")
        # Everything happens in the transaction of the test: nothing of it is ever committed.
        with TestCase.captureOnCommitCallbacks(execute=True):
            response = getattr(client, method)(url, data, **more)
        assert response.status_code < 500, f"{who} {url}: {response.status_code}"
        storage = getattr(response.wsgi_request, "_messages", None)
        queued = getattr(storage, "_queued_messages", [])
        translation.activate("sv")
        return Answer(response, [(each.level_tag, str(each.message)) for each in queued])
