"""Words that may stand for an actor without naming it: common nouns that head a phrase, and pronouns."""

from __future__ import annotations

from dataclasses import dataclass, field

from pipelines.extract.syntax import SPEECH_VERBS
from pipelines.language.parse import Parse, Token

# What a candidate is, in the order of the columns that the resolver's network reads.
FORMS = (
    "he", "she", "it", "they", "we", "i", "you", "the", "this", "possessed", "a", "bare", "the plural",
    "these", "possessed plural", "bare plural", "counted", "quantity", "capitalised",
)  # fmt: skip
_FORM = {form: i for i, form in enumerate(FORMS)}
PLURAL_FORMS = frozenset(
    _FORM[f] for f in ("they", "we", "the plural", "these", "possessed plural", "bare plural", "counted", "quantity")
)
PRONOUN_FORMS = frozenset(range(_FORM["you"] + 1))
_PRONOUNS = {
    word: _FORM[form]
    for form, words in {
        "he": "he him his himself", "she": "she her hers herself", "it": "it its itself",
        "they": "they them their theirs themselves", "we": "we us our ours ourselves", "i": "i me my mine myself",
        "you": "you your yours yourself yourselves",
    }.items()
    for word in words.split()
}  # fmt: skip
_QUANTITIES = frozenset(
    [
        "both",
        "some",
        "many",
        "others",
        "other",
        "all",
        "several",
        "those",
        "these",
        "one",
        "most",
        "two",
        "three",
        "four",
        "five",
        "six",
        "either",
        "neither",
        "another",
        "each",
        "everyone",
        "anyone",
        "someone",
        "nobody",
        "none",
        "few",
        "half",
        "thousands",
        "hundreds",
        "dozens",
        "the",
    ]
)
_INSIDE = frozenset({"compound", "amod", "nmod", "nummod", "det", "quantmod", "advmod", "npadvmod"})
_NO_ACTORS = frozenset({"DATE", "TIME", "MONEY", "PERCENT", "QUANTITY", "ORDINAL", "LANGUAGE", "LAW", "EVENT"})
_RELATIVES = frozenset({"WP", "WP$", "WDT"})
_PLURAL_TAGS = frozenset({"NNS", "NNPS"})
_HEADS = frozenset({"nsubj", "nsubjpass", "dobj", "pobj", "dative", "poss", "conj", "appos", "attr", "agent"})
_CLAUSES = frozenset({"relcl", "acl", "advcl", "ccomp", "xcomp", "pcomp", "csubj"})

# How a candidate hangs together with another word, in the order of the columns that the network reads.
LINKS = (
    "owner before", "owner", "of", "in", "apposition", "subject above", "subject further above", "own subject",
    "subject before", "other before", "subject two before", "same pronoun", "same noun", "speaker", "spoke last",
    "relative", "phrase before", "conjunct", "owner of conjunct", "copula", "with",
)  # fmt: skip
_LINK = {link: i for i, link in enumerate(LINKS)}
OWN_SUBJECT = _LINK["own subject"]
OWNERS = tuple(_LINK[link] for link in ("owner before", "owner", "of", "in"))


@dataclass(slots=True)
class Candidate:
    """The head word of a phrase that may stand for an actor. `links` are (index in LINKS, token) pairs."""

    head: Token
    form: int
    lemma: str
    links: list[tuple[int, Token]] = field(default_factory=list)

    @property
    def is_pronoun(self) -> bool:
        return self.form in PRONOUN_FORMS

    @property
    def is_plural(self) -> bool:
        return self.form in PLURAL_FORMS


