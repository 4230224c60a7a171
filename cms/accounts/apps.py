from django.apps import AppConfig
from django.core.validators import MinLengthValidator
from django.utils.translation import gettext_lazy as _

# The length of a passphrase of two words, as it is shared by voice and typed on telephones.
SHARED_PASSWORD_LENGTH = 8


class AccountsConfig(AppConfig):
    name = "cms.accounts"
    label = "accounts"
    verbose_name = _("Accounts")

    def ready(self) -> None:
        from wagtail.models import CollectionViewRestriction, PageViewRestriction

        from cms.upstream.serving import require_present_password

        require_present_password()
        validator = MinLengthValidator(
            SHARED_PASSWORD_LENGTH,
            _("Choose a password of at least %(limit_value)s characters."),
        )
        # Wagtail's forms for privacy cannot be replaced; they ask the fields, which may share
        # one list of validators.
        for model in (PageViewRestriction, CollectionViewRestriction):
            validators = model._meta.get_field("password").validators
            if validator not in validators:
                validators.append(validator)
