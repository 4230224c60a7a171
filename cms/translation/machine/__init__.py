"""Translating by machine: off by default, marked, and never published unseen."""
