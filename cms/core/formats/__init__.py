"""Dates and times of each language, where Django's own do not serve (`FORMAT_MODULE_PATH`)."""
