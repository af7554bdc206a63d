"""Facts of one document, as pure functions of its `Article` and `Parse`: no Dagster, no database, no state.

What needs other documents (who somebody is, which reports tell one story) belongs in `resolve`.
"""
