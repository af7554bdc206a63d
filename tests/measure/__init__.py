"""Measurements over the labelled sets and corpora in ../shared: figures for a record, not tests that pass or fail."""
