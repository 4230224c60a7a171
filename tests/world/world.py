"""The world: what people do through the admin, told to the model as far as they were told."""

from datetime import timedelta
from typing import Any

from django.apps import apps
from django.utils import timezone
from wagtail.models import Locale
from wagtail_localize.models import Translation

from faq.models import FaqTopic
from pages.models import HomePage
from tests.world.acting import Answer, People
from tests.world.forms import (
    INVITATION,
    MODELS,
    PLACES,
    QUESTIONS,
    SECTION,
    Editor,
    Shape,
    block_id,
    form_of,
)
from tests.world.model import PAGES, Content, Model
from tests.world.stage import Clock


class World:
    """Acts, and keeps the model in step; each method is a step that a script can repeat."""

    def __init__(self, clock: Clock) -> None:
        self.clock = clock
        self.model = Model()
        self.people = People(clock)
        self.script: list[str] = []
        self.pks: dict[tuple[str, str], int] = {}
        # What an object has beside its texts: of its draft, by name and language.
        self.shapes: dict[tuple[str, str], Shape] = {}
        self.history_shapes: dict[str, list[Shape]] = {}
        self.touched: set[str] = set()
        self._blocks = 1
        self.locales = {each.language_code: each for each in Locale.objects.all()}
        self.homes = {each.locale.language_code: each.pk for each in HomePage.objects.all()}
        self.topics = {
            each.locale.language_code: each.pk for each in FaqTopic.objects.filter(live=True)
        }

    # --- Addresses of the admin ----------------------------------------------------------------

    def instance(self, name: str, language: str) -> Any:
        kind = self.model.objects[name].kind
        return apps.get_model(*MODELS[kind])._default_manager.get(pk=self.pks[name, language])

    def admin_url(self, name: str, language: str, action: str = "edit") -> str:
        kind = self.model.objects[name].kind
        key = self.pks[name, language]
        if kind in PAGES:
            return f"/admin/pages/{key}/{action}/"
        app, model = MODELS[kind]
        return f"/admin/snippets/{app}/{model}/{action}/{key}/"

    def translation(self, name: str) -> Translation:
        each = self.model.objects[name]
        found: Translation = Translation.objects.get(
            source__object_id=self.instance(name, each.target).translation_key,
            target_locale=self.locales[each.target],
        )
        return found

    # --- Writing originals ---------------------------------------------------------------------

    def create(
        self,
        kind: str,
        language: str = "sv",
        parent: str = "",
        by: str = "editor",
        publish: bool = True,
    ) -> str:
        """Create an object; pages with a section of text."""
        name = self.model.new_name(kind)
        shape = Shape(((block_id(SECTION, 1), ()),)) if kind == "page" else Shape()
        places = [*PLACES[kind], *shape.places()]
        content = {place: self.model.word(name, language) for place in places}
        data = self._form(kind, content, language, shape)
        if publish:
            data["action-publish"] = "action-publish"
        if kind in PAGES:
            above = self.pks[parent, language] if parent else self.homes[language]
            url = f"/admin/pages/add/{MODELS[kind][0]}/{MODELS[kind][1]}/{above}/"
        else:
            url = f"/admin/snippets/{MODELS[kind][0]}/{MODELS[kind][1]}/add/?locale={language}"
        answer = self.people.post(by, url, data)
        model = apps.get_model(*MODELS[kind])
        made = model._default_manager.order_by("pk").last() if answer.is_done else None
        assert made is not None, f"{by} could not create a {kind}: {answer.errors()}"
        version = self.model.created(name, kind, language, parent, content)
        version.history.append(dict(content))
        self.history_shapes[name] = [shape]
        self.pks[name, language] = made.pk
        self.shapes[name, language] = shape
        if answer.has("success", "published"):
            self.model.published(version)
        self._touch(name)
        return name

    def edit(
        self,
        name: str,
        places: tuple[str, ...] = ("heading",),
        by: str = "editor",
        action: str = "publish",
        weight: str = "wording",
        more: str = "",
        live_in: int = 0,
        expires_in: int = 0,
    ) -> Answer:
        """Write other words at places of an original, and save, publish or submit it.

        `more` changes what is no text: "block" adds a section, "drop" takes the first block away,
        "turn" reverses the blocks, a name adds a block with that question or invitation, "back"
        takes the words of an earlier version. The times are in hours from now, 0 for none.
        """
        form = self.open_editor(name)
        return self.send(form, places, by, action, weight, more, live_in, expires_in)

    def open_editor(self, name: str) -> Editor:
        """Load the editor of an original: what it shows is what it sends later."""
        each = self.model.objects[name]
        version = each.versions[each.original]
        latest = self.instance(name, each.original).latest_revision
        return Editor(
            version,
            dict(version.draft),
            self.shapes.get((name, each.original), Shape()),
            {
                "loaded_revision_id": str(latest.pk) if latest else "",
                "loaded_revision_created_at": latest.created_at.isoformat() if latest else "",
            },
        )

    def send(
        self,
        form: Editor,
        places: tuple[str, ...],
        by: str = "editor",
        action: str = "publish",
        weight: str = "wording",
        more: str = "",
        live_in: int = 0,
        expires_in: int = 0,
    ) -> Answer:
        """Send an editor's form with other words at some places."""
        version = form.version
        each = self.model.objects[version.name]
        shape = self._reshaped(form.shape, more)
        kept = [*PLACES[each.kind], *shape.places()]
        content = {place: form.content.get(place, "") for place in kept}
        if more == "back" and version.history:
            content, shape = dict(version.history[0]), self.history_shapes[each.name][0]
        for place in content:
            if place in places or not content[place]:
                content[place] = self.model.word(version.name, version.language)
        times = {
            name: self._time(hours)
            for name, hours in (("go_live_at", live_in), ("expire_at", expires_in))
        }
        data = self._form(
            each.kind,
            content,
            version.language,
            shape,
            change_weight=weight,
            **{name: text for name, (text, _at) in times.items()},
            **form.hidden,
        )
        if action != "save":
            data[f"action-{action}"] = f"action-{action}"
        answer = self.people.post(by, self.admin_url(version.name, version.language), data)
        form.content, form.shape = content, shape
        if answer.response.status_code == 302 and answer.told and not answer.has("error"):
            self._saved(form, answer, times["go_live_at"][1], times["expire_at"][1])
        self._touch(version.name)
        return answer

    def autosave(self, form: Editor, places: tuple[str, ...], by: str = "editor") -> bool:
        """Let the browser save an editor's form by itself; return whether it said it did."""
        version = form.version
        content = dict(form.content)
        for place in places:
            content[place] = self.model.word(version.name, version.language)
        kind = self.model.objects[version.name].kind
        data = self._form(kind, content, version.language, form.shape, **form.hidden)
        answer = self.people.post(
            by,
            self.admin_url(version.name, version.language),
            data,
            headers={"accept": "application/json"},
        )
        done = answer.response.status_code == 200 and answer.response.json().get("success")
        if done:
            if form.hidden.get("overwrite_revision_id") and form.own in version.history:
                version.history.remove(form.own)
            found = answer.response.json()
            form.hidden = {"overwrite_revision_id": str(found["revision_id"])}
            form.hidden["loaded_revision_id"] = str(found["revision_id"])
            form.content = form.own = content
            self.model.saved(version, content, version.draft_expires)
            self.shapes[version.name, version.language] = form.shape
        self._touch(version.name)
        return bool(done)

    def edit_together(
        self,
        name: str,
        mine: str,
        theirs: str,
        other: str = "author",
        first: bool = True,
        action: str = "publish",
    ) -> None:
        """Send an editor's form around another's, or around the autosave of the same form."""
        form = self.open_editor(name)
        if other == "autosave":
            if first:
                self.autosave(form, (theirs,))
                self.autosave(form, (theirs,))
            self.send(form, (mine,), action=action)
            if not first:
                self.autosave(form, (theirs,))
            return
        late = self.open_editor(name)
        self.send(form, (mine,), action=action)
        if first:
            self.autosave(late, (theirs,), by=other)
        self.send(late, (theirs,), by=other, action="save")

    def _saved(
        self, form: Editor, answer: Answer, live_at: float | None, expires: float | None
    ) -> None:
        version = form.version
        if form.hidden.get("overwrite_revision_id") and form.own in version.history:
            version.history.remove(form.own)
        self.model.saved(version, form.content, expires)
        self.shapes[version.name, version.language] = form.shape
        self.history_shapes.setdefault(version.name, []).append(form.shape)
        if live_at is not None and answer.has("success", "scheduled"):
            self.model.scheduled(version, live_at)
        elif answer.has("success", "published"):
            self.model.published(version)

    def _time(self, hours: int) -> tuple[str, float | None]:
        """Return what an editor types for a time, and the time by the world's clock."""
        if not hours:
            return "", None
        then = self.clock.now() + timedelta(hours=hours)
        then = timezone.localtime(then).replace(second=0, microsecond=0)
        return f"{then:%Y-%m-%d %H:%M}", (then - self.clock.start).total_seconds()

    def _reshaped(self, shape: Shape, more: str) -> Shape:
        blocks = shape.blocks
        if more == "block":
            blocks = (*blocks, (self._new_block(SECTION), ()))
        elif more == "drop":
            blocks = blocks[1:]
        elif more == "turn":
            blocks = blocks[::-1]
        elif more.startswith("question"):
            language = self.model.objects[more].original
            blocks = (*blocks, (self._new_block(QUESTIONS), (self.pks[more, language],)))
        elif more.startswith("invitation"):
            language = self.model.objects[more].original
            blocks = (*blocks, (self._new_block(INVITATION), (self.pks[more, language],)))
        return Shape(blocks, shape.link)

    def _new_block(self, kind: str) -> str:
        self._blocks += 1
        return block_id(kind, self._blocks)

    def _form(
        self, kind: str, content: Content, language: str, shape: Shape, **more: Any
    ) -> dict[str, Any]:
        if kind == "question":
            more["topic"] = str(self.topics[language])
        return form_of(kind, content, language, shape, **more)

    def _touch(self, *names: str) -> None:
        self.model.now = self.clock.seconds
        self.touched |= {*names}