def candidates(parse: Parse, named: set[int], nouns: frozenset[str]) -> list[Candidate]:
    """All candidates of a document in text order.

    `named` are tokens that names stand on, `nouns` the lemmas that can stand for an actor. Links are not made yet.
    """
    found: list[Candidate] = []
    for token in parse.tokens:
        if token.index in named:
            continue
        tag = token.tag
        if tag in ("PRP", "PRP$"):
            form = _PRONOUNS.get(token.lower)
            if form is not None:
                found.append(Candidate(token, form, token.lower))
        elif token.pos in ("NOUN", "PROPN"):
            lemma = token.lemma.lower()
            if token.dep in _INSIDE and token.head.index > token.index:
                continue
            if token.entity in _NO_ACTORS:
                continue
            if lemma in nouns or (token.pos == "PROPN" and token.dep in _HEADS and token.text.isalpha()):
                found.append(Candidate(token, _noun_form(token, lemma in nouns), lemma))
        elif token.dep in _HEADS and token.lower in _QUANTITIES and token.pos in ("DET", "NUM", "PRON", "ADJ"):
            found.append(Candidate(token, _FORM["quantity"], token.lower))
    return found


def _noun_form(token: Token, is_known: bool) -> int:
    if token.pos == "PROPN" and not is_known:
        return _FORM["capitalised"]
    plural = token.tag in _PLURAL_TAGS
    form = "bare plural" if plural else "bare"
    for child in token.children:
        if child.index > token.index:
            break
        if child.dep == "poss":
            return _FORM["possessed plural" if plural else "possessed"]
        if child.lower == "the":
            form = "the plural" if plural else "the"
        elif child.lower in ("this", "that", "these", "those"):
            return _FORM["these" if plural else "this"]
        elif child.lower in ("a", "an") and not plural:
            form = "a"
        elif child.dep == "nummod" or child.lower in ("both", "several", "many", "some"):
            return _FORM["counted"]
    return _FORM[form]


def add_links(
    parse: Parse, found: list[Candidate], speakers: dict[int, Token], named: set[int], not_owners: set[int]
) -> None:
    """Tie each candidate to the words that tell whom it may stand for.

    `speakers` are the head words of who says the direct quotation that a token stands in, by token; `named` as above;
    `not_owners` words like "Russian" in "pro-Russian".
    """
    subjects = _subjects(parse)
    spoke = [t for s in subjects for t in s if t.head.lemma in SPEECH_VERBS and t.tag not in _RELATIVES]
    spoke.sort(key=lambda t: t.index)
    latest_pronoun: dict[int, Token] = {}
    latest_noun: dict[str, Token] = {}
    heads = {c.head.index for c in found} | named
    at_spoke = 0
    for candidate in found:
        head, links = candidate.head, candidate.links
        while at_spoke < len(spoke) and spoke[at_spoke].index < head.index:
            at_spoke += 1
        if candidate.is_pronoun:
            _link_clauses(candidate)
            if (before := latest_pronoun.get(candidate.form)) is not None:
                links.append((_LINK["same pronoun"], before))
            latest_pronoun[candidate.form] = head
        else:
            _link_phrase(candidate)
            links[:] = [(link, t) for link, t in links if t.index not in not_owners]
            if (before := latest_noun.get(candidate.lemma)) is not None:
                links.append((_LINK["same noun"], before))
            latest_noun[candidate.lemma] = head
            if candidate.is_plural:
                _link_clauses(candidate)
        for back, link in ((1, "subject before"), (2, "subject two before")):
            if head.sentence >= back and (there := subjects[head.sentence - back]):
                links.append((_LINK[link], there[0]))
                if back == 1:
                    links += [(_LINK["other before"], t) for t in there[1:3]]
        if (speaker := speakers.get(head.index)) is not None:
            links.append((_LINK["speaker"], speaker))
        for spoken in reversed(spoke[max(0, at_spoke - 2) : at_spoke]):
            if head.sentence - spoken.sentence <= 4 and spoken is not head:
                links.append((_LINK["spoke last"], spoken))
                break
        _link_before(parse, candidate, heads)


