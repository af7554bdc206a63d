"""What kind of lending a sum is that no word of its own tells: the one that its text's other sums of the same ends are called.

"Authorized $8 million in credit guarantees for Hungary. The action increases the line to $23 million": the line is one of
guarantees, though "loan" is all that the reader says of it.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

from pipelines.extract.facts import Figure

_FIELD, _PLAIN = "finance_type", "loan"


def take_kind_of_others(figures: list[Figure], worded: Mapping[int, Collection[tuple[str, str]]]) -> None:
    """Give loans that no word calls anything the one kind that loans of the same payer and payee are called, where it is one.

    `worded`: of each figure by its id the (field, value) pairs that words told.
    """
    called: dict[tuple[int | None, int | None], set[str]] = {}
    plain = []
    for figure in figures:
        if figure.figure_kind != "loan" or figure.payer is None or figure.payee is None:
            continue
        kind = figure.terms.finance_type
        if kind is not None and (_FIELD, kind) in worded.get(id(figure), ()):
            called.setdefault((figure.payer, figure.payee), set()).add(kind)
        elif kind == _PLAIN:
            plain.append(figure)
    for figure in plain:
        kinds = called.get((figure.payer, figure.payee), set())
        if len(kinds) == 1:
            figure.terms.finance_type = next(iter(kinds))
