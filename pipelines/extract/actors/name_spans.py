"""Names as the model saw them, put right: spans of organisations and persons in a sentence."""

from __future__ import annotations

import re

from pipelines.extract.actors.gazetteer import KnownName
from pipelines.extract.actors.organisation_names import BODY_HEADS, is_abbreviation, type_of
from pipelines.extract.actors.persons import ARTICLED, read_person
from pipelines.extract.actors.title_chains import PersonName, is_name_like_title, is_point_of_title, is_portfolio
from pipelines.extract.actors.unseen_names import COMPANY_FORMS, titled_names, unseen_bodies, whole_body
from pipelines.language.parse import EntitySpan, Parse, Token
from pipelines.reference.currency_units import currencies
from pipelines.reference.offices import is_listed
from pipelines.reference.roles import actor_nouns, title_words, titles

_ARTICLES = frozenset({"the", "a", "an", "'s", "’s", "'", "’"})
_TRAILING = frozenset({"'s", "’s", ",", ".", "'", "’", "-", "--", ":", ";", "of", "and", "the", "in", "(", "[", "<"})
_NOT_A_NAME = re.compile(r"[^\w\s.,'’&/()\-]|\d{3,}|^\W|https?:|@")
# "Galaxy S9", "Boeing 747-400ER": a product's name.
_MODEL_NUMBER = re.compile(r"[A-Z]{1,2}\d{1,3}[A-Za-z]?|\d{2,3}[A-Z]{1,2}")
_PARTICLES = frozenset(["de", "del", "la", "los", "las", "y"])
# Words of Dutch and German names that stand before the last of them, several in a row too.
_DUTCH = frozenset(["van", "von", "der", "den", "ter", "ten", "zu", "vom", "zum"])
# What the model takes for an organisation, and is none when alone.
_NO_NAMES = frozenset(
    ["state", "defense", "defence", "foreign", "finance", "treasury", "interior", "house", "community", "bank", "ministry", "commission", "congressional", "reuter", "internet", "web", "sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "january", "february", "april", "june", "july", "august", "september", "october", "november", "december", "pct", "dlrs", "mln", "bln", "shr", "net", "qtr", "oper", "note", "revs", "avg", "qtly", "div", "video", "photo", "photographer", "advertisement", "twitter", "facebook", "covid", "covid-19", "coronavirus", "islam", "constitution"]
)  # fmt: skip


# Abbreviations that name no actor, beside currencies: time zones, papers, measures of trade.
_NO_ACTORS = frozenset([
    "GMT", "UTC", "EST", "EDT", "CST", "CDT", "PST", "PDT", "CET", "BST", "IST", "JST", "MOU", "MOUS", "MoU", "MoUs",
    "GDP", "GNP", "VAT", "IPO", "BPD", "CEO", "CFO", "LIBOR", "LNG", "LPG", "HIV", "AIDS"
])  # fmt: skip
_LEGISLATURES = frozenset(["parliament"])
# Companies by whose name a text mostly tells where something was written.
_MEDIUMS = frozenset(["facebook", "twitter"])
_OF_PARTIES = frozenset(
    ["social", "christian", "liberal", "free", "radical", "independent", "united", "new", "national", "progressive"]
)


def names_in(
    parse: Parse,
    sentence_tokens: list[Token],
    spans: list[EntitySpan],
    marks: dict[int, KnownName],
    in_sums: frozenset[int],
    in_capitals: bool,
) -> tuple[list[tuple[int, int]], list[PersonName]]:
    """Organisations (first, last) and persons of a sentence, in text order.

    `spans` are the model's entities of the sentence, `marks` the known names by token, `in_sums` tokens of sums of money, which
    the model takes into names ("Mali NOK 51 million"); `in_capitals` says that case tells nothing here.
    """
    tokens = parse.tokens
    person_spans: list[tuple[int, int]] = []
    others: list[tuple[int, int, str]] = []
    for span in spans:
        first, last = _without_numbers(tokens, span, in_sums)
        while first < last and tokens[first].lower in _ARTICLES:
            first += 1
        while last > first and tokens[last - 1].lower in _TRAILING:
            last -= 1
        if first >= last or (last - first == 1 and _is_no_actor(tokens[first].text)):
            continue
        mark = marks.get(first)
        if mark and mark.first <= first and mark.last >= last:
            continue
        if person_spans and first < person_spans[-1][1]:
            continue  # behind the article of a name that was cut: "Abdel Fattah [el-Sisi]"
        if span.label == "PERSON":
            last = _with_parts(tokens, _whole_name(tokens, last, in_capitals))
            if (
                person_spans
                and person_spans[-1][1] == first
                and (in_capitals or _goes_on(tokens, person_spans[-1][0], first, last))
            ):
                first = person_spans.pop()[0]
            if all(t.lower in title_words() for t in tokens[first:last]) and not is_name_like_title(tokens, last - 1):
                continue
            company = last if tokens[last - 1].lower in COMPANY_FORMS else _company_end(tokens, last)
            if company:
                others.append((first, company, "ORG"))
            elif (
                last - first == 1
                and not in_capitals
                and is_abbreviation(tokens[first].text)
                and not is_point_of_title(tokens, first - 1)  # "MR. GIBBS"
            ):
                others.append((first, last, "ORG"))
            else:
                person_spans.append((first, last))
        elif span.label in ("ORG", "FAC", "GPE", "PRODUCT", "WORK_OF_ART", "NORP", "LOC"):
            others.append((first, last, span.label))
    taken = {i for a, b in person_spans for i in range(a, b)}
    persons: list[PersonName] = []
    for first, last in person_spans:
        person = read_person(parse, first, last, marks, taken - set(range(first, last)))
        if person and not (in_capitals and _is_plain(tokens[person.first : person.last])):
            persons.append(person)
    persons += titled_names(parse, sentence_tokens, marks, taken, others, in_capitals)
    persons.sort(key=lambda p: p.first)
    covered = {i for p in persons for i in range(p.chain_first, p.last)}
    found: list[tuple[int, int]] = []
    for first, last, label in others:
        if first in covered or last - 1 in covered:
            if not (
                last <= min((p.first for p in persons if p.last > first), default=last) and _ends_in_body(tokens, last)
            ):
                continue
        if label == "NORP" and _is_party(tokens, first, last, marks):
            found.append((first, last))
        elif label in ("ORG", "FAC") and _is_name(parse, first, last, label, in_capitals):
            first, last = whole_body(tokens, first, last, marks)
            found.append((first, last))
    found += unseen_bodies(sentence_tokens, found, marks, covered, tokens)
    found.sort()
    return found, persons


def _goes_on(tokens: list[Token], first: int, at: int, last: int) -> bool:
    """Whether a name first:at that the model cut in two goes on up to `last`: "Aung San | Suu Kyi"."""
    before = tokens[at - 1]
    is_joined = (
        before.pos == "PROPN" and before.dep == "compound" and before.head.index >= at and tokens[at].text.istitle()
    )
    return is_joined or is_listed(" ".join(t.text for t in tokens[first:last]))


def _is_no_actor(word: str) -> bool:
    """Whether an abbreviation is a currency's code, a time zone or the like."""
    return word in _NO_ACTORS or (len(word) == 3 and word in currencies())


def _without_numbers(tokens: list[Token], span: EntitySpan, in_sums: frozenset[int]) -> tuple[int, int]:
    """A name without the sum or count that the model took in: "Mali [NOK 51 million]", "Chad [half a ton]", "[$5 million] Poe Fund"."""
    first = next((i for i in range(span.first, span.last) if i not in in_sums), span.last)
    for i in range(first + 1, span.last):
        is_number = tokens[i].pos == "NUM" and tokens[i].entity in ("MONEY", "CARDINAL", "QUANTITY")
        is_count = span.label != "PERSON" and (is_number or tokens[i].lower in ("half", "some"))
        if i in in_sums or is_count:
            return first, i
    return first, span.last


def _whole_name(tokens: list[Token], last: int, in_capitals: bool) -> int:
    """End of a name that goes on with "de la Cruz", "y Garcia", which the model cut off."""
    if not in_capitals:
        return last
    i = last
    while i < len(tokens) and i - last < 2 and tokens[i].lower in _PARTICLES:
        i += 1
    goes_on = tokens[i - 1].lower in _PARTICLES  # also where the model stopped behind it
    ends = (
        not goes_on or i >= len(tokens) or tokens[i].pos != "PROPN" or tokens[i].sentence != tokens[last - 1].sentence
    )
    return last if ends else i + 1


def _with_parts(tokens: list[Token], last: int) -> int:
    """End of a name that goes on with an Arabic article, "son of" or a Dutch particle, where the model cut it off: "Abdel Fattah
    [el-Sisi]", "Hans van [den Broek]"."""
    i = last
    while i + 1 < len(tokens) and tokens[i].lower in ARTICLED and tokens[i].sentence == tokens[last - 1].sentence:
        at = i + 1 + (tokens[i + 1].text == "-")
        if at >= len(tokens) or tokens[at].pos != "PROPN" or not tokens[at].text[:1].isupper():
            break
        i = at + 1
    at = i
    while at < len(tokens) and tokens[at].text in _DUTCH:
        at += 1
    is_cut = at > i or tokens[i - 1].lower in _DUTCH
    ends = at >= len(tokens) or tokens[at].sentence != tokens[last - 1].sentence or tokens[at].pos != "PROPN"
    return at + 1 if is_cut and not ends and tokens[at].text[:1].isupper() else i


def _company_end(tokens: list[Token], last: int) -> int | None:
    """End of a company's name that begins like a person's: "Robert C. Brown and Co", "Walt Disney Inc"."""
    ahead = tokens[last : last + 3]
    if ahead and ahead[0].lower in COMPANY_FORMS and ahead[0].text[0].isupper():
        return last + 1
    if len(ahead) > 1 and ahead[0].lower in ("and", "&") and ahead[1].lower in COMPANY_FORMS:
        return last + 2
    return None


def _is_plain(words: list[Token]) -> bool:
    """Whether words in capitals are ordinary nouns, which case cannot show."""
    return any(t.lower in title_words() or t.lower in actor_nouns() or t.lower in _NO_NAMES for t in words)


def _ends_in_body(tokens: list[Token], last: int) -> bool:
    return tokens[last - 1].lower in BODY_HEADS


def _is_name(parse: Parse, first: int, last: int, label: str, in_capitals: bool) -> bool:
    tokens = parse.tokens
    text = parse.text[tokens[first].start : tokens[last - 1].end]
    if len(text) < 2 or not text[0].isupper() or _NOT_A_NAME.search(text) or text.count("(") != text.count(")"):
        return False
    if label == "FAC":
        return tokens[last - 1].lower in BODY_HEADS
    words = [t.lower for t in tokens[first:last]]
    if words[-1] == "department" and not is_portfolio(words[:-1]):  # a province
        return False
    if tuple(words) in titles() or (
        last < len(tokens)
        and tokens[last].lower in title_words()
        and tokens[last].text[0].isupper()
        and words[-1] not in BODY_HEADS
    ):
        return False
    if last - first > 1 and _MODEL_NUMBER.fullmatch(tokens[last - 1].text):
        return False
    if last - first == 1:
        if words[0] in _LEGISLATURES and not in_capitals:
            return tokens[first].pos == "PROPN"
        if words[0] in _MEDIUMS and _acts(tokens[first]):
            return True
        if words[0] in _NO_NAMES or words[0] in title_words() or words[0] in actor_nouns() or words[0] in BODY_HEADS:
            return False
        return not in_capitals and tokens[first].pos not in ("ADJ", "ADV", "VERB", "NUM", "AUX")
    return not in_capitals or type_of(text) != "other_organization"


def _acts(token: Token) -> bool:
    """Whether it is the company that acts or is dealt with, and not where something is read ("on Twitter")."""
    if token.dep == "pobj":
        return token.head.lower in ("by", "against", "with", "from", "between")
    return token.dep in ("nsubj", "nsubjpass", "dobj", "poss")


def _is_party(tokens: list[Token], first: int, last: int, marks: dict[int, KnownName]) -> bool:
    """Whether a party's people bear a longer name than the known one: "Social Democrats" are no "Democrats"."""
    before = tokens[first]
    return (
        last - first == 2
        and tokens[last - 1].lower in ("democrats", "republicans", "socialists", "liberals", "conservatives")
        and before.text[0].isupper()
        and first not in marks
        and before.lower not in BODY_HEADS
        and before.lower in _OF_PARTIES
    )
