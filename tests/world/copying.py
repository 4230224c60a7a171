"""Copies of pages, aliases of pages, and ordinary pages made of aliases."""

from django.apps import apps

from tests.world.acting import Answer
from tests.world.forms import MODELS, text_at
from tests.world.objects import SLUG, Version
from tests.world.parts import only_texts
from tests.world.reviewing import ReviewingWorld
from tests.world.words import CANARY


class CopyingWorld(ReviewingWorld):
    def copy(self, name: str, by: str = "editor") -> None:
        """Copy an original page as a draft beside it, with another title and address."""
        each = self.model.objects[name]
        source = each.versions[each.original]
        new = self.model.new_name(each.kind)
        own = {place: self.model.word(new, each.original) for place in ("title", SLUG)}
        answer = self._send_copy(source, own, source.parent, by)
        assert answer.is_done, answer.errors()
        version = self.model.created(new, each.kind, each.original, source.parent, source.row | own)
        version.draft = source.draft | own
        version.history.append(dict(version.draft))
        # Wagtail copies the privacy of a page as well, and its times.
        version.is_private, version.draft_expires = source.is_private, source.draft_expires
        self._note_made(new, source)

    def make_alias(self, name: str, language: str, parent: str = "", by: str = "editor") -> None:
        """Copy a page as an alias below a page, or where pages of its kind are."""
        source = self.model.objects[name].versions[language]
        new = self.model.new_name(self.model.objects[name].kind)
        own = {"title": "", SLUG: self.model.word(new, language)}
        answer = self._send_copy(source, own, parent, by, alias="on")
        if answer.is_done:
            self.model.aliased(new, source, parent, own[SLUG])
            self._note_made(new, source)

    def convert(self, name: str, language: str, by: str = "editor") -> None:
        """Make an ordinary page of an alias."""
        each = self.model.objects[name]
        version = each.versions[language]
        url = self.admin_url(name, language, "convert_alias")
        answer = self.people.post(by, url, {})
        if answer.is_done and version.is_foreign and version.follows == (name, each.original):
            self._note_begun(name)
            key = (SLUG, each.versions[each.original].row[SLUG])
            each.translated.setdefault(key, version.row[SLUG])
            self._touch(name)
            return
        if answer.is_done and each.versions[each.original].follows:
            # The first to have a text of its own: the others can be translated from it.
            each.original = language
        if answer.is_done and version.is_foreign:
            self.model.freed(version, {})
        elif answer.is_done:
            was_private = self.model.is_private(name)
            # Words of another language are written anew: the alias was of an untranslated draft.
            words = " ".join(only_texts(version.row).values())
            is_own = {match[1] for match in CANARY.finditer(words)} == {language}
            self.model.freed(version, dict(version.row) if is_own else {})
            version.is_private |= was_private and not self.model.is_private(name)
        self._touch(name)

    def _send_copy(
        self, source: Version, own: dict[str, str], parent: str, by: str, **more: str
    ) -> Answer:
        kind, language = self.model.objects[source.name].kind, source.language
        above = self.pks[parent, language] if parent else self.home_of(kind, language)
        data = {
            "new_title": text_at("title", own["title"], language),
            "new_slug": own[SLUG],
            "new_parent_page": str(above),
            **more,
        }
        return self.people.post(by, self.admin_url(source.name, language, "copy"), data)

    def _note_made(self, new: str, source: Version) -> None:
        kind = self.model.objects[source.name].kind
        made = apps.get_model(*MODELS[kind])._default_manager.order_by("pk").last()
        assert made is not None
        self.pks[new, source.language] = made.pk
        self._touch(source.name, new)
