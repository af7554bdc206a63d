"""Quotations by the marks of many printers, and turns of talks, each with who says it."""

from __future__ import annotations

import time

import pytest

from pipelines.extract.quotation_marks import quotation_spans, touches
from tests.unit.extract.reading import facts_without_reading


def _direct(text: str) -> list[tuple[str, str | None]]:
    facts = facts_without_reading(text)
    return [
        (q.text, facts.entities[q.speaker].name if q.speaker is not None else None) for q in facts.quotes if q.is_direct
    ]


Said = list[tuple[str, str | None]]

MARKS: list[tuple[str, Said]] = [
    (
        "‘We will help Ghana,’ said Ola Berg, Norway’s foreign minister. ‘We won’t stop.’",
        [("We will help Ghana,", "Ola Berg"), ("We won’t stop.", "Ola Berg")],
    ),
    (
        "'We will help Ghana', said Ola Berg. 'We won't stop until the work is done.'",
        [("We will help Ghana", "Ola Berg"), ("We won't stop until the work is done.", "Ola Berg")],
    ),
    (
        "Ola Berg said: ‘The workers’ union agreed to “all terms” of ours.’",
        [("The workers’ union agreed to “all terms” of ours.", "Ola Berg")],
    ),
    ("„We will help Ghana and Togo,” said Ola Berg.", [("We will help Ghana and Togo,", "Ola Berg")]),
    (
        "„We will help Ghana and Togo“, said Ola Berg. „It is our duty to do so.“",
        [("We will help Ghana and Togo", "Ola Berg"), ("It is our duty to do so.", "Ola Berg")],
    ),
    ("‚We will help Ghana and Togo‘, said Ola Berg.", [("We will help Ghana and Togo", "Ola Berg")]),
    (
        "»We will help Ghana and Togo,« said Ola Berg. »It is our duty to do so.«",
        [("We will help Ghana and Togo,", "Ola Berg"), ("It is our duty to do so.", "Ola Berg")],
    ),
    ("« We will help Ghana and Togo », said Ola Berg.", [("We will help Ghana and Togo", "Ola Berg")]),
    (
        "”We will help Ghana and Togo,” said Ola Berg. ”It is our duty to do so.”",
        [("We will help Ghana and Togo,", "Ola Berg"), ("It is our duty to do so.", "Ola Berg")],
    ),
    ("‹We will help Ghana and Togo,› said Ola Berg.", [("We will help Ghana and Togo,", "Ola Berg")]),
    ("`We will help Ghana and Togo,' said Ola Berg.", [("We will help Ghana and Togo,", "Ola Berg")]),
    (",,We will help Ghana and Togo,'' said Ola Berg.", [("We will help Ghana and Togo,", "Ola Berg")]),
    (
        "The road is open. “We will help Ghana and Togo.” — Ola Berg, Norway's foreign minister",
        [("We will help Ghana and Togo.", "Ola Berg")],
    ),
    ("Kofi Darko, Ghana's finance minister: “The loan is good for us.”", [("The loan is good for us.", "Kofi Darko")]),
    ("Kofi Darko (finance minister): “The loan is good for us.”", [("The loan is good for us.", "Kofi Darko")]),
    (
        "“He told me ‘we will never pay the debt,’ and left,” said Ola Berg.",
        [("He told me ‘we will never pay the debt,’ and left,", "Ola Berg")],
    ),
    (
        "'We can't, and we won't, pay the debts' cost,' Ola Berg told reporters.",
        [("We can't, and we won't, pay the debts' cost,", "Ola Berg")],
    ),
    (
        "It was the '90s, and the workers' union, the miners' club and the dockers' guild, were strong, said Ola Berg.",
        [],
    ),
    ("'Tis a cold year for the workers' union, and Ola Berg said so.", []),
    (
        "Yemen's envoy, 'Ali Naji, said that it was late. Ola Berg answered, 'we need the road at once', and left.",
        [("we need the road at once", "Ola Berg")],
    ),
    ("'Isam Naji came to the ministers' council and to the workers' union in Oslo.", []),
    ("'Ali Naji is a friend of ours,' said Ola Berg.", [("Ali Naji is a friend of ours,", "Ola Berg")]),
    (
        "Ola Berg said the plan was ‘a disaster for the whole region’ and left.",
        [("a disaster for the whole region", "Ola Berg")],
    ),
    (
        "Ola Berg spoke first.\n\n‘We will help Ghana.\n\n‘We will help Togo as well,’ he said.",
        [("We will help Ghana.", "Ola Berg"), ("We will help Togo as well,", "Ola Berg")],
    ),
]

