"""Who pays and who receives: from the verb's frame, the noun phrase, the words beside the figure, the text before."""

from __future__ import annotations

from pipelines.extract.money.context import Context
from pipelines.extract.money.debt_flows import of_debt
from pipelines.extract.money.ends import Ends
from pipelines.extract.money.flow_nouns import of_asking, of_noun
from pipelines.extract.money.flow_surroundings import of_neighbours, of_owner, of_parenthesis, of_words
from pipelines.extract.money.flow_verbs import of_verb
from pipelines.extract.money.flow_words import ASK
from pipelines.extract.money.payers import Payers
from pipelines.extract.money.plain_flows import of_plain, of_takeover
from pipelines.extract.money.trade_flows import of_trade
from pipelines.language.parse import Token


def ends_of(payers: Payers, context: Context, kind: str) -> Ends:
    """Ends of one figure by its own sentence."""
    found = Ends()
    if kind == "trade":
        of_trade(payers, context, found)
        of_plain(payers, context, found)
        return found
    if kind in ("price", "other", "penalty"):
        of_plain(payers, context, found)
        if kind != "penalty":
            return found
    if kind == "investment":
        of_takeover(payers, context, found)
        of_plain(payers, context, found)
    if kind == "debt":
        of_debt(payers, context, found)
        return found
    _of_on_lending(payers, context, found)
    of_parenthesis(payers, context, found)
    of_owner(payers, context, found)
    if kind == "investment":
        of_neighbours(payers, context, found)
    for carrier in context.carriers[:3]:
        of_noun(payers, context, carrier, found, kind)
    of_neighbours(payers, context, found)
    for n, verb in enumerate(context.verbs[:3]):
        if n and _is_of_another(context, context.verbs[n - 1]):
            break
        if verb.lemma.lower() in ASK:
            of_asking(payers, context, verb, found, kind)
        else:
            of_verb(payers, context, verb, found)
    if kind in ("aid", "loan", "investment"):
        of_words(payers, context, found)
    return found


def _of_on_lending(payers: Payers, context: Context, found: Ends) -> None:
    """ "will on-lend $20 million of the loan to farmers": who hands a loan on is who gives it."""
    for verb in context.verbs[:1]:
        before = [t.lower for t in payers.parse.tokens[max(0, verb.index - 2) : verb.index]]
        is_on = verb.lemma.lower() in ("on-lend", "onlend", "relend", "re-lend")
        if is_on or (verb.lemma.lower() == "lend" and before in (["on", "-"], ["re", "-"])):
            subject = payers.subject(verb)
            if subject is not None:
                found.give(payers.named(subject), "subject of on-lend")


def _is_of_another(context: Context, verb: Token) -> bool:
    """Whether a verb has a doer of its own, so that the doer of the verb above it has no part in the money."""
    if verb.dep not in ("ccomp", "advcl", "relcl", "conj", "parataxis"):
        return False
    subject = verb.child("nsubj")
    return (
        subject is not None
        and subject.pos in ("NOUN", "PROPN")
        and subject not in context.tokens
        and subject not in context.carriers
    )
