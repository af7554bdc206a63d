"""What reads a published warehouse: ad-hoc SQL in a sandbox, where a row comes from, what is loaded.

Nothing here writes. The database is opened by its path each time, so a run may publish in the meantime.
"""
