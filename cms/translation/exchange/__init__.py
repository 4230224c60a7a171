"""Translations as files, for the programs that translators use."""
