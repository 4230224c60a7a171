"""The life of an object beside its words: privacy, place, times, end."""

from django.core.management import call_command
from django.test import TestCase

from tests.world.copying import CopyingWorld
from tests.world.forms import Editor
from tests.world.objects import Version
from tests.world.reading import Violation
from tests.world.shapes import Shape
from tests.world.statuses import waiting


class LivingWorld(CopyingWorld):
    def unpublish(
        self, name: str, language: str, by: str = "editor", translations: str = "keep"
    ) -> None:
        version = self.model.objects[name].versions[language]
        url = self.admin_url(name, language, "unpublish")
        stand_in = self.model.stand_in(version)
        answer = self.people.post(by, url, {"translations": translations})
        if answer.is_done:
            each = self.model.objects[name]
            if stand_in and stand_in.is_live and translations == "keep":
                self._keep_in_sight(stand_in)
            self.model.unpublished(version)
            other = each.versions.get(each.target)
            follows = translations == "same" and language == each.original and each.is_translated
            if follows and other is not None and other.is_live:
                self.model.unpublished(other)
        self._touch(name)

    def _keep_in_sight(self, stand_in: Version) -> None:
        """Let aliases keep their places for the pages below them when their source goes."""
        branch = self.model.branch(stand_in.name, stand_in.language)
        parents = {each.parent for each in branch}
        for each in branch:
            if each.is_foreign and each.name in parents:
                self.model.freed(each, {})

    def restrict(self, name: str, language: str, to: str = "login", by: str = "editor") -> None:
        """Make a page private, or public again with "none"."""
        version = self.model.objects[name].versions[language]
        url = f"/admin/pages/{self.pks[name, language]}/privacy/"
        data = {"restriction_type": to, "password": "En lang fras 7"}
        answer = self.people.post(by, url, data)
        if answer.response.status_code == 200 and b"set_privacy_done" in answer.response.content:
            # The form of an alias is that of its source, and what it adds cannot be taken back.
            version.is_private = to != "none" or (bool(version.follows) and version.is_private)
        self._touch(name)

    def delete(
        self, name: str, language: str, by: str = "editor", translations: str = "keep"
    ) -> None:
        each = self.model.objects[name]
        stand_in = self.model.stand_in(each.versions[language])
        doomed = [stand_in, *map(self._translation_of, self.model.branch(name, language))]
        url = self.admin_url(name, language, "delete")
        answer = self.people.post(by, url, {"translations": translations})
        self._touch(name)
        if not answer.is_done:
            return
        for other in doomed if translations == "same" else []:
            if other is not None and self.model.version(other.name, other.language) is other:
                self.model.deleted(other)
        self.model.deleted(each.versions[language])

    def _translation_of(self, version: Version) -> Version | None:
        each = self.model.objects[version.name]
        is_source = each.is_translated and version.language == each.original
        return each.versions.get(each.target) if is_source else None

    def move(
        self,
        name: str,
        language: str,
        parent: str,
        by: str = "editor",
        translations: str = "keep",
    ) -> None:
        """Move a page below another, or below the home page."""
        each = self.model.objects[name]
        above = self.pks[parent, language] if parent else self.home_of(each.kind, language)
        url = f"/admin/pages/{self.pks[name, language]}/move/{above}/confirm/"
        answer = self.people.post(by, url, {"translations": translations})
        self._touch(name, *self.model.below(name))
        if not answer.is_done:
            return
        version = each.versions[language]
        stand_in = self.model.stand_in(version)
        if stand_in and translations == "same":
            stand_in.parent = parent
        version.parent = parent
        follows = translations == "same" and language == each.original and each.is_translated
        if follows and each.target in each.versions:
            each.versions[each.target].parent = parent

    def reorder(self, name: str, language: str, position: int, by: str = "editor") -> None:
        """Give a page another place among its neighbours; these and all below them move on."""
        key = self.pks[name, language]
        self.people.post(by, f"/admin/pages/{key}/set_position/?position={position}", {})
        self._touch(*(each.name for each in self.model.versions() if each.language == language))

    def wait(self, hours: int = 2) -> None:
        """Let time pass without anybody doing anything."""
        self.clock.seconds += hours * 3600 + 60
        self._touch()

    def publish_scheduled(self) -> None:
        with TestCase.captureOnCommitCallbacks(execute=True):
            call_command("publish_scheduled", verbosity=0)
        self._touch()
        due = self.model.schedule_ran()
        self._touch(*due)

    def edit_directly(self, name: str, on: bool = True) -> None:
        """Let a translation no longer follow its original, or follow it again."""
        each = self.model.objects[name]
        edit = self.admin_url(name, each.target)
        if on:
            url = f"/admin/localize/translate/{self.translation(name).pk}/disable/"
            self.people.post("editor", url, {"next": edit})
        else:
            self.people.post("editor", edit, {"localize-restart-translation": "yes"})
        each.versions[each.target].is_set_aside = on
        self._touch(name)

    def bring_up_to_date(self, name: str, publish: bool = True) -> None:
        """Send wagtail-localize's form that takes over an original and publishes translations."""
        each = self.model.objects[name]
        url = f"/admin/localize/update/{self.translation(name).source_id}/"
        answer = self.people.post("admin", url, {"publish_translations": "on"} if publish else {})
        is_taken = answer.response.status_code == 302 and bool(answer.told)
        if is_taken:
            self.model.taken_over(name)
        if answer.has("success", "is published in"):
            version = each.versions[each.target]
            if unseen := waiting(each):
                raise Violation(f"{name}: {sorted(unseen)} went live, and nobody decided so.")
            self.model.published(version, each.translation(), by_translation=True)
        if is_taken:
            self.model.carry_over(each)
        self._touch(name)

    def rewrite(self, name: str, action: str = "publish", by: str = "editor") -> None:
        """Write all texts of a translation that is set aside, in Wagtail's own editor."""
        each = self.model.objects[name]
        version = each.versions[each.target]
        form = Editor(version, {}, Shape(), {})
        answer = self.send(form, (), by, action)
        if answer.has("success"):
            version.history.clear()
