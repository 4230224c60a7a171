"""Formats of dates and times that differ from Django's own (`FORMAT_MODULE_PATH`)."""
