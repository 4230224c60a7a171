"""What content types are built of: base models, blocks, review and staleness fields, checks."""
