"""How far a flow has come (pledged ... disbursed), and whether it happened."""

from __future__ import annotations

from pipelines.extract.money.context import Context
from pipelines.language.parse import Parse, Token

_STAGE_VERBS: dict[str, str] = {}
for _kind, _words in {
    "requested": "request seek ask need want propose demand appeal urge call require",
    "pledged": "pledge promise announce offer plan intend devote vow propose",
    "committed": "approve agree sign commit allocate authorize authorise appropriate earmark award extend arrange conclude ratify endorse lend grant secure sanction pass allot target set contract obtain win",
    "disbursed": "give provide receive disburse deliver donate send transfer pay spend loan hand contribute release borrow supply use get channel help finance fund inject build complete",
}.items():
    for _word in _words.split():
        _STAGE_VERBS.setdefault(_word, _kind)
_STAGE_NOUNS = {"pledge": "pledged", "promise": "pledged", "offer": "pledged", "request": "requested", "appeal": "requested", "proposal": "requested",
                "agreement": "committed", "commitment": "committed", "contract": "committed", "approval": "committed", "deal": "committed", "accord": "committed"}  # fmt: skip
_NEGATING = frozenset([
    "reject", "refuse", "deny", "decline", "block", "withhold", "cancel", "suspend", "freeze", "halt", "veto",
    "withdraw", "scrap"
])  # fmt: skip
_WEIGHING = frozenset({"consider", "discuss", "weigh", "study", "debate"})
_REFUSING = frozenset({"reject", "refuse", "deny", "decline"})
_OWED = frozenset({"debt", "arrears", "loan", "obligation"})
_PLANNING = frozenset([
    "want", "plan", "intend", "expect", "schedule", "aim", "prepare", "hope", "forecast", "project", "predict", "suppose",
    "anticipate", "propose"
])  # fmt: skip
_TARGETS = frozenset({"target", "goal", "forecast", "projection"})
_AHEAD = frozenset({"planned", "proposed", "projected", "expected", "forecast", "anticipated", "future", "intended"})
_DUE = frozenset({"due", "likely", "set", "ready", "bound", "poised"})
_BINDING = frozenset({"agree", "sign", "reach", "announce", "have", "execute", "enter"})
# Tokens at which a verb of the same sentence can still be about a figure.
_FURTHEST = 200


def stage_of(context: Context, parse: Parse) -> str:
    """flow_stage of aid and loans: from the verbs above the figure, then nouns, then the tense."""
    span = parse.sentences[context.sentence]
    if any(_STAGE_VERBS.get(v.lemma.lower()) == "requested" for v in context.verbs[:3]):
        return "requested"  # "called for approval of", "asked Congress to provide": nothing has come of it yet
    if context.verbs and context.verbs[0].lemma.lower() == "negotiate":
        return "requested"
    for carrier in context.carriers:
        stage = _STAGE_NOUNS.get(carrier.lemma.lower())
        if stage:
            return stage
        for verb in (c for c in carrier.children if c.dep in ("acl", "relcl")):
            if stage := _verb_stage(verb):
                return stage
    for verb in context.verbs:
        stage = _verb_stage(verb)
        if stage:
            return stage
    at = context.head.index
    around = parse.tokens[max(span.first, at - _FURTHEST) : min(span.last, at + _FURTHEST)]
    others = [t for t in around if t.pos == "VERB"]
    for token in sorted(others, key=lambda t: abs(t.index - context.head.index)):
        if stage := _verb_stage(token):
            return stage
    return "unspecified"


def _verb_stage(verb: Token) -> str | None:
    stage = _STAGE_VERBS.get(verb.lemma.lower())
    if verb.lemma.lower() == "lend" and verb.tag in ("VBD", "VBN") and verb.child("nsubjpass", "auxpass") is None:
        return "disbursed"  # "lent the state 3 million": done; "is lending", "is lent" may be agreed alone
    if verb.lemma.lower() == "call" and not any(p.lower in ("for", "on", "upon") for p in verb.children_by("prep")):
        return None  # "so-called", "called it"
    if stage is None:
        return None
    if verb.head.pos == "VERB" and verb.dep == "xcomp" and stage in ("disbursed", "committed"):
        # "agreed to provide" is committed, "promised to provide" pledged
        outer = _STAGE_VERBS.get(verb.head.lemma.lower())
        if outer or stage == "disbursed":
            return outer or "pledged"
    if stage in ("disbursed", "committed") and is_future(verb):
        return "committed" if _under_agreement(verb) else "pledged"
    if (
        verb.lemma.lower() in ("give", "lend", "loan", "grant", "provide")
        and verb.tag == "VBG"
        and _is_progressive(verb)
    ):
        return "committed"
    return stage