TALKS: list[tuple[str, Said]] = [
    (
        "Ola Berg met the finance minister of Ghana, Kofi Darko, for this talk.\n\nOla Berg: Why did you borrow so much in one year?\n\nKofi Darko: The loan is good for us. We will pay it back.\n\nOla Berg: And if you can not pay?\n\nKofi Darko: Then we will ask Norway again.",
        [
            ("Why did you borrow so much in one year?", "Ola Berg"),
            ("The loan is good for us. We will pay it back.", "Kofi Darko"),
            ("And if you can not pay?", "Ola Berg"),
            ("Then we will ask Norway again.", "Kofi Darko"),
        ],
    ),
    (
        "Robert Gibbs gave this briefing on Monday.\n\nMR. GIBBS: Well, I said earlier that I think so.\n\nQ But he did not provide that report?\n\nMR. GIBBS: I think he did provide it. It came on Monday.\n\nWe read it.\n\nQ: Thank you very much for that.",
        [
            ("Well, I said earlier that I think so.", "Robert Gibbs"),
            ("But he did not provide that report?", None),
            ("I think he did provide it. It came on Monday.", "Robert Gibbs"),
            ("We read it.", "Robert Gibbs"),
            ("Thank you very much for that.", None),
        ],
    ),
    (
        "KOFI DARKO: The loan is good for us.\nTHE ACCRA MAIL: Will you pay it back?\nKOFI DARKO: We will pay it in ten years.\nNote: it is a long time.\nTHE ACCRA MAIL: And the interest on it?\nKOFI DARKO: It is low enough.",
        [
            ("The loan is good for us.", "KOFI DARKO"),
            ("Will you pay it back?", None),
            ("We will pay it in ten years.", "KOFI DARKO"),
            ("Note: it is a long time.", "KOFI DARKO"),
            ("And the interest on it?", None),
            ("It is low enough.", "KOFI DARKO"),
        ],
    ),
    (
        "MR. BERG: We think that the loan is right.\nTHE FOREIGN MINISTRY: We have nothing to add to it.\nMR. BERG: Then we thank you all.",
        [
            ("We think that the loan is right.", "BERG"),
            ("We have nothing to add to it.", None),
            ("Then we thank you all.", "BERG"),
        ],
    ),
    (
        "Background: The country has borrowed much.\n\nPhoto: A man stands at a well in the north.\n\nNote: This was written in May of the year.",
        [],
    ),
    (
        "WHAT: Norway gives a loan to Ghana today.\n\nWHEN: On Monday at noon in the city hall.\n\nWHERE: In the city hall of Accra, the capital.",
        [],
    ),
]


@pytest.mark.parametrize(("text", "said"), MARKS)
def test_marks_of_every_house(text: str, said: Said) -> None:
    assert _direct(text) == said


@pytest.mark.parametrize(("text", "said"), TALKS)
def test_turns_of_a_talk(text: str, said: Said) -> None:
    assert _direct(text) == said


def test_many_quotations_take_linear_time() -> None:
    def cost(times: int) -> float:
        started = time.process_time()
        assert len(quotation_spans("He said 'we go home now,' and “we come back.” " * times)) >= times
        return time.process_time() - started

    cost(500)
    assert cost(16_000) < 20 * cost(2_000) + 0.2, "eight times the text took a hundred times as long"


@pytest.mark.parametrize(
    ("span", "shares"),
    [((0, 3), False), ((0, 4), True), ((5, 6), True), ((7, 10), False), ((9, 11), True), ((20, 30), False)],
)
def test_spans_that_share_a_character(span: tuple[int, int], shares: bool) -> None:
    assert touches(span, [(3, 7), (10, 12)]) == shares
