"""What a figure is: aid, loan, debt, investment, trade, budget, penalty, price or other."""

from __future__ import annotations

from pipelines.extract.actors.document_actors import DocumentActors
from pipelines.extract.money.amounts import is_price
from pipelines.extract.money.context import MEASURES, Context
from pipelines.extract.money.flow_words import CROWDS, GIVE, GIVEN, GROUPS
from pipelines.extract.money.noun_kinds import NOUNS, PLAIN_HEADS, has_aid_word, is_work, noun_kind
from pipelines.extract.money.prices import OF_FIRMS, asked_price, built_for, kind_of_cost, price_of
from pipelines.language.parse import Parse, Token

VERBS: dict[str, str] = {}
for _kind, _words in {
    "loan": "lend loan borrow",
    "aid": "donate grant give assist contribute pledge",
    "debt": "owe repay reschedule forgive",
    "investment": "invest acquire inject",
    "trade": "export import sell buy purchase trade gross",
    "budget": "spend budget allocate appropriate earmark finance fund",
    "penalty": "fine compensate sue",
    "other": "lose earn save steal embezzle launder defraud scam swindle",
}.items():
    for _word in _words.split():
        VERBS[_word] = _kind
# Verbs that tell of aid where no noun tells otherwise.
_GIVING = frozenset(
    ["provide", "offer", "extend", "disburse", "earmark", "commit", "devote", "allot", "dedicate", "channel", "extend"]
)
# What is had from something, not given by somebody.
_GAINS = frozenset({"boost", "return", "saving", "gain", "profit", "benefit", "income", "yield", "service", "food"})
_AWARDING = frozenset({"jury", "court", "judge", "tribunal", "arbitrator", "panel"})
# A clause of its own begins here: what its nouns tell of is another matter.
_BOUNDS = frozenset({"which", "who", "while", "whereas", "although", "but", ";"})
_PROGRAMS = frozenset({"program", "programme", "plan", "funding", "bill", "scheme"})
_MEASURES = frozenset([
    "bill", "plan", "budget", "package", "proposal", "deal", "measure", "law", "act", "resolution", "legislation"
])  # fmt: skip
_CONTAINING = frozenset({"include", "provide", "contain", "add", "authorize", "offer", "extend"})
# Too common beside money of other kinds to tell it from afar.
_ONLY_DIRECT = frozenset([
    "project", "scheme", "plan", "program", "programme", "bill", "paper", "note", "rate", "order", "fund", "saving",
    "gain", "net", "tax", "mortgage", "benefit", "cash", "facility", "cooperation", "advance", "capital", "economy"
])  # fmt: skip
# "51 cents per share" beside these is a company's result, not what a share is bought for.
_RESULTS = frozenset([
    "earning", "earnings", "income", "profit", "loss", "dividend", "net", "gain", "charge", "payout", "result",
    "credit", "shr", "earn", "lose", "distribution"
])  # fmt: skip
_PRICED = frozenset(
    {"price", "offer", "bid", "tender", "buy", "acquire", "purchase", "pay", "exercise", "sell", "trade"}
)


def kind_of(context: Context, parse: Parse, actors: DocumentActors) -> tuple[str, str]:
    """figure_kind and the rule that gave it: the price of one, what a noun, a verb, then a noun further off tells."""
    if is_price(context.amount):
        return ("other", "result per share") if _is_result(context, parse) else ("price", "price for one")
    return (
        _by_construction(context, parse)
        or _by_carrier(context)
        or _by_verb(context, parse, actors)
        or _by_nearest_noun(context, parse)
        or _by_giving(context, actors)
        or ("other", "no cue")
    )


def _by_construction(context: Context, parse: Parse) -> tuple[str, str] | None:
    """Ways of saying that leave no doubt, whatever nouns stand about."""
    if context.verbs and _is_ordered(context.verbs):
        return "penalty", "ordered to pay"
    if (why := asked_price(context)) is not None:
        return "price", why
    if any(c.dep in ("acl", "relcl") and c.lemma.lower() == "owe" for t in context.tokens for c in t.children):
        return "debt", "what is owed"
    first = context.tokens[0].index
    if first and parse.tokens[first - 1].lower == "fined":
        return "penalty", "fined"
    return None


