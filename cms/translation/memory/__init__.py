"""What was translated before, offered again."""
