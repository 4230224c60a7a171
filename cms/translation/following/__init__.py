"""What becomes of translations when their source is unpublished, moved or deleted: editors say."""