def _by_carrier(context: Context) -> tuple[str, str] | None:
    """What the nouns tell that carry the figure."""
    verb_kinds = [_verb_kind(v, context) for v in context.verbs[:2]]
    for carrier in context.carriers:
        lemma = carrier.lemma.lower()
        kind = VERBS.get(lemma) if carrier.pos == "VERB" else noun_kind(carrier)  # "borrowing fell to"
        if kind == "budget" and lemma in _PROGRAMS and has_aid_word(carrier):
            kind = "aid"
        if kind == "budget" and lemma == "funding" and (given := _funded_by(context, carrier)) is not None:
            kind = given
        if kind == "budget" and verb_kinds[:1] in (["loan"], ["aid"]) and not _is_its_cost(context, carrier):
            continue
        if kind:
            return kind, f"noun {lemma}"
    if any(is_work(c) and c is context.head.head and c.index > context.head.index for c in context.carriers[:1]):
        return "budget", "a work's cost"
    return None


def _by_verb(context: Context, parse: Parse, actors: DocumentActors) -> tuple[str, str] | None:
    """What the verbs tell that stand above the figure, and what a price is told by."""
    if built_for(context):
        return "budget", f"{context.verbs[0].lemma.lower()} for"
    if (why := price_of(context, parse)) is not None:
        return "price", why
    for n, verb in enumerate(context.verbs[:2]):
        kind, lemma = _verb_kind(verb, context), verb.lemma.lower()
        if n and (kind == "other" or (kind == "aid" and context.verbs[0].lemma.lower() not in GIVE)):
            continue  # what was lost, saved or given is the object of the verb itself
        if lemma == "appeal" and context.head.dep == "pobj" and context.head.head.lower == "for":
            return "aid", "appeal for"
        if lemma == "award" and kind is None and _is_public(verb.child("nsubj"), actors):
            return "aid", "verb award"
        if kind == "aid" and not _gives_money(verb, context, actors):
            continue
        if (
            kind == "budget"
            and lemma in ("finance", "fund", "allocate", "earmark", "spend")
            and _aid_words(context, parse)
        ):
            return "aid", f"verb {lemma}, aid words"
        if kind:
            return kind, f"verb {lemma}"
    return None


def _by_nearest_noun(context: Context, parse: Parse) -> tuple[str, str] | None:
    """What the noun tells that stands nearest to the figure in its own stretch of the sentence."""
    best: tuple[int, str, str] | None = None
    for token in parse.tokens[context.left : context.right]:
        if (
            token.dep == "pobj"
            and token.head.lower in ("for", "to", "toward", "towards", "into")
            and token.index > context.head.index
        ):
            continue  # what the money is for is not what it is
        if token.dep in ("compound", "nmod") and token.head.lemma.lower() not in PLAIN_HEADS:
            continue
        if token.pos in ("NOUN", "PROPN") and (kind := noun_kind(token)) and kind not in ("price", "trade"):
            if kind == "budget" and token.lemma.lower() in _PROGRAMS and has_aid_word(token):
                kind = "aid"
            elif token.lemma.lower() in _ONLY_DIRECT:
                continue
            if _beyond_clause(parse, context, token):
                continue
            distance = abs(token.index - context.head.index)
            if best is None or distance < best[0]:
                best = (distance, kind, token.lemma.lower())
    return (best[1], f"near {best[2]}") if best and best[0] <= 25 else None


def _by_giving(context: Context, actors: DocumentActors) -> tuple[str, str] | None:
    """What is provided, offered or committed, where nothing says what it is."""
    if any(v.lemma.lower() in _CONTAINING and _of_measure(v) for v in context.verbs[:2]):
        return "budget", "in a bill"
    for verb in context.verbs[:2]:
        if verb.lemma.lower() in _GIVING and not _of_measure(verb) and _is_given(verb, context):
            if _gives_money(verb, context, actors):
                return "aid", f"near verb {verb.lemma.lower()}"
    return None


def _is_result(context: Context, parse: Parse) -> bool:
    """Whether what is told for a share is what it earned or pays out."""
    if context.amount.per != "share":
        return False
    sentence = parse.sentences[context.sentence]
    if any(c.lemma.lower() in _RESULTS for c in context.carriers[:2]):
        return True
    words = [t.lemma.lower() for t in parse.tokens[sentence.first : context.tokens[0].index]][-30:]
    last = next((w for w in reversed(words) if w in _RESULTS | _PRICED), None)
    return last in _RESULTS


def _funded_by(context: Context, funding: Token) -> str | None:
    """What "in funding from X" is: investors put in capital, others give."""
    source = next(
        (
            p.child("pobj")
            for t in (funding, *context.verbs[:1], context.head)
            for p in t.children_by("prep")
            if p.lower == "from"
        ),
        None,
    )
    if source is None or any(VERBS.get(v.lemma.lower()) == "loan" for v in context.verbs[:1]):
        return None
    words = {source.lemma.lower(), *(c.lemma.lower() for c in source.children)}
    return "investment" if words & {"investor", "venture", "capitalist", "shareholder", "fund", "firm"} else "aid"


