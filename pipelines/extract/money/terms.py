"""On what terms a sum moves: kind of finance, money cut or repaid, channel, joint givers, running totals, yearly rates, conditions.

Runs once, after figures are assembled, whoever read them: it asks the parse and the words of `reference/money_terms.csv`,
which says where each may stand (see `_Surroundings`). Not here: kind, stage, ends, period and factuality (the reader's),
and what follows for sums (`resolve.flows`).
"""

from __future__ import annotations

from pipelines.extract.actors.document_actors import DocumentActors
from pipelines.extract.evidence import put
from pipelines.extract.facts import FieldEvidence, Figure, Terms
from pipelines.extract.money.hearsay import take_hearsay
from pipelines.extract.money.instalments import MOST_TIMES, NUMBERS, read_instalments
from pipelines.extract.money.joint_donors import joint_donors
from pipelines.extract.money.kind_of_others import take_kind_of_others
from pipelines.extract.money.releases import take_release
from pipelines.extract.money.revisions import read_revisions
from pipelines.extract.money.term_words import Term, lemmas, lexicon, printed, stands_in, those, verb_forms
from pipelines.extract.money.terms_evidence import FLAGS, TermSpans, evidence_of_terms
from pipelines.language.parse import Article, Parse, Token

_WITH_TERMS = frozenset({"aid", "loan", "debt"})
# Verbs that say nothing of the money's way: the verb above them does.
_LIGHT = frozenset({"be", "have", "total", "amount", "include", "reach", "worth", "stand", "come", "go"})
_IF = frozenset({"if", "unless", "provided", "once"})
_YEARLY = (("a", "year"), ("per", "year"), ("every", "year"), ("each", "year"), ("annually",), ("yearly",))
_JOINTS = frozenset({"and", "or", "but", "while", ",", ";", ":", "(", "--", "—", "–"})
# "In its 28 years" is of years gone by, "over five years" of years to come.
_DURING = frozenset({"in", "over", "during", "throughout"})
_KNOWN_YEARS = frozenset({"its", "their", "those", "these", "the"})
# "Previous loans" beside a sum: what was lent before.
_PREVIOUS = frozenset({"previous", "earlier", "prior"})
_LOANS = frozenset({"loans", "grants", "credits", "aid", "assistance", "lending"})
_RATE_REACH = 12
_NEAR = 3


def read_terms(article: Article, parse: Parse, actors: DocumentActors, figures: list[Figure]) -> None:
    """Fill `terms` of the figures of one document that are aid, loans or debts; the others keep theirs empty."""
    ends = [printed(parse.sentence_tokens(s.index)) for s in (*parse.sentences[:4], *parse.sentences[-3:])]
    corrected = bool(_is_said(_words(article.title or ""), "title", "is_correction"))
    corrected |= any(_is_said(sentence, "sentence", "is_correction") for sentence in ends)
    corrected |= _opens_as_correction(parse)
    verbs: dict[int, Token | None] = {}
    spans: dict[int, TermSpans] = {}
    for n, figure in enumerate(figures):
        before = figures[n - 1] if n and figures[n - 1].sentence_index == figure.sentence_index else None
        after = (
            figures[n + 1] if n + 1 < len(figures) and figures[n + 1].sentence_index == figure.sentence_index else None
        )
        tokens = parse.tokens_in(figure.start_char, figure.end_char)
        if not tokens:
            continue
        around = _Surroundings(parse, figure, tokens, before, after)
        verbs[id(figure)] = around.verb
        sentence = printed(parse.sentence_tokens(figure.sentence_index))
        if corrected and _is_withdrawn(parse, figures, n, sentence):
            figure.terms.is_withdrawn = True
        if figure.figure_kind in _WITH_TERMS:
            spans[id(figure)] = _read(figure, around, actors)
            figure.terms.is_correction = corrected
            take_release(figure, around.verb, tokens)
            take_hearsay(figure, around.verb)
            figure.terms.is_conditional |= _is_said(sentence, "sentence", "is_conditional")
    read_instalments(parse, figures, verbs, spans)
    read_revisions(parse, figures, verbs)
    take_kind_of_others(figures, spans)
    for figure in figures:
        # "wrote off $280 million of the $352 million owed": what a part is forgiven of is the debt.
        whole = figures[figure.part_of] if figure.part_of is not None else None
        if whole is not None and whole.figure_kind == "debt" and figure.terms.finance_type == "debt_relief":
            whole.terms.finance_type = None
    for figure in figures:
        figure.evidence += evidence_of_terms(figure, spans.get(id(figure), {}), actors)


def _opens_as_correction(parse: Parse) -> bool:
    """Whether a text begins with "CORRECTION -" or its like."""
    opening = list(parse.tokens[:2])
    return (
        len(opening) == 2
        and not opening[1].text.isalnum()
        and _is_said(printed(opening[:1]), "opening", "is_correction")
    )


