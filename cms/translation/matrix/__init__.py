"""The status matrix: where every page and snippet stands in every language."""
