"""Records to clean documents: characters, paragraphs, title, dateline, byline and chrome. No NLP here."""