def _is_progressive(verb: Token) -> bool:
    return any(c.dep == "aux" and c.lemma.lower() == "be" for c in verb.children)


def _under_agreement(verb: Token) -> bool:
    """ "would be disbursed under an agreement signed yesterday"."""
    return any(
        (target := p.child("pobj")) is not None and _STAGE_NOUNS.get(target.lemma.lower()) == "committed"
        for p in verb.children_by("prep")
        if p.lower in ("under", "in", "by")
    )


def is_future(verb: Token) -> bool:
    """Whether a verb tells of what is to come, or may: "will give", "to be given"."""
    words = {c.lower for c in verb.children if c.dep in ("aux", "auxpass")}
    if words & {"will", "would", "'ll", "shall", "may", "might", "could"}:
        return True
    return "to" in words and (verb.dep in ("acl", "relcl", "xcomp") and verb.head.lemma not in ("use", "have"))


def _fell(verb: Token) -> bool:
    """ "declined to 1.3 billion" is a number that fell, not somebody who refused."""
    return verb.lemma.lower() == "decline" and verb.child("xcomp", "dobj") is None


def _forgives(verb: Token, context: Context) -> bool:
    """A debt that is cancelled is forgiven, which happens."""
    return verb.lemma.lower() == "cancel" and any(c.lemma.lower() in _OWED for c in context.carriers)


def factuality_of(context: Context, kind: str) -> str:
    """actual, planned, possible or negated, from the verbs above the figure (saying verbs apart) and its nouns.

    A debt that nothing is paid on is still owed.
    """
    result = "planned" if any(_is_ahead(noun) for noun in (context.head, *context.carriers[:2])) else "actual"
    # aid that is proposed is requested, which its stage tells
    planning = _PLANNING - {"propose"} if kind in ("aid", "loan") else _PLANNING
    for n, verb in enumerate(context.verbs[:3]):
        if verb.lemma.lower() in _NEGATING and any(c.dep == "neg" for c in verb.children):
            continue  # "would not withdraw its pledge"
        children = {c.lower for c in verb.children if c.dep in ("aux", "neg", "auxpass")}
        if (
            verb.lemma.lower() in (_NEGATING if kind != "debt" else _REFUSING)
            and n <= 1
            and not _fell(verb)
            and not _forgives(verb, context)
        ) or (any(c.dep == "neg" for c in verb.children) and n == 0):
            return "negated"
        if children & {"may", "might", "could"} or verb.lemma.lower() in _WEIGHING or _is_if(verb):
            return "possible"
        if n <= 1 and (children & {"will", "would", "'ll", "shall", "wo"} or verb.lemma.lower() in planning):
            result = "planned"
        if n <= 1 and (_is_due(verb) or _is_to(verb) or _in_principle(verb)):
            result = "planned"
        if verb.dep in ("ccomp", "advcl", "relcl"):
            above = verb.head
            if verb.dep == "advcl" and verb.tag in ("VB", "VBP", "VBZ") and result == "actual" and _is_open(above):
                return "planned"  # "can only begin after partners invest $8 million"
            expected = verb.dep == "ccomp" and above.lemma.lower() in planning
            return "planned" if expected and result == "actual" else result
    return result


def _is_ahead(noun: Token) -> bool:
    """Whether a noun is of what is yet to come: "a target of $5 million", "projected revenue", "a planned sale"."""
    if noun.lemma.lower() in _TARGETS:
        return True
    return any(
        c.lower in _AHEAD for c in noun.children if c.dep in ("amod", "compound", "advmod") and c.index < noun.index
    )


def _is_due(verb: Token) -> bool:
    """ "is likely to cost", "is due to receive"."""
    state = verb.child("acomp")
    return state is not None and state.lemma.lower() in _DUE and state.child("xcomp") is not None


def _is_open(verb: Token) -> bool:
    return any(c.dep == "aux" and c.lower in ("can", "could", "will", "would", "may", "might") for c in verb.children)


def _is_to(verb: Token) -> bool:
    """ "is to lend": settled, and not yet done."""
    has_to = any(c.dep == "aux" and c.lower == "to" for c in verb.children)
    return has_to and verb.dep == "xcomp" and verb.head.lemma == "be" and verb.head.child("csubj") is None


def _is_if(verb: Token) -> bool:
    return any(c.dep == "mark" and c.lower in ("if", "unless", "whether") for c in verb.children)


def _in_principle(verb: Token) -> bool:
    """ "agreed in principle to", "signed a letter of intent to": nothing is bound yet."""
    words = [t.lower for t in verb.subtree()][:24]
    pairs = set(zip(words, words[1:], strict=False))
    return (
        bool(pairs & {("in", "principle"), ("of", "intent"), ("of", "understanding")})
        and verb.lemma.lower() in _BINDING
    )
