"""What translators do: begin a translation, write at the desk, publish."""

import re
from functools import partial
from typing import Any

from bs4 import BeautifulSoup
from django.core.files.uploadedfile import SimpleUploadedFile
from wagtail_localize.models import StringSegment

from tests.world.acting import Answer
from tests.world.editing import EditingWorld
from tests.world.files import EXCHANGED
from tests.world.objects import PAGES, SLUG, Version
from tests.world.parts import only_texts
from tests.world.reading import Violation
from tests.world.words import CANARY

SPOKEN = re.compile(r"\b(Ord|Words)\b")


def in_other_words(text: str, canary: str, word: str) -> str:
    """Return a text in the other language, with another canary and the same tags."""
    other = {"sv": "Ord", "en": "Words"}[word[2:4]]
    return SPOKEN.sub(other, text.strip()).replace(canary, word)


class DeskForm:
    """The desk as a browser has loaded it: its fields, and the key of each text by its canary."""

    def __init__(self, html: bytes) -> None:
        soup = BeautifulSoup(html, "html.parser")
        form = soup.find("form", {"data-desk": True})
        assert form is not None, "The desk did not open."
        self.fields: dict[str, str] = {}
        for each in form.find_all("input", {"name": True}):
            if each["type"] != "checkbox":
                self.fields[each["name"]] = each.get("value", "")
        for each in form.find_all("textarea"):
            self.fields[each["name"]] = each.get_text().removeprefix("\n")
        self.keys: dict[str, str] = {}
        self.sources: dict[str, str] = {}
        for card in form.find_all("article", {"data-desk-card": True}):
            source = card.find(class_="desk-text").get_text()
            found = CANARY.search(source)
            assert found is not None, source
            self.keys[found[0]] = card.textarea["name"].removeprefix("text-")
            self.sources[found[0]] = source
        # What the model says of it at that moment: the places, and the texts in the fields.
        self.places: dict[str, str] = {}
        self.texts: dict[tuple[str, str], str] = {}


