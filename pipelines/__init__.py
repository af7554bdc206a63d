"""newsledger: raw news text in, a warehouse of events, actors and financial figures out.

The flow runs top to bottom through the folders: `reading` (files to records), `text` (records to clean
documents), `language` (documents to stored parses), `extract` (one document's facts, pure functions),
`resolve` (what needs the whole corpus), `tables` (the contracts) and `warehouse` (what analysts query).
`defs` holds the Dagster objects and nothing else.
"""
