"""What reviewers and editors do about clinical content: submit, approve, reject, cancel."""

from typing import Any

from django.urls import reverse

from tests.world.acting import Answer
from tests.world.objects import PAGES, Version
from tests.world.translating import TranslatingWorld


class ReviewingWorld(TranslatingWorld):
    def submit(self, name: str, language: str, by: str = "") -> None:
        """Send the draft of an original, or the texts of a translation, to review."""
        each = self.model.objects[name]
        version = each.versions[language]
        if language == each.original:
            answer = self.edit(name, (), by or "editor", "submit")
        else:
            by = by or self.translator(name)
            answer = self._send_desk(name, self.open_desk(name, by), 0, by, "submit", False)
            if answer.has("success", "is submitted"):
                version.draft, version.submitted_of = each.translation(), dict(each.taken or {})
                version.waits = False
        if answer.has("success", "submitted"):
            version.submitted = dict(version.draft)
        self._touch(name)

    def withdraw(self, name: str, language: str, by: str = "") -> None:
        """Take back what was submitted, as who submitted it: of a snippet, no other may."""
        each = self.model.objects[name]
        version = each.versions[language]
        if language == each.original:
            answer = self.send(self.open_editor(name), (), by or "editor", "cancel-workflow")
        else:
            by, button = by or self.translator(name), "cancel-workflow"
            answer = self._send_desk(name, self.open_desk(name, by), 0, by, button, False)
        if self.instance(name, language).current_workflow_state is None:
            version.submitted, version.waits = {}, True
        assert not answer.has("error"), answer.told
        self._touch(name)

    def decide(
        self, name: str, language: str, action: str = "approve", by: str = "reviewer"
    ) -> None:
        """Approve or reject what was submitted, from the first page of the admin."""
        version = self.model.version(name, language)
        assert version is not None
        instance = self.instance(name, language)
        state = instance.current_workflow_state
        task = state.current_task_state if state else None
        if task is None:
            return
        view = (
            "wagtailadmin_pages:workflow_action"
            if self.model.objects[name].kind in PAGES
            else instance.snippet_viewset.get_url_name("workflow_action")
        )
        url = reverse(view, args=[instance.pk, action, task.pk])
        answer = self.people.post(by, url, {"comment": ""})
        self._after_decision(version, answer, action)

    def _after_decision(self, version: Version, answer: Answer, action: str) -> None:
        if answer.is_done and action == "approve":
            self.model.signed(version, version.submitted)
            if answer.has("success", "published"):
                is_followed = version.translates and not version.is_set_aside
                self.model.published(version, of=version.submitted_of if is_followed else None)
            version.submitted = {}
        elif answer.is_done:
            version.waits = True
        self._touch(version.name)

    def waive(self, name: str, language: str) -> None:
        """Publish without review, as only an administrator may."""
        version = self.model.version(name, language)
        assert version is not None
        instance: Any = self.instance(name, language)
        kind = instance.content_type_id if self.model.objects[name].kind in PAGES else None
        if kind is None:
            return
        answer = self.people.post(
            "admin", f"/admin/review/publish/{kind}/{instance.pk}/", {"reason": "Bråttom."}
        )
        if answer.is_done:
            self.model.signed(version, version.draft)
            self.model.published(version)
        self._touch(name)
