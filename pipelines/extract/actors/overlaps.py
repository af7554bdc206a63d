"""Where names that are known and names that the model saw overlap: which of the two stands."""

from __future__ import annotations

from pipelines.extract.actors.gazetteer import KnownName
from pipelines.extract.actors.organisation_names import type_of
from pipelines.extract.actors.title_chains import PersonName
from pipelines.language.parse import Parse, Token
from pipelines.reference.roles import actor_nouns, title_words


def named_like_states(
    parse: Parse, matches: list[KnownName], marks: dict[int, KnownName], people: list[PersonName]
) -> list[PersonName]:
    """Persons whose given name is a state's, and whom the model did not see: "Georgia Meloni visited"."""
    found = []
    for match in matches:
        if match.state is None or match.state.kind != "name" or match.last - match.first > 1:
            continue
        given, head = parse.tokens[match.first], parse.tokens[match.first].head
        if (
            given.dep == "compound"
            and head.index == match.last
            and head.index not in marks
            and head.dep in ("nsubj", "nsubjpass")
            and head.pos == "PROPN"
            and head.text.istitle()
            and head.entity in ("PERSON", "GPE", "")
            and head.lower not in actor_nouns()
            and head.lower not in title_words()
            and not any(p.first <= head.index < p.last for p in people)
        ):
            found.append(PersonName(match.first, match.last + 1, f"{given.text} {head.text}", chain_first=match.first))
    return found


def _is_body(parse: Parse, first: int, last: int) -> bool:
    """Whether words in a name say of what kind it is, so that it is one and not the model's slip."""
    return type_of(parse.text[parse.tokens[first].start : parse.tokens[last - 1].end]) != "other_organization"


def joins_known(span: tuple[int, int], matches: list[KnownName], tokens: list[Token]) -> bool:
    """Whether what the model took for one name is known ones in a row: "World Bank and International Monetary Fund", "Norway & Japan"."""
    first, last = span
    # "The U.S. & Japan": what is known may begin with the article before the span
    inside = [m for m in matches if (m.organisation or m.state) and first - 1 <= m.first and first < m.last <= last]
    covered = {i for m in inside for i in range(m.first, m.last)}
    return len(inside) > 1 and all(
        i in covered or tokens[i].lower in ("and", ",", "&", "the") for i in range(first, last)
    )


def without_inner(
    parse: Parse, matches: list[KnownName], names: list[tuple[int, int]], people: list[PersonName]
) -> list[KnownName]:
    """Known names that are not part of a longer organisation's or a person's name."""
    found = []
    for match in matches:
        in_name = any(
            (a <= match.first and match.last <= b and b - a > match.last - match.first)
            or (match.first == a - 1 and a < match.last < b and _is_body(parse, a, b))  # "the Kenyan" Ports Authority
            for a, b in names
        )
        same = any(a == match.first and match.last == b for a, b in names)
        in_person = any(p.first <= match.first and match.last <= p.last and p.last - p.first > 1 for p in people)
        if not in_name and not in_person and not (same and match.organisation is None):
            found.append(match)
    return found
