"""Parts of content types: base models, blocks, review and staleness fields, checks."""
