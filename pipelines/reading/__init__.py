"""Files to records: formats, encodings, compression. What a record's text means is for `text`.

A new format is one module with a function `read(stream, source_path) -> Iterator[RawRecord | Rejected]` and one line
in `formats.BY_ENDING` and `read.READERS`.
"""