def _subjects(parse: Parse) -> list[list[Token]]:
    """Subjects of each sentence, that of the main clause first."""
    found: list[list[Token]] = []
    for sentence in parse.sentences:
        here = [
            t
            for t in parse.tokens[sentence.first : sentence.last]
            if t.dep in ("nsubj", "nsubjpass") and t.tag not in _RELATIVES and t.tag not in ("EX", "DT")
        ]
        found.append(sorted(here, key=lambda t: (not t.head.is_root, t.index)))
    return found


def _link_phrase(candidate: Candidate) -> None:
    """Owners, appositions and complements of a noun."""
    head, links = candidate.head, candidate.links
    for child in head.children:
        dep = child.dep
        if child.index < head.index:
            if dep == "poss":
                links.append((_LINK["owner"], child))
            elif dep in ("amod", "compound", "nmod"):
                links.append((_LINK["owner before"], child))
                links += [
                    (_LINK["owner before"], t) for t in child.children if t.dep in ("amod", "compound", "nmod", "conj")
                ]
            continue
        if dep == "appos":
            links.append((_LINK["apposition"], child))
        elif dep in ("prep", "agent"):
            link = "of" if child.lower in ("of", "from", "for") else "in" if child.lower in ("in", "at") else None
            inner = child.child("pobj")
            if link and inner is not None:
                links += [(_LINK[link], t) for t in inner.conjuncts()]
        elif dep in ("relcl", "acl") and (by := child.child("agent")) is not None:
            if (inner := by.child("pobj")) is not None:
                links.append((_LINK["of"], inner))
    if head.dep == "appos":
        links.append((_LINK["apposition"], head.head))
    elif head.dep == "attr":
        links += [(_LINK["copula"], t) for t in head.head.children if t.dep == "nsubj"]
    elif head.dep == "conj":
        first = head.head
        links.append((_LINK["conjunct"], first))
        links += [(_LINK["owner of conjunct"], t) for t in first.children if t.dep in ("poss", "amod", "compound")]
    elif head.dep == "pobj" and head.head.lower == "as":
        links += [(_LINK["copula"], t) for t in head.head.head.children if t.dep in ("nsubj", "dobj", "nsubjpass")]


def _link_clauses(candidate: Candidate) -> None:
    """Subjects of the clauses above, of the own clause, and what the own clause is said of."""
    head, links = candidate.head, candidate.links
    if head.dep == "poss" and head.head.dep == "conj":
        links += [(_LINK["owner of conjunct"], t) for t in head.head.head.children if t.dep == "poss"]
    is_object = head.dep in ("dobj", "dative", "pobj")
    depth = 0
    own_done = False
    for above in head.ancestors():
        if above.pos not in ("VERB", "AUX"):
            continue
        for t in above.children:
            if t.dep in ("nsubj", "nsubjpass") and t is not head and t.tag not in _RELATIVES and t.index < head.index:
                if not own_done and is_object:
                    links.append((_LINK["own subject"], t))
                else:
                    links.append((_LINK["subject above" if depth == 0 else "subject further above"], t))
                    depth += 1
            elif t.dep in ("dobj", "dative") and t.index < head.index and head.dep != "dobj":
                links.append((_LINK["with"], t))
            elif t.dep == "prep" and t.lower in ("with", "to") and t.index < head.index:
                if (inner := t.child("pobj")) is not None and inner is not head:
                    links.append((_LINK["with"], inner))
        own_done = True
        if above.dep in ("relcl", "acl"):
            links.append((_LINK["relative"], above.head))
        if depth > 2 or (above.dep not in _CLAUSES and above.dep != "conj"):
            break


def _link_before(parse: Parse, candidate: Candidate, heads: set[int]) -> None:
    """The phrase right before, in the same sentence."""
    head = candidate.head
    first = parse.sentences[head.sentence].first
    for i in range(head.index - 1, max(first - 1, head.index - 25), -1):
        token = parse.tokens[i]
        if i in heads and token.dep in _HEADS and token.head is not head:
            candidate.links.append((_LINK["phrase before"], token))
            return
