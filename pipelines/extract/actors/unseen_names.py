"""Names in a sentence that the model did not see: persons behind a title, bodies by their last word; where a body's name ends."""

from __future__ import annotations

from pipelines.extract.actors.gazetteer import KnownName
from pipelines.extract.actors.organisation_names import BODIES_OF_PERSONS, BODY_HEADS
from pipelines.extract.actors.persons import read_person
from pipelines.extract.actors.title_chains import PersonName, is_name_like_title
from pipelines.language.parse import Parse, Token
from pipelines.reference.roles import title_words

COMPANY_FORMS = frozenset(
    ["inc", "inc.", "corp", "corp.", "co", "co.", "ltd", "ltd.", "plc", "llc", "sa", "ag", "nv", "spa", "gmbh"]
)


def titled_names(
    parse: Parse,
    sentence_tokens: list[Token],
    marks: dict[int, KnownName],
    taken: set[int],
    others: list[tuple[int, int, str]],
    in_capitals: bool,
) -> list[PersonName]:
    """Names behind a title that the model did not take for a person's ("President Poroshenko" as an organisation)."""
    found: list[PersonName] = []
    words_of_titles = title_words()
    bodies = {i for a, b, label in others if b - a > 2 and label == "ORG" for i in range(a, b)}
    n = 0
    for at, token in enumerate(sentence_tokens[:-1]):
        if at < n or token.lower not in words_of_titles or not (token.text[0].isupper() or token.text.endswith(".")):
            continue
        n = at + 1
        following = sentence_tokens[n]
        last = n
        while (
            last < len(sentence_tokens)
            and last - n < 4
            and sentence_tokens[last].pos == "PROPN"
            and sentence_tokens[last].text[0].isupper()
            and (
                sentence_tokens[last].lower not in words_of_titles
                or is_name_like_title(parse.tokens, sentence_tokens[last].index)
            )
            and sentence_tokens[last].lower not in BODY_HEADS
            and sentence_tokens[last].lower not in BODIES_OF_PERSONS
            and sentence_tokens[last].index not in taken
            and sentence_tokens[last].index not in marks
            and sentence_tokens[last].index not in bodies
        ):
            last += 1
        stopped_in_person = last < len(sentence_tokens) and sentence_tokens[last].index in taken
        if last == n or stopped_in_person or (in_capitals and last - n > 3):
            continue
        person = read_person(parse, following.index, sentence_tokens[last - 1].index + 1, marks, taken)
        if person and person.role and person.first == following.index:
            person.certain = False
            found.append(person)
            n = last
    return found


def unseen_bodies(
    sentence_tokens: list[Token],
    found: list[tuple[int, int]],
    marks: dict[int, KnownName],
    covered: set[int],
    tokens: list[Token],
) -> list[tuple[int, int]]:
    """Bodies that the model missed: capitalised words up to a capitalised Ministry, Embassy, Department …"""
    seen = covered | {i for a, b in found for i in range(a, b)}
    seen |= {i for i, m in marks.items() if m.organisation}
    bodies = []
    for n, token in enumerate(sentence_tokens):
        if token.lower not in BODY_HEADS or not token.text[0].isupper() or token.index in seen:
            continue
        first = n
        while first > 0 and n - first < 5 and sentence_tokens[first - 1].index not in seen and (
            sentence_tokens[first - 1].text[0].isupper() and sentence_tokens[first - 1].pos in ("PROPN", "ADJ", "NOUN")
        ):  # fmt: skip
            first -= 1
        last = n + 1
        if first == n and n + 2 < len(sentence_tokens) and sentence_tokens[n + 1].lower == "of":
            ahead = sentence_tokens[n + 2]
            if ahead.text[0].isupper() and ahead.index not in marks:
                last = n + 3
        if first < n or last > n + 1:
            a, b = whole_body(tokens, sentence_tokens[first].index, sentence_tokens[last - 1].index + 1, marks)
            bodies.append((a, b))
    return bodies


def whole_body(tokens: list[Token], first: int, last: int, marks: dict[int, KnownName]) -> tuple[int, int]:
    """Take in the state before a body's name ("Kazakh Defense Ministry"), the form or state behind it."""
    head = tokens[last - 1].lower
    sentence = tokens[first].sentence
    if first and tokens[first - 1].sentence == sentence and (head in BODY_HEADS or tokens[first].lower in BODY_HEADS):
        mark = marks.get(first - 1)
        if (
            mark
            and mark.state
            and mark.state.kind in ("adjective", "name")
            and mark.last == first
            and "-" not in tokens[first - 1].text
        ):
            first = mark.first
    if last < len(tokens) and tokens[last].lower in COMPANY_FORMS and tokens[last].text[0].isupper():
        last += 1
    elif last + 1 < len(tokens) and tokens[last].lower in ("in", "of", "for") and tokens[last + 1].sentence == sentence:
        at = last + 1 + (tokens[last + 1].lower == "the")
        mark = marks.get(at)
        if mark and mark.state and mark.state.kind == "name" and mark.first == at:
            if head in ("embassy", "consulate", "mission") or (
                tokens[last].lower == "of" and _of_state(tokens, first, last)
            ):
                last = mark.last
    return first, last


def _of_state(tokens: list[Token], first: int, last: int) -> bool:
    """Whether "of Kazakhstan" behind a name is part of it: "Ministry of Defense of Kazakhstan", "Bank of Ghana"."""
    return any(
        t.lower in BODY_HEADS or t.lower in ("bank", "university", "party", "republic") for t in tokens[first:last]
    )
