"""Adapters for what is private or undocumented in Wagtail, wagtail-localize and modelsearch.

Product code imports such parts from here and nowhere else; `docs/upstream.md` lists them, and
`tests/upstream/` says for each on which behaviour of which version it relies. The package imports
nothing of ours: whoever needs something of ours in an adapter passes it in.
"""
