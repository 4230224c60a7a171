"""The world: what people do through the admin, told to the model as far as they were told."""

from typing import Any

from django.apps import apps
from wagtail.images import get_image_model
from wagtail.models import Locale, Site
from wagtail_localize.models import Translation

from cms.public.images import public_image
from faq.models import FaqTopic
from pages.models import HomePage, TherapyMethodIndexPage
from tests.world.acting import People
from tests.world.forms import MODELS, PLACES, form_of
from tests.world.model import Model
from tests.world.objects import PAGES, Content
from tests.world.shapes import SECTION, Shape, block_id
from tests.world.stage import Clock

# How many images there are to choose from.
IMAGES = 2


class World:
    """Acts, and keeps the model in step; each method is a step that a script can repeat."""

    def __init__(self, clock: Clock) -> None:
        self.clock = clock
        self.model = Model()
        self.people = People(clock)
        self.script: list[str] = []
        self.pks: dict[tuple[str, str], int] = {}
        self.touched: set[str] = set()
        self._blocks = 1
        self._numbers = 0
        self.locales = {each.language_code: each for each in Locale.objects.all()}
        self.homes = {each.locale.language_code: each.pk for each in HomePage.objects.all()}
        self.indexes = {
            each.locale.language_code: each.pk for each in TherapyMethodIndexPage.objects.all()
        }
        images = get_image_model().objects.order_by("pk")
        self.images = [*images.values_list("pk", flat=True)[:IMAGES]]
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

    def image_addresses(self) -> dict[str, str]:
        """Return where the public finds each image, by its number."""
        images = get_image_model().objects.in_bulk(self.images)
        found = {}
        for number, key in enumerate(self.images, start=1):
            shown = public_image(images[key], site=Site.objects.get())
            assert shown is not None
            found[str(number)] = shown.src
        return found

    def home_of(self, kind: str, language: str) -> int:
        """Return the key of the page of the demo that objects of a kind may be below."""
        return (self.indexes if kind == "method" else self.homes)[language]

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
        content = {place: self.model.word(name, language) for place in places} | shape.parts()
        data = self._form(kind, content, language, shape)
        if publish:
            data["action-publish"] = "action-publish"
        if kind in PAGES:
            above = self.pks[parent, language] if parent else self.home_of(kind, language)
            url = f"/admin/pages/add/{MODELS[kind][0]}/{MODELS[kind][1]}/{above}/"
        else:
            url = f"/admin/snippets/{MODELS[kind][0]}/{MODELS[kind][1]}/add/?locale={language}"
        answer = self.people.post(by, url, data)
        model = apps.get_model(*MODELS[kind])
        made = model._default_manager.order_by("pk").last() if answer.is_done else None
        assert made is not None, f"{by} could not create a {kind}: {answer.errors()}"
        version = self.model.created(name, kind, language, parent, content)
        version.history.append(dict(content))
        self.pks[name, language] = made.pk
        if answer.has("success", "published"):
            self.model.published(version)
        self._touch(name)
        return name

    def _new_number(self) -> str:
        self._numbers += 1
        return f"+4699{self._numbers:06d}"

    def _new_block(self, kind: str) -> str:
        self._blocks += 1
        return block_id(kind, self._blocks)

    def _form(
        self, kind: str, content: Content, language: str, shape: Shape, **more: Any
    ) -> dict[str, Any]:
        if kind == "question":
            more["topic"] = str(self.topics[language])
        return form_of(kind, content, language, shape, self.images, **more)

    def _touch(self, *names: str) -> None:
        self.model.now = self.clock.seconds
        follow = {
            each.name for each in self.model.versions() if (each.follows or ("",))[0] in names
        }
        self.touched |= {*names} | follow
