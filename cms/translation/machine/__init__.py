"""Translate by machine: off by default, marked, and not published before a person confirms it."""