def _is_given(verb: Token, context: Context) -> bool:
    """Whether money can be what the verb gives: no "provides a $5 million return", no "committed a $5 million fraud"."""
    given = [g for g in verb.children_by("dobj", "nsubjpass", "attr", "oprd") if g not in context.tokens]
    if verb.lemma.lower() == "commit":
        return all(g.lemma.lower() in GIVEN | MEASURES or g.lemma == "money" for g in given)
    return not any(g.lemma.lower() in _GAINS for g in given)


def _is_public(giver: Token | None, actors: DocumentActors) -> bool:
    """Whether a phrase names a state, one of its bodies or an organisation that gives."""
    if giver is None:
        return False
    types = {actors.entities[p.entity].actor_type for p in actors.participants(giver)}
    return bool(types & {"country", "igo", "ngo", "government_body"})


def _gives_money(verb: Token, context: Context, actors: DocumentActors) -> bool:
    """Whether who gives can give: somebody, and not a fact or a price ("at that price, this gives it $5 million").

    What is given is the verb's object: no "contributed to a rise to $5 million".
    """
    below = context.head
    for _ in range(3):
        above = below.head
        if below.dep != "pobj":
            break
        if above.lower in ("to", "by", "from", "at") and above.head.pos in ("NOUN", "VERB"):
            return False
        below = above.head
    if verb.lemma.lower() not in ("give", "provide", "offer", "extend", "grant"):
        return True
    subject = verb.child("nsubj")
    if subject is None or subject.pos in ("PROPN",) or subject.entity in ("ORG", "GPE", "PERSON", "NORP"):
        return True
    if subject.pos == "PRON":
        return subject.lower not in ("that", "this", "these", "those") or verb.dep == "relcl"
    return bool(actors.participants(subject)) or subject.lemma.lower() in GROUPS | CROWDS | GIVEN


def _is_its_cost(context: Context, carrier: Token) -> bool:
    """Whether a figure is the size of a project: "access to a six billion dollar airport project"."""
    return carrier.lemma.lower() == "project" and context.head.head is carrier


def _verb_kind(verb: Token, context: Context) -> str | None:
    """Kind by a verb; what a bill or a plan gives is a budget."""
    lemma = verb.lemma.lower()
    if lemma == "cost":
        return kind_of_cost(context, verb)
    if lemma == "award":
        awarding = verb.child("nsubj")
        if awarding is not None and awarding.lemma.lower() in _AWARDING:
            return "penalty"
        return "other" if any(p.lower == "for" for p in verb.children_by("prep")) else None
    if lemma == "advance":
        given_to = (o for o in verb.children_by("dative", "dobj") if o.index < context.tokens[0].index)
        return "loan" if any(o.entity not in ("MONEY", "CARDINAL") for o in given_to) else None
    kind = VERBS.get(lemma)
    if lemma == "sell" and (sold := verb.child("dobj", "nsubjpass")) is not None and sold.lemma.lower() in OF_FIRMS:
        return "investment"
    return "budget" if kind == "aid" and _of_measure(verb) else kind


def _of_measure(verb: Token) -> bool:
    subject = verb.child("nsubj")
    return subject is not None and subject.lemma.lower() in _MEASURES


def _is_ordered(verbs: list[Token]) -> bool:
    """ "was ordered to pay": what a court awards."""
    return verbs[0].lemma.lower() == "pay" and any(v.lemma.lower() in ("order", "sentence") for v in verbs[1:3])


def _beyond_clause(parse: Parse, context: Context, noun: Token) -> bool:
    """Whether a noun far behind a figure stands in a clause of its own."""
    first = context.tokens[-1].index + 1
    if noun.index - first < 6:
        return False
    between = parse.tokens[first : noun.index]
    return any(
        t.lower in _BOUNDS
        or (t.pos == "VERB" and t.tag in ("VBD", "VBZ", "VBP", "VB") and t.child("nsubj", "nsubjpass") is not None)
        for t in between
    )


def _aid_words(context: Context, parse: Parse) -> bool:
    return any(
        NOUNS.get(t.lemma.lower()) == "aid"
        for t in parse.tokens[context.left : context.right]
        if t.pos in ("NOUN", "PROPN")
    )
