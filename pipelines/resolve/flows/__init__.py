"""Flows of aid and loans: which figures of all documents speak of one grant, loan, pledge or payment, and which adds up.

`reports` makes the figures comparable and says which of them cannot be a report of a flow at all; `candidates` pairs
those that might speak of one flow, linear in their number; `features` and `decision` score each pair (same flow, part of
the other, different); `grouping` puts pairs together, `totals` parts totals into their parts, `build` writes
the tables. Not here: reading what a text says (`extract.money`), dollars (`resolve.usd`), sums (`sql/marts`).
"""
