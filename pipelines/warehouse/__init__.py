"""The warehouse on disk: files written whole or not at all, versions swapped in at once, the database built in a folder of its own.

<warehouse>/newsledger.duckdb -> current/newsledger.duckdb      what analysts open
<warehouse>/tables            -> current/tables                 the same tables as Parquet
<warehouse>/current           -> versions/000012                the one link that a publication moves
<warehouse>/batches/<batch>/                                    stage results, each under its fingerprint
<warehouse>/state/                                              what was read from where (ledger) and which runs there were
"""
