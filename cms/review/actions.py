"""Wagtail's actions on shared content, asked about locks and the language of what they act on.

Its own ask whether the user may publish or create any snippet of the type; API v3 acts by these.
"""

from typing import Any

from cms.content.locking import refuse_if_locked
from cms.upstream.actions import CreateAction, PublishPermissionError, PublishRevisionAction


class PublishInLanguageAction(PublishRevisionAction):
    def check(self, skip_permission_checks: bool = False) -> None:
        super().check(skip_permission_checks)
        if skip_permission_checks or not self.user:
            return
        policy = self.permission_policy
        if not policy.user_has_permission_for_instance(self.user, "publish", self.object):
            raise PublishPermissionError("You do not have permission to publish in this language.")
        refuse_if_locked(self.object, self.user)


class CreateInLanguageAction(CreateAction):
    def user_has_permission(self) -> bool:
        wanted: list[Any] = ["add", *(["publish"] if self.publish else [])]
        return all(
            self.permission_policy.user_has_permission_for_instance(
                self.user, action, self.instance
            )
            for action in wanted
        )
