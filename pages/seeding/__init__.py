"""Demo content: read from `pages/demo/`, written in its source language, then translated."""
