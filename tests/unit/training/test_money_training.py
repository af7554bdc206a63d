"""What training of the small decisions about amounts does with examples."""

from __future__ import annotations

from training.money.__main__ import Example, fit


def _example(name: str, answer: bool, n: int) -> Example:
    return Example({name: 1.0}, answer, 1.0, f"doc_{n}", n % 5)


def test_evidence_of_too_few_documents_gets_no_weight() -> None:
    examples = [_example("behind: loan", True, n) for n in range(6)] + [
        _example("behind: tonnes", False, n) for n in range(6)
    ]
    examples += [_example("behind: zloty", True, 1)] * 4
    weights = fit(examples)
    assert "behind: zloty" not in weights
    assert weights["behind: loan"] > 0 > weights["behind: tonnes"]


def test_the_same_examples_give_the_same_weights() -> None:
    examples = [_example(name, name == "a", n) for n in range(9) for name in ("a", "b")]
    assert fit(examples) == fit(examples)
