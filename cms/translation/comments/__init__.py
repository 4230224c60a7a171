"""Comments on single texts, by editors of the original and translators of all its languages."""