def _is_withdrawn(parse: Parse, figures: list[Figure], n: int, sentence: list[str]) -> bool:
    """Whether a correction says that this sum was wrong: the one behind "not" or its like, else all of a sentence that says so."""
    of_sentence = [f for f in figures if f.sentence_index == figures[n].sentence_index]
    denied = [f for f in of_sentence if _is_denied(parse, f)]
    if denied:
        return any(f is figures[n] for f in denied)
    return _is_said(sentence, "sentence", "is_withdrawn")


def _is_denied(parse: Parse, figure: Figure) -> bool:
    tokens = parse.tokens_in(figure.start_char, figure.end_char)
    if not tokens:
        return False
    near = printed(
        parse.tokens[max(parse.sentences[figure.sentence_index].first, tokens[0].index - _NEAR) : tokens[0].index]
    )
    return any(term.field == "is_withdrawn" and stands_in(near, term.words) for term in lexicon()["before_wrong"])


class _Surroundings:
    """The words that can speak of one figure: its verb, the nouns between, its stretch of the sentence up to the next figure."""

    def __init__(
        self, parse: Parse, figure: Figure, tokens: list[Token], before: Figure | None, after: Figure | None
    ) -> None:
        span = parse.sentences[figure.sentence_index]
        self.parse, self.tokens = parse, tokens
        self.first, self.last = tokens[0].index, tokens[-1].index
        start = parse.tokens_in(before.start_char, before.end_char) if before else []
        end = parse.tokens_in(after.start_char, after.end_char) if after else []
        # What stands behind another sum speaks of that, up to what joins the two.
        left = (_joint_at(parse, start[-1].index + 1, self.first) or start[-1].index + 1) if start else span.first
        right = (_joint_at(parse, self.last + 1, end[0].index) or end[0].index) if end else span.last
        self.clause = parse.tokens[left:right]
        self.behind = parse.tokens[self.last + 1 : right]
        self.near = parse.tokens[max(left, self.first - _NEAR) : self.first]
        self.head = head = parse.head_of(tokens)
        self.verb: Token | None = None
        self.nouns: list[Token] = []
        for above in head.ancestors():
            if above.pos in ("VERB", "AUX"):
                self.verb = above
                if above.lemma.lower() not in _LIGHT:
                    break
            elif self.verb is None:
                self.nouns.append(above)


def _joint_at(parse: Parse, first: int, end: int) -> int | None:
    """The word behind the last "and" or mark between two sums; None where nothing joins them."""
    return next((n + 1 for n in range(end - 1, first - 1, -1) if parse.tokens[n].lower in _JOINTS), None)


def _read(figure: Figure, around: _Surroundings, actors: DocumentActors) -> TermSpans:
    """Fill a figure's terms; returns the words that told them."""
    terms = figure.terms
    spans: TermSpans = {}
    clause, words = lemmas(around.clause), lexicon()
    verbs = verb_forms(around.verb)
    # What is done with the money says more than what it is called: a loan forgiven is debt relief.
    for term in words["verb"]:
        _take(spans, terms, term, [around.verb] if around.verb and " ".join(term.words) in verbs else [])
    for term in words["clause"]:
        _take(spans, terms, term, those(around.clause, clause, term.words))
    for term in words["noun"]:
        _take(spans, terms, term, [noun for noun in around.nouns if noun.lemma.lower() == term.words[0]][:1])
    near = lemmas(around.near)
    for term in words["near"]:
        # "more than $5 million" is no further sum
        more_than = term.words == ("more",) and "than" in near
        _take(spans, terms, term, [] if more_than else those(around.near, near, term.words))
    if around.verb is not None and any(c.dep == "advmod" and c.lower == "also" for c in around.verb.children):
        terms.is_sequel = True
    if _names_several(around.clause) and terms.finance_type in ("loan", "grant", "guarantee"):
        terms.finance_type, terms.is_total = None, True  # a package of several kinds
    elif figure.figure_kind == "loan" and terms.finance_type in (None, "grant", "in_kind"):
        if not _take_gift(figure, around):
            terms.finance_type = "loan"
    if figure.figure_kind == "debt" and terms.finance_type != "debt_relief":
        terms.finance_type = None  # what is owed is a stock, no flow
    if "debt" in clause and terms.direction == "cancelled":
        terms.direction, terms.finance_type = None, "debt_relief"
    if _since(around.clause) and figure.flow_stage in ("disbursed", "unspecified"):
        terms.is_cumulative = True
    terms.is_cumulative &= figure.flow_stage in ("disbursed", "unspecified")
    terms.is_cumulative |= _is_of_previous(around)
    terms.rate_times = _rate(around.behind)
    terms.is_conditional |= figure.flow_stage != "disbursed" and _has_condition(around.verb)
    terms.channel = _channel(figure, around, actors)
    terms.joint_donors = joint_donors(figure, actors)
    terms.is_each = bool(terms.joint_donors) and _is_each(around.clause)
    return spans


def _names_several(clause: list[Token]) -> bool:
    """Whether two of loans, grants and guarantees are named; "granted a loan" and "a loan guarantee" name one of them."""
    nouns = (token for token in clause if token.pos in ("NOUN", "PROPN") and token.dep != "compound")
    return len({token.lemma.lower() for token in nouns} & {"loan", "grant", "guarantee"}) > 1


