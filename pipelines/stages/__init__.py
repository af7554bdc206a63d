"""The stages over batches: raw files to records, documents, annotations and facts, each kept in Parquet.

A stage's result lies in a folder named by the fingerprint of all that it depends on (input, code, model), so
what is there is up to date by its name, and what is not there is to be done. No Dagster here.
"""
