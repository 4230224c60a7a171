"""Changes of answers, calls to action and images withdraw the review of pages that show them."""

from io import BytesIO
from typing import Any

import pytest
from django.core.files.images import ImageFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image as PillowImage
from wagtail.images import get_image_model
from wagtail.test.utils.form_data import rich_text

from cms.content.clinical_review import without_review
from cms.journal.models import ContentChange
from cms.review.models import Approval, ReviewSubject, SubmittedContent
from cms.review.renewing import renew_pictures
from faq.models import FaqEntry
from pages.models import Concern, SelfTestCallToAction
from tests.reading import Api

from .desk import act, edit_url, method, post, put_in_review, write

pytestmark = pytest.mark.django_db
NEW = "Ett svar som ingen granskare har läst."


def told(api: Api, page: Any) -> Any:
    return api.page(page.url)["content"]["review"]


def on_page(page: Any, kind: str) -> list[Any]:
    return next(block.value for block in page.body if block.block_type == kind)


def a_question(page: Any) -> FaqEntry:
    block = on_page(page, "faq_list")
    entry = next(iter(block["entries"]))
    assert isinstance(entry, FaqEntry)
    return entry


def publish(entry: FaqEntry, answer: str) -> None:
    write(entry, "editor", answer=answer).publish()


def state_of(page: Any) -> str:
    return ReviewSubject.objects.get(object_id=page.pk, content_type=page.content_type).changed


def test_a_changed_answer_is_public_and_its_pages_tell_of_no_review(
    editor: Client, reviewer: Client, client: Client, api: Api
) -> None:
    page = method()
    entry = a_question(page)
    before = entry.answer
    version = ContentChange.objects.count()
    write(entry, "editor", answer=NEW)
    assert told(api, page) is not None
    post(editor, entry, "action-publish", answer=rich_text(f"<p>{NEW}</p>"))
    html = client.get(page.url).content.decode()
    assert NEW in html
    assert "Rut Granskare" not in html
    assert told(api, page) is None
    assert ContentChange.objects.filter(version__gt=version, object_id=page.pk).exists()
    assert told(api, method("ipt", "en")) is not None
    assert state_of(page) == entry.question
    report = reviewer.get("/admin/reports/reviews/").content.decode()
    assert f"Ändrad sedan granskningen: {entry.question}" in report
    publish(entry, before)
    assert told(api, page) is not None
    assert state_of(page) == ""


def test_the_reviewer_is_shown_it_and_approves_it_with_the_page(reviewer: Client, api: Api) -> None:
    page = method()
    entry = a_question(page)
    publish(entry, NEW)
    page = put_in_review(page)
    html = reviewer.get(edit_url(page)).content.decode()
    assert f"ändrats sedan den senaste granskningen: {entry.question}." in html
    act(reviewer, page)
    assert told(api, page) is not None
    assert state_of(page) == ""


def test_an_answer_that_changes_during_the_review_was_not_shown(reviewer: Client) -> None:
    page = method()
    entry = a_question(page)
    page = put_in_review(page)
    publish(entry, NEW)
    act(reviewer, page)
    assert page.workflow_in_progress
    assert "Inget godkändes" in reviewer.get(edit_url(page)).content.decode()
    post(
        reviewer,
        page,
        **{"action-workflow-action": "true", "workflow-action-name": "approve"},
    )
    assert not page.workflow_in_progress


def replace_picture(page: Any, log_in: Any) -> None:
    image = with_file_of_its_own(page)
    upload(log_in("admin"), image, "en-annan-bild.webp", picture("red").read())


def withdraw(page: Any, log_in: Any) -> None:
    a_question(page).unpublish()


def delete(page: Any, log_in: Any) -> None:
    entry = a_question(page)
    entry.unpublish()
    entry.delete()


def rename_concern(page: Any, log_in: Any) -> None:
    concern = Concern.objects.get(pk=page.concern_links.first().concern_id)
    concern.name = "Något annat"
    concern.save()


@pytest.mark.sampled
@pytest.mark.parametrize("change", [replace_picture, withdraw, delete, rename_concern])
def test_what_changes_during_the_review_is_not_approved_on_the_first_page(
    reviewer: Client, log_in: Any, change: Any
) -> None:
    page = put_in_review(method(), introduction=NEW)
    change(page, log_in)
    response = act(reviewer, page)
    assert response["Location"] == edit_url(page)
    assert page.workflow_in_progress
    assert "Läs den som den är nu" in reviewer.get(edit_url(page)).content.decode()
    assert NEW not in method().introduction


