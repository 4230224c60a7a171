"""The status matrix: the translation status of every page and snippet in every language."""
