"""Lets editors work on an original: write, publish, autosave, write at the same time."""

from dataclasses import replace
from datetime import timedelta

from django.utils import timezone

from tests.world.acting import Answer
from tests.world.forms import LINKED, PLACES, Editor, concern_links
from tests.world.parts import only_texts
from tests.world.shapes import CONTACT, FOOTER, INVITATION, LIST, QUESTIONS, SECTION, Shape
from tests.world.world import IMAGES, World


class EditingWorld(World):
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
        "turn" reverses the blocks, a name adds a block with that question or invitation; "call"
        adds a link to a new number, "link" and a name one to that page, "swap" reverses the links;
        "image", "minutes" and "phone" choose others; "menu" takes a page into menus or out of them;
        "contact" adds a crisis contact, "footer" and a name that page to the footer; a concern is
        chosen, or no longer; "back" takes the words of an earlier version. The times are in hours
        from now, 0 for none.
        """
        form = self.open_editor(name)
        return self.send(form, places, by, action, weight, more, live_in, expires_in)

    def open_editor(self, name: str) -> Editor:
        """Load the editor of an original: what it shows is what it sends later."""
        each = self.model.objects[name]
        version = each.versions[each.original]
        instance = self.instance(name, each.original)
        latest = instance.latest_revision
        shape, rows = Shape.of(version.draft), []
        if each.kind == "method":
            draft = instance.get_latest_revision_as_object()
            rows = [(str(row.pk or ""), str(row.concern_id)) for row in draft.concern_links.all()]
            keys = {concern for _key, concern in rows}
            kept = tuple(each for each in shape.concerns if each.partition(":")[2] in keys)
            shape = replace(shape, concerns=kept)
        return Editor(
            version,
            dict(version.draft),
            shape,
            {
                "loaded_revision_id": str(latest.pk) if latest else "",
                "loaded_revision_created_at": latest.created_at.isoformat() if latest else "",
            },
            rows=rows,
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
        if len(shape.links) != len(form.shape.links):
            # The tag of a link is in the text that translators see; where it leads is not.
            places = (*places, f"{LINKED[each.kind]}#0")
        kept = [*PLACES[each.kind], *shape.places()]
        content = {place: form.content.get(place, "") for place in kept}
        if more == "back" and version.history:
            content, shape = dict(version.history[0]), Shape.of(version.history[0])
        content |= shape.parts()
        for place in only_texts(content):
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
            **(concern_links(form.rows, shape.concerns) if each.kind == "method" else {}),
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
        content = only_texts(form.content) | form.shape.parts()
        for place in places:
            content[place] = self.model.word(version.name, version.language)
        kind = self.model.objects[version.name].kind
        links = concern_links(form.rows, form.shape.concerns) if kind == "method" else {}
        data = self._form(kind, content, version.language, form.shape, **links, **form.hidden)
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
        elif more == "list":
            blocks = (*blocks, (self._new_block(LIST), ()))
        elif more == "drop":
            blocks = blocks[1:]
        elif more == "turn":
            blocks = blocks[::-1]
        elif more == "call":
            return replace(shape, links=(*shape.links, f"tel:{self._new_number()}")[-2:])
        elif more == "phone":
            return replace(shape, phone=self._new_number())
        elif more == "menu":
            return replace(shape, menu=not shape.menu)
        elif more == "contact":
            blocks = (*blocks, (self._new_block(CONTACT), ()))
        elif more.startswith("footer "):
            name = more.removeprefix("footer ")
            key = self.pks[name, self.model.objects[name].original]
            blocks = (*blocks, (self._new_block(FOOTER), (key,)))
        elif more.startswith("link "):
            name = more.removeprefix("link ")
            key = self.pks[name, self.model.objects[name].original]
            return replace(shape, links=(*shape.links, f"page:{name}:{key}")[-2:])
        elif more == "swap":
            return replace(shape, links=shape.links[::-1])
        elif more == "image":
            return replace(shape, image=(shape.image + 1) % (IMAGES + 1))
        elif more == "minutes":
            return replace(shape, minutes=(shape.minutes + 15) % 60)
        elif more.startswith("concern"):
            link = f"{more}:{self.pks[more, self.model.objects[more].original]}"
            others = tuple(each for each in shape.concerns if each != link)
            return replace(shape, concerns=others if link in shape.concerns else (*others, link))
        elif more.startswith("question"):
            language = self.model.objects[more].original
            blocks = (*blocks, (self._new_block(QUESTIONS), (self.pks[more, language],)))
        elif more.startswith("invitation"):
            language = self.model.objects[more].original
            blocks = (*blocks, (self._new_block(INVITATION), (self.pks[more, language],)))
        return replace(shape, blocks=blocks)
