"""Which words translate which: the terms that all texts are to use."""
