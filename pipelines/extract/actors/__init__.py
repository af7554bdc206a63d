"""Actors of one document: who is named, as what, and which words stand for them."""