def test_what_changed_and_was_changed_back_was_shown(reviewer: Client) -> None:
    page = method()
    entry = a_question(page)
    before = entry.answer
    page = put_in_review(page, introduction=NEW)
    publish(entry, NEW)
    publish(entry, before)
    act(reviewer, page)
    assert NEW in method().introduction


def test_a_review_that_began_before_it_was_kept_what_was_shown_needs_the_form(
    reviewer: Client,
) -> None:
    page = put_in_review(method(), introduction=NEW)
    SubmittedContent.objects.all().delete()
    act(reviewer, page)
    assert NEW not in method().introduction
    approve = {"action-workflow-action": "true", "workflow-action-name": "approve"}
    post(reviewer, page, **approve)
    assert NEW in method().introduction


def test_a_call_to_action_has_its_own_review(reviewer: Client, api: Api) -> None:
    page = method()
    cta = on_page(page, "self_test_cta")["cta"]
    assert isinstance(cta, SelfTestCallToAction)
    act(reviewer, put_in_review(cta, text=NEW))
    assert NEW in SelfTestCallToAction.objects.get(pk=cta.pk).text
    assert told(api, page) is not None
    cta = SelfTestCallToAction.objects.get(pk=cta.pk)
    cta.heading = NEW
    with without_review():
        cta.save_revision().publish()
    assert told(api, page) is None


def test_order_topics_and_descriptions_are_no_words_of_the_page(api: Api) -> None:
    page = method()
    entry = a_question(page)
    entry.position += 1
    entry.save()
    concern = Concern.objects.get(pk=page.concern_links.first().concern_id)
    concern.description = NEW
    concern.save()
    assert told(api, page) is not None
    concern.name = "Något annat"
    concern.save()
    assert told(api, page) is None


def test_a_withdrawn_answer_and_another_picture_are_a_change(api: Api) -> None:
    page, other = method(), method("kbt")
    a_question(page).unpublish()
    assert told(api, page) is None
    image = get_image_model().objects.get(pk=other.image_id)
    image.file = ImageFile(picture("red"), name="en-annan-bild.webp")
    image.save()
    assert told(api, other) is None


def picture(colour: str) -> BytesIO:
    file = BytesIO()
    PillowImage.new("RGB", (800, 533), colour).save(file, "WEBP")
    file.seek(0)
    return file


def with_file_of_its_own(page: Any) -> Any:
    """Give a page's image its file anew: Wagtail's form deletes what other tests read."""
    image = get_image_model().objects.get(pk=page.image_id)
    with image.file.open() as file:
        image.file = ImageFile(BytesIO(file.read()), name="egen.webp")
    image.save()
    return image


def upload(client: Client, image: Any, name: str, content: bytes) -> str:
    """Replace an image's file; gives the name under which it is stored."""
    data = {
        "title": image.title,
        "collection": str(image.collection_id),
        "file": SimpleUploadedFile(name, content, "image/webp"),
    }
    address = reverse("wagtailimages:edit", args=[image.pk])
    assert client.post(address, data).status_code == 302
    image.refresh_from_db()
    return str(image.file.name)


def test_a_picture_is_known_by_its_file_not_by_a_name_that_became_free(
    api: Api, log_in: Any
) -> None:
    page, admin = method(), log_in("admin")
    image = with_file_of_its_own(page)
    name = image.file.name.split("/")[-1]
    with image.file.open() as file:
        reviewed = file.read()
    for colour in ("red", "blue", "green"):
        upload(admin, image, name, picture(colour).read())
        assert told(api, page) is None
    upload(admin, image, "samma-bild.webp", reviewed)
    assert told(api, page) is not None


def test_approvals_that_know_a_picture_by_its_name_hold_on(api: Api) -> None:
    page, other = method(), method("kbt")
    for each in (page, other):
        image = get_image_model().objects.get(pk=each.image_id)
        approval = Approval.objects.covering(each)
        assert approval is not None
        approval.shared[f"wagtailimages.image:{image.pk}"] = image.file.name
        approval.save()
    image.file = ImageFile(picture("red"), name="en-annan-bild.webp")
    image.save()
    renew_pictures()
    for each in (page, other):
        each.refresh_from_db()
        Approval.objects.tell_live(each)
    assert told(api, page) is not None
    assert told(api, other) is None


def test_a_picture_whose_file_is_gone_is_known_by_its_name(api: Api) -> None:
    page = method()
    image = get_image_model().objects.get(pk=page.image_id)
    get_image_model().objects.filter(pk=image.pk).update(
        file_hash="", file="original_images/x.webp"
    )
    Approval.objects.tell_live(page)
    assert told(api, page) is None
