"""An app that breaks each rule of `cms.content.checks`, for `manage.py check` to name."""
