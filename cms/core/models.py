"""Models of drafts that a front end shows for a token, faulty images, sent forms, search words."""

from datetime import timedelta
from typing import Any, Final, Self

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.serializers.json import DjangoJSONEncoder
from django.core.signing import BadSignature, SignatureExpired, dumps, loads
from django.db import models
from django.utils import timezone
from wagtail.models import Page

LIFETIME: Final = timedelta(minutes=15)
SALT: Final = "cms.core.headless"


class InvalidToken(Exception):
    """Raised for a token without a draft; the message says why."""


class HeadlessPreview(models.Model):
    """A page as one editor saw it in the form, saved or not."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    content_type = models.ForeignKey(ContentType, on_delete=models.CASCADE, related_name="+")
    page = models.ForeignKey(
        Page,
        null=True,
        on_delete=models.CASCADE,
        related_name="+",
        help_text="Empty for a page that was never saved.",
    )
    content = models.JSONField(encoder=DjangoJSONEncoder)
    created_at = models.DateTimeField(default=timezone.now, db_index=True)

    # Not a use of the page that editors should be told of.
    wagtail_reference_index_ignore = True

    def __str__(self) -> str:
        return f"{self.content_type} {self.page_id} for {self.user}"

    @classmethod
    def issue_token(cls, page: Any, user: Any) -> str:
        """Store a page as it is in memory, and return a signed token for it.

        The token is valid for 15 minutes, for this page and as long as this user may edit it.
        Drafts of older tokens are deleted.
        """
        cls.objects.filter(created_at__lt=timezone.now() - LIFETIME).delete()
        preview = cls.objects.create(
            user=user,
            content_type=ContentType.objects.get_for_model(type(page)),
            page_id=page.pk,
            content=page.serializable_data(),
        )
        return dumps([preview.pk, page.pk, user.pk], salt=SALT)

    @classmethod
    def read_token(cls, token: str) -> Any:
        """Return the page of a token; raises InvalidToken."""
        try:
            pk, page_pk, user_pk = loads(token, salt=SALT, max_age=LIFETIME)
        except SignatureExpired as error:
            raise InvalidToken("has expired; open the preview in the editor again") from error
        except BadSignature as error:
            raise InvalidToken("is not one that the editor gave out") from error
        preview = (
            cls.objects.filter(pk=pk, page=page_pk, user=user_pk)
            .select_related("user", "content_type")
            .first()
        )
        if preview is None:
            raise InvalidToken("shows a draft that is gone; open the preview in the editor again")
        page = preview._as_page()
        if not preview._may_still_be_read(page):
            raise InvalidToken("belongs to someone who may no longer edit this page")
        return page

    def _as_page(self) -> Any:
        model: Any = self.content_type.model_class()
        page = model.from_serializable_data(self.content, check_fks=True, strict_fks=False)
        page.pk = self.page_id
        return page

    def _may_still_be_read(self, page: Any) -> bool:
        if not self.user.is_active:
            return False
        if page.pk is not None:
            return bool(page.permissions_for_user(self.user).can_edit())
        parent = page.get_parent()
        return bool(parent and parent.permissions_for_user(self.user).can_add_subpage())


class ImageFault(models.Model):
    """An image of which some public sizes cannot be made.

    The sizes that could be made are shown; where there are none, readers get no image. The next
    attempt is made when the image is saved or by `manage.py make_renditions`.
    """

    image = models.OneToOneField(
        "wagtailimages.Image", primary_key=True, on_delete=models.CASCADE, related_name="fault"
    )
    reason = models.TextField()
    noticed_at = models.DateTimeField(auto_now_add=True)

    # Not a use of the image that editors should be told of.
    wagtail_reference_index_ignore = True

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.image_id}: {self.reason}"


class SentForm(models.Model):
    """An opened form that makes an object, from the first time that it is sent.

    Whoever sends the same form again waits for the row, and finds what the form has made.
    """

    KEPT: Final = timedelta(days=1)

    # A hash of the user, the address and what tells one opening of the form from another.
    key = models.CharField(max_length=64, primary_key=True)
    content_type = models.ForeignKey(
        ContentType, null=True, on_delete=models.CASCADE, related_name="+"
    )
    object_id = models.CharField(max_length=255, blank=True)
    # The ids that the parts of the form have got, by field.
    field_updates = models.JSONField(default=dict)
    # The draft of the form's autosave, which the next autosave writes over.
    revision_id = models.BigIntegerField(null=True)
    # Once a person has sent it: a hash of what was sent, and where the answer led.
    content = models.CharField(max_length=64, blank=True)
    answer_url = models.TextField(blank=True)
    sent_at = models.DateTimeField(default=timezone.now, db_index=True)

    # Not a use of the object that editors should be told of.
    wagtail_reference_index_ignore = True

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.content_type} {self.object_id}"

    @classmethod
    def claim(cls, key: str) -> Self:
        """Return the row of a key, locked until the end of the transaction."""
        cls.objects.bulk_create([cls(key=key)], ignore_conflicts=True)
        return cls.objects.select_for_update().get(key=key)

    @classmethod
    def forget_old(cls) -> None:
        cls.objects.filter(sent_at__lt=timezone.now() - cls.KEPT).delete()

    @property
    def made(self) -> Any:
        """The object that the form has made, None where there is none (any more)."""
        model: Any = self.content_type and self.content_type.model_class()
        return model and model._default_manager.filter(pk=self.object_id).first()


class SearchWord(models.Model):
    """A word that a live text of a language has; see `cms.core.search.vocabulary`."""

    language = models.CharField(max_length=20)
    word = models.CharField(max_length=80)
    root = models.CharField(max_length=80)

    wagtail_reference_index_ignore = True

    class Meta:
        default_permissions = ()
        indexes = [models.Index(fields=["language", "word"], name="core_searchword_word")]

    def __str__(self) -> str:
        return self.word
