"""What the world may see of the content: visibility, lookup of references, public schemas."""
