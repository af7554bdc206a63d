"""newsledger: raw news text in, a warehouse of events, actors and financial figures out.

The flow runs top to bottom through the folders: `reading` (files to records), `text` (records to clean
documents), `language` (documents to stored parses), `extract` (one document's facts, pure functions),
`resolve` (what needs the whole corpus), `tables` (the contracts) and `warehouse` (what analysts query).
`defs` holds the Dagster objects and nothing else.
"""

import os

# One process a core does the work, so numpy's linear algebra has one thread: its others wait by spinning, which cost three times
# as much processor as the work itself where cores were few, and sums of another number of threads may differ in their last digit.
# Set before numpy is loaded, and handed on to workers; whoever sets it himself is heard.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

# onnxruntime, from 1.29 on, tells its makers of every session on Linux too unless this is set before it is loaded. Nothing that runs here is
# reported to anybody.
os.environ.setdefault("ORT_DISABLE_TELEMETRY", "1")