class TranslatingWorld(EditingWorld):
    def translator(self, name: str) -> str:
        return {"en": "translator", "sv": "translator-sv"}[self.model.objects[name].target]

    def begin(self, name: str, by: str = "editor") -> None:
        """Begin a translation through wagtail-localize's form."""
        each = self.model.objects[name]
        key = self.pks[name, each.original]
        original = each.versions[each.original]
        is_placed = each.target in each.versions
        places = [] if is_placed else self._places_above(original, each.target)
        kind = f"page/{key}" if each.kind in PAGES else self._snippet_path(name)
        answer = self.people.post(
            by, f"/admin/localize/submit/{kind}/", {"locales": [self.locales[each.target].pk]}
        )
        # There is one crisis help in a language.
        has_place = each.kind != "furniture" or not self.model.speaks(each.kind, each.target)
        assert (answer.response.status_code == 302) == has_place, answer.errors()
        for above in places:
            alias = self.instance(above, each.original).get_translation(self.locales[each.target])
            self.pks[above, each.target] = alias.pk
            self.model.place_kept(above, each.target, each.original)
            self._touch(above)
        self._note_begun(name)
        # What the page shows is begun with it.
        shown = {"page": ("question", "invitation"), "method": ("concern",)}
        for other in self.model.of_kind(*shown.get(each.kind, ())):
            if not other.is_translated:
                self._note_begun(other.name)

    def _places_above(self, version: Version, language: str) -> list[str]:
        """Return the pages above one that are not there in a language, the highest first."""
        above = self.model.version(version.parent, version.language) if version.parent else None
        if above is None or self.model.version(above.name, language) is not None:
            return []
        return [*self._places_above(above, language), above.name]

    def _note_begun(self, name: str) -> None:
        each = self.model.objects[name]
        if each.original not in each.versions:
            return
        version = each.versions[each.original]
        target = self.instance(name, each.original).get_translation_or_none(
            self.locales[each.target]
        )
        if target is not None:
            self.pks[name, each.target] = target.pk
            self.model.translation_begun(name, version.parent, dict(version.row))
            self._touch(name)

    def _snippet_path(self, name: str) -> str:
        meta = self.instance(name, self.model.objects[name].original)._meta
        key = self.pks[name, self.model.objects[name].original]
        return f"snippet/{meta.app_label}/{meta.model_name}/{key}"

    def open_desk(self, name: str, by: str) -> DeskForm:
        target = self.model.objects[name].target
        answer = self.people.get(by, self.admin_url(name, target))
        assert answer.response.status_code == 200, f"{by} cannot open the desk of {name}."
        form = DeskForm(answer.response.content)
        each = self.model.objects[name]
        form.places = {
            place: source for place, source in (each.taken or {}).items() if source in form.keys
        }
        form.texts = dict(each.translated)
        return form

    def write(
        self, name: str, count: int = 99, by: str = "", button: str = "", again: bool = False
    ) -> None:
        """Write at the desk: the first missing texts or, `again`, others for those done."""
        each = self.model.objects[name]
        by = by or self.translator(name)
        self._send_desk(name, self.open_desk(name, by), count, by, button, again)
        assert each.taken is not None

    def write_directly(self, name: str, count: int = 1) -> None:
        """Write texts at wagtail-localize's own addresses, which its editor used."""
        each = self.model.objects[name]
        translation = self.translation(name)
        segments = StringSegment.objects.filter(source=translation.source_id).order_by("pk")
        for segment in segments.select_related("string")[:count]:
            found = CANARY.search(segment.string.data)
            assert found is not None
            word = self.model.word(name, each.target)
            is_slug = (SLUG, found[0]) in (each.taken or {}).items()
            value = word if is_slug else in_other_words(segment.string.data, found[0], word)
            answer = self.people.put(
                self.translator(name),
                f"/admin/localize/translate/{translation.pk}/strings/{segment.pk}/edit/",
                {"value": value},
            )
            if answer.response.status_code in (200, 201):
                for place, source in only_texts(each.taken or {}).items():
                    if source == found[0]:
                        self.model.typed(name, place, source, word)
        self._touch(name)

    def write_late(
        self, name: str, by: str = "editor", first: str = "", change: tuple[str, ...] = ()
    ) -> None:
        """Send a desk that was loaded before somebody else wrote, or the original changed.

        Takes who writes first, and the places of the original that are published meanwhile.
        """
        each = self.model.objects[name]
        form = self.open_desk(name, by)
        if first:
            self._send_desk(name, self.open_desk(name, first), 2, first, "", True)
        if change and each.original in each.versions:
            self.edit(name, change)
        self._send_desk(name, form, 3, by, "", True)

    def import_file(
        self, name: str, meanwhile: bool = False, count: int = 99, kind: str = "po"
    ) -> None:
        """Fill in an exported file, look what it would change and let it be imported.

        Perhaps somebody writes at the desk between the export and that.
        """
        each = self.model.objects[name]
        by = self.translator(name)
        url = f"/admin/translations/{self.translation(name).pk}"
        answer = self.people.get(by, f"{url}/export/{'po' if kind == 'po' else 'xliff'}/")
        if answer.response.status_code != 200:
            return
        file = EXCHANGED[kind](answer.response.content.decode())
        before = dict(each.translated)
        if meanwhile:
            self._send_desk(name, self.open_desk(name, "editor"), 2, "editor", "", True)
        typed = {}
        for source in file.sources()[:count]:
            found = CANARY.search(source)
            assert found is not None, source
            word = self.model.word(name, each.target)
            file.fill(source, partial(in_other_words, canary=found[0], word=word))
            typed[found[0]] = word
        upload = SimpleUploadedFile(f"file.{kind}", file.data())
        shown = self.people.post(by, f"{url}/import/", {"file": upload})
        form = BeautifulSoup(shown.response.content, "html.parser")
        fields = {
            field["name"]: field["value"]
            for field in form.find_all("input", {"name": ["plan", "shown"]})
        }
        answer = self.people.post(by, f"{url}/import/", fields)
        if answer.is_done:
            for place, source in only_texts(each.taken or {}).items():
                is_same = each.translated.get((place, source)) == before.get((place, source))
                if source in typed and is_same:
                    self.model.typed(name, place, source, typed[source])
        self._touch(name)

    def _send_desk(
        self, name: str, form: DeskForm, count: int, by: str, button: str, again: bool
    ) -> Answer:
        each = self.model.objects[name]
        wanted = [
            (place, source)
            for place, source in form.places.items()
            if again or (place, source) not in each.translated
        ][:count]
        typed: dict[tuple[str, str], str] = {}
        data: dict[str, Any] = dict(form.fields)
        for place, source in wanted:
            word = self.model.word(name, each.target)
            data[f"text-{form.keys[source]}"] = (
                word if place == "slug" else in_other_words(form.sources[source], source, word)
            )
            typed[place, source] = word
        if button:
            data[f"action-{button}"] = "yes"
        answer = self.people.post(by, self.admin_url(name, each.target), data)
        shown = answer.response.content.decode()
        # Who presses a button that they do not have is led away, and nothing is saved.
        is_desk = answer.response.status_code == 200 or "/edit/" in answer.response["Location"]
        if is_desk and "Nothing was saved" not in shown:
            for key, word in typed.items():
                if each.translated.get(key, "") == form.texts.get(key, ""):
                    self.model.typed(name, *key, word)
                # A text that is refused, or whose words are gone, is shown to its writer again.
                elif word not in shown:
                    raise Violation(f"{by} typed {word} at the desk of {name}, and it is gone.")
                if key not in (each.taken or {}).items() and word not in shown:
                    raise Violation(f"{word} at the desk of {name} fits nowhere and is not shown.")
        version = each.versions[each.target]
        version.waits |= answer.has("success")
        if answer.has("success", "is published"):
            self.model.published(version, each.translation(), by_translation=True)
        self._touch(name)
        return answer
