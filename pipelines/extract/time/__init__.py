"""Time expressions of one document, resolved against its publication date."""
