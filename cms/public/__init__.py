"""Public view of content: visibility, references, addresses, images, rich text and schemas."""
