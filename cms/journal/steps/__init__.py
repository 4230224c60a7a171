"""The steps of `cms.saving` that write rows of the journal."""
