"""Unpublish, move or delete the translations together with their source, if the editor chooses."""
