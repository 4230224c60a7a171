"""Hooks and signal receivers of other apps that ours replace or must precede.

From `wagtail.hooks`, `wagtail.admin.signal_handlers`, `wagtail.admin.views.pages.edit`,
`wagtail.contrib.redirects.signal_handlers` and `wagtail.signal_handlers`, Wagtail 8.0, from
`modelsearch.signal_handlers`, modelsearch 1.3, and from `wagtail_localize.models`, wagtail-localize
1.14. A registered hook cannot be taken away, and buttons of a page's header have no `construct_…`
hook (wagtail/wagtail issue 10637). The mail about workflows is sent while the transaction is open.
The page editor mails comments to all followers, whatever they may read by now. Whether a redirect
was made by a move is known only after the receiver that makes it. Pages are indexed before their
children are saved. Each text of a title becomes that of the draft in lists, as HTML, whatever its
length and its fault.
"""

from collections.abc import Callable
from typing import Any, Final

from django.apps import apps
from django.db.models.signals import post_save
from modelsearch import signal_handlers as search_handlers
from wagtail import hooks
from wagtail import signal_handlers as reference_handlers
from wagtail.admin import signal_handlers
from wagtail.admin.views.pages import edit as page_editor
from wagtail.contrib.redirects.signal_handlers import (
    autocreate_redirects_on_page_move,
    autocreate_redirects_on_slug_change,
)
from wagtail.models import TaskState, WorkflowState
from wagtail.signals import (
    page_slug_changed,
    post_page_move,
    task_submitted,
    workflow_approved,
    workflow_rejected,
    workflow_submitted,
)
from wagtail_localize.models import StringTranslation, post_save_string_translation

from .clusters import when_whole

Receiver = Callable[..., Any]

# A signal, its sender, the `dispatch_uid` under which Wagtail connects its receiver, and that.
_MAIL: Final[list[tuple[Any, Any, str, Receiver]]] = [
    (
        task_submitted,
        TaskState,
        "group_approval_task_submitted_email_notification",
        signal_handlers.task_submission_email_notifier,
    ),
    (
        workflow_submitted,
        WorkflowState,
        "workflow_state_submitted_email_notification",
        signal_handlers.workflow_submission_email_notifier,
    ),
    (
        workflow_rejected,
        WorkflowState,
        "workflow_state_rejected_email_notification",
        signal_handlers.workflow_rejection_email_notifier,
    ),
    (
        workflow_approved,
        WorkflowState,
        "workflow_state_approved_email_notification",
        signal_handlers.workflow_approval_email_notifier,
    ),
]


def replace_hook(name: str, original: Receiver, ours: Receiver) -> None:
    """Put a function in the place of a registered one, in the same order among the others.

    Raises LookupError where the original is not registered.
    """
    registered = hooks._hooks.get(name, [])
    if all(function is not original for function, _order in registered):
        raise LookupError(f"{original!r} is not registered for the hook {name}.")
    hooks._hooks[name] = [
        (ours if function is original else function, order) for function, order in registered
    ]


def mail_comments_to(may_read: Callable[[Any, Any], bool]) -> None:
    """Let the page editor mail comments to those followers alone of whom `may_read(user, page)`.

    Its view asks for no permission, and has no method that chooses whom it mails to.
    """
    stock = page_editor.send_notification

    def send(users: Any, notification: str, context: Any) -> Any:
        return stock(
            [user for user in users if may_read(user, context["page"])], notification, context
        )

    page_editor.send_notification = send


def wrap_workflow_mail(wrapper: Callable[[Receiver], Receiver]) -> None:
    """Connect `wrapper(notifier)` in the place of each receiver that sends mail about workflows.

    Takes their `dispatch_uid`, so that it does not matter whether Wagtail's own are connected
    already or not yet.
    """
    for signal, sender, name, notifier in _MAIL:
        signal.disconnect(sender=sender, dispatch_uid=name)
        signal.connect(wrapper(notifier), sender=sender, dispatch_uid=name, weak=False)


def connect_redirects_first() -> None:
    """Connect the receivers that make redirects, so that those connected later run after them.

    Wagtail connects the same two, perhaps later; receivers run in the order of their first
    connection.
    """
    post_page_move.connect(autocreate_redirects_on_page_move)
    page_slug_changed.connect(autocreate_redirects_on_slug_change)


def leave_draft_titles() -> None:
    """Let wagtail-localize write no title of a draft when a text is stored.

    It takes the title back all the same when the text is deleted.
    """
    post_save.disconnect(post_save_string_translation, sender=StringTranslation)


def index_pages_when_whole() -> None:
    """Let those that index objects take pages once, when a page's children are saved too.

    Wagtail and modelsearch connect these receivers by their names in two modules, Wagtail also
    after each migration.
    """
    for module, name in (
        (reference_handlers, "update_reference_index_on_save"),
        (search_handlers, "post_save_signal_handler"),
    ):
        receiver = getattr(module, name)
        wrapped = when_whole(receiver)
        setattr(module, name, wrapped)
        for model in apps.get_models():
            if post_save.disconnect(receiver, sender=model):
                post_save.connect(wrapped, sender=model)
