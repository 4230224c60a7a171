"""“Did this help?”: counts the answers that visitors give at the end of pages, and nothing else."""
