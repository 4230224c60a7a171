"""An app that breaks each rule of `cms.core.checks`, for `manage.py check` to name."""
