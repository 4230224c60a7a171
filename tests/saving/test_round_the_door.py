"""List what upstream writes without a signal, with the reason why each does no harm."""

from .upstream_writes import silent_writes

TREE = "fields of the tree; a page's place is read from the row that the move or the save writes"
NOT_USED = "a tree or a job that this project does not use"
NO_CONTENT = "no content, and nothing that decides who sees content"
NO_QUERYSET = "not a queryset"
HISTORY = "revisions, logs and comments are shown to editors only"
SCHEDULE = "takes back scheduled times of other revisions; the save beside it tells of the rest"
SIZES = "sizes of images, which answers look up by themselves"

KNOWN = {
    "treebeard.al_tree:AL_Node._make_hole_and_get_sibling_order": NOT_USED,
    "treebeard.ltree:LT_ComplexAddMoveHandler._move_subtree_right": NOT_USED,
    "treebeard.ltree:LT_MoveHandler.process": NOT_USED,
    "treebeard.mp_tree:MP_AddChildHandler.process": TREE,
    "treebeard.mp_tree:MP_ComplexAddMoveHandler.decrement_numchild": TREE,
    "treebeard.mp_tree:MP_ComplexAddMoveHandler.increment_numchild": TREE,
    "treebeard.mp_tree:MP_ComplexAddMoveHandler.set_newpath_in_branches": TREE,
    "treebeard.mp_tree:MP_Node._fix_numchild": TREE,
    "treebeard.mp_tree:MP_Node._rewrite_node_path": TREE,
    "treebeard.mp_tree:MP_Node.fix_tree": TREE,
    "treebeard.mp_tree:MP_Node.load_bulk": NOT_USED,
    "treebeard.mp_tree:MP_NodeQuerySet.delete": TREE,
    "treebeard.ns_tree:NS_Node._alter_gap": NOT_USED,
    "treebeard.ns_tree:NS_Node._move_tree_right": NOT_USED,
    "treebeard.ns_tree:NS_Node.move": NOT_USED,
    "wagtail.actions.publish_revision:PublishRevisionAction._publish_revision": SCHEDULE,
    "wagtail.actions.unpublish:UnpublishAction._unpublish_object": SCHEDULE,
    "wagtail.admin.forms.collections:BaseGroupCollectionMemberPermissionFormSet.save": NO_CONTENT,
    "wagtail.admin.forms.workflows:WorkflowContentTypeForm.save": NO_CONTENT,
    "wagtail.admin.panels.field_panel:FieldPanel.clone_kwargs": NO_QUERYSET,
    "wagtail.admin.panels.help_panel:HelpPanel.clone_kwargs": NO_QUERYSET,
    "wagtail.admin.panels.inline_panel:InlinePanel.clone_kwargs": NO_QUERYSET,
    "wagtail.admin.panels.title_field_panel:TitleFieldPanel.BoundPanel.get_editable_context_data": (
        NO_QUERYSET
    ),
    "wagtail.admin.rich_text.converters.editor_html:DbWhitelister.clean_tag_node": NO_QUERYSET,
    "wagtail.admin.views.generic.ordering:ReorderView.post": (
        "the order of snippets that have a sort order; none of ours has one"
    ),
    "wagtail.api.v3.auth:BearerTokenAuth._touch_last_used": NO_CONTENT,
    "wagtail.contrib.search_promotions.views.settings:"
    "SearchPromotionCreateEditMixin.save_searchpicks": "an app that is not installed",
    "wagtail.coreutils:BatchCreator._do_processing": (
        "redirects of a new address: `journal.steps.redirects.record_automatic_redirect`"
    ),
    "wagtail.documents.views.bulk_actions.add_to_collection:"
    "AddToCollectionBulkAction.execute_action": (
        "the hook `journal.steps.files.record_new_collection`"
    ),
    "wagtail.images.models:AbstractImage.create_renditions": SIZES,
    "wagtail.images.utils:get_fill_filter_spec_migrations.fill_filter_spec_forward": SIZES,
    "wagtail.images.utils:get_fill_filter_spec_migrations.fill_filter_spec_reverse": SIZES,
    "wagtail.images.views.bulk_actions.add_to_collection:"
    "AddToCollectionBulkAction.execute_action": (
        "the hook `journal.steps.files.record_new_collection`"
    ),
    "wagtail.images.views.multiple:AddView.get_edit_object_response_data": NO_QUERYSET,
    "wagtail.management.commands.rebuild_references_index:Command.handle": NO_QUERYSET,
    "wagtail.models.audit_log:ModelLogEntryManager.log_action": NO_QUERYSET,
    "wagtail.models.pages:AbstractPage._update_descendant_url_paths": (
        "addresses below a page: locked by `journal.steps.pages.lock_pages_below`, and told by "
        "the row of the page itself"
    ),
    "wagtail.models.pages:PageLogEntryManager.log_action": NO_QUERYSET,
    "wagtail.models.pages:reassign_root_page_locale_on_delete": (
        "the root of the tree, which nobody sees"
    ),
    "wagtail.models.reference_index:ReferenceIndex.create_or_update_for_object": (
        "the reference index, which Wagtail updates after a save"
    ),
    "wagtail.models.revisions:Revision.delete": HISTORY,
    "wagtail.models.workflows:AbstractWorkflow.start": NO_QUERYSET,
    "wagtail.models.workflows:TaskState.approve": NO_QUERYSET,
    "wagtail.models.workflows:TaskState.cancel": NO_QUERYSET,
    "wagtail.models.workflows:TaskState.reject": NO_QUERYSET,
    "wagtail.models.workflows:WorkflowState.resume": NO_QUERYSET,
    "wagtail.models.workflows:WorkflowState.update": NO_QUERYSET,
    "wagtail.snippets.models:create_extra_permissions": NO_CONTENT,
    "wagtail.users.forms:BaseGroupPagePermissionFormSet.save": NO_CONTENT,
    "wagtail.users.views.bulk_actions.set_active_state:SetActiveStateBulkAction.execute_action": (
        NO_CONTENT
    ),
    "wagtail_localize.models:disable_translation_on_delete": (
        "translations of a deleted object: their state is worked out anew when what is left of "
        "them is saved"
    ),
    "wagtail_localize.models:post_delete_string_translation": "the title of a draft",
    "wagtail_localize.models:post_save_string_translation": "the title of a draft",
}


def test_every_silent_write_of_upstream_is_known() -> None:
    """A new version of upstream that adds one fails here, with its place.

    Read there what it writes. Where the public, reviewers or translators could see it, give it a
    step in `cms.saving`, as redirects that Wagtail makes in bulk have one. Then list it.
    """
    assert silent_writes() - KNOWN.keys() == set()


def test_what_is_listed_is_still_there() -> None:
    assert KNOWN.keys() - silent_writes() == set()
