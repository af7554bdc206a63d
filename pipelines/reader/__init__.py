"""The reader: which words of a text tell of an act or a sum, and which words are its sides, with probabilities.

It points at words (tokens of the parse). Who and what they are (names, states, dates, amounts) is decided after it, in
`extract`. It is the dear part that a model does, so what it says is kept by a stage of its own, `readings`.
"""