def _take_gift(figure: Figure, around: _Surroundings) -> bool:
    """A sum that is called a grant itself is aid, though a loan beside it has it read as one: "a $90 million loan and a $60 million grant"."""
    named = around.nouns[0] if around.nouns else None
    if named is None or not _is_said([named.lemma.lower()], "noun of the sum", "finance_type"):
        return False
    figure.figure_kind, figure.terms.finance_type = "aid", "grant"
    put(figure.evidence, FieldEvidence("figure_kind", "aid", "words of money's terms", None, named.start, named.end))
    return True


def _is_each(clause: list[Token]) -> bool:
    """Whether several each give a sum: "each", but of no time ("each year")."""
    lower = printed(clause)
    return any(
        word == "each" and not {"year", "month", "week", "day", "quarter"} & set(lower[n + 1 : n + 2])
        for n, word in enumerate(lower)
    )


def _take(spans: TermSpans, terms: Terms, term: Term, words: list[Token]) -> None:
    """Set what a term says where its words are there, and keep them; the first of several kinds counts."""
    if not words:
        return
    if term.field in FLAGS:
        setattr(terms, term.field, True)
    elif getattr(terms, term.field) is None:
        setattr(terms, term.field, term.value)
    spans.setdefault((term.field, term.value or "true"), (words[0].start, words[-1].end))


def _words(text: str) -> list[str]:
    return [word.strip(":,.;()").lower() for word in text.split()]


def _is_said(told: list[str], place: str, field: str) -> bool:
    return any(term.field == field and stands_in(told, term.words) for term in lexicon()[place])


def _since(tokens: list[Token]) -> bool:
    """Whether "since" stands with a year or a noun of time: "since 1991"."""
    for token, following in zip(tokens, tokens[1:], strict=False):
        if token.lower == "since" and following.pos in ("NUM", "NOUN", "PROPN", "DET", "ADJ"):
            return True
    return _over_years(tokens)


def _is_of_previous(around: _Surroundings) -> bool:
    """ "Previous loans totalling $200 million" are a sum of the past, whatever stage each had; "a previous loan" is one.

    They stand above the sum, or are the subject of what it is said to be: a new loan may replace earlier ones.
    """
    told: list[Token] = []
    for above in around.head.ancestors():
        if above.pos not in ("VERB", "AUX"):
            told.append(above)
        elif above.lemma.lower() in _LIGHT:
            told += [c for c in above.children if c.dep == "nsubj"]
        else:
            break
    return any(noun.lower in _LOANS and any(c.lower in _PREVIOUS for c in noun.children) for noun in told)


def _over_years(tokens: list[Token]) -> bool:
    """ "over the past ten years", "in the last decade", "in its 28 years", "throughout the 10 years of war"."""
    told = lemmas(tokens)
    for n in range(len(told) - 3):
        is_of_years = tokens[n + 2].pos == "NUM" and told[n + 3] == "year"
        if told[n] in _DURING and tokens[n + 1].lower in _KNOWN_YEARS and is_of_years:
            return True
    for n, lemma in enumerate(told[:-2]):
        if lemma in ("past", "last") and n and told[n - 1] == "the":
            if "year" in told[n + 2 : n + 4] or told[n + 1] == "decade":
                return True
    return False


def _rate(behind: list[Token]) -> int | None:
    """The number of years of a yearly sum; 1 where it is not told; None where the sum is no yearly one."""
    lower = [t.lower for t in behind[:_RATE_REACH]]
    at = next((n for n in range(len(lower)) for words in _YEARLY if tuple(lower[n : n + len(words)]) == words), None)
    if at is None:
        return None
    for n in range(at, min(len(behind), at + _RATE_REACH) - 2):
        if behind[n].lower in ("for", "over", "during") and behind[n + 2].lemma.lower() == "year":
            number = behind[n + 1].lower
            return NUMBERS.get(number) or (int(number) if number.isdecimal() and 1 < int(number) < MOST_TIMES else 1)
    return 1


def _has_condition(verb: Token | None) -> bool:
    """Whether the promise hangs on an if-clause."""
    if verb is None:
        return False
    for above in (verb, *verb.ancestors()):
        for clause in above.children_by("advcl", "prep"):
            if clause.lower in _IF or any(c.lower in _IF for c in clause.children_by("mark", "advmod")):
                return True
    return False


def _channel(figure: Figure, around: _Surroundings, actors: DocumentActors) -> int | None:
    """The body that the words name as the way of the money: "via UNICEF", "through the World Bank"."""
    starts = {term.words[-1] for term in lexicon()["before"]}
    for n, token in enumerate(around.clause):
        if token.lower not in starts:
            continue
        for following in around.clause[n + 1 : n + 8]:
            mention = actors.mention_at(following)
            if mention is None:
                continue
            entity = actors.entities[mention.entity]
            ends = (figure.payer, figure.payee)
            if entity.actor_type not in ("country", "person") and mention.entity not in ends:
                return mention.entity
            break
    return None
