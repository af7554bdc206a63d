"""Who pays and who receives in trade: the buyer pays, the seller receives."""

from __future__ import annotations

from pipelines.extract.money.context import Context
from pipelines.extract.money.ends import Ends
from pipelines.extract.money.payers import Payers

_TRADE_OUT = frozenset({"sell", "export", "supply"})
_TRADE_IN = frozenset({"buy", "purchase", "import", "order"})
_TRADE_NOUNS_OUT = frozenset({"export", "sale", "supply", "delivery", "shipment"})


def of_trade(reader: Payers, context: Context, found: Ends) -> None:
    """The buyer pays, the seller receives: exports to, imports from, sales to, "X's exports"."""
    for carrier in context.carriers[:3]:
        lemma = carrier.lemma.lower()
        out = lemma in _TRADE_NOUNS_OUT
        if not out and lemma not in ("import", "purchase", "order"):
            continue
        for child in carrier.children:
            if (
                child.dep in ("poss", "compound", "amod", "nmod")
                and child.index < carrier.index
                and (owner := reader.payer(child)) is not None
            ):
                (found.take if out else found.give)(owner, "trade noun's owner")
            elif child.dep == "prep" and (target := child.child("pobj")) is not None:
                if child.lower in ("to", "into"):
                    found.give(reader.payer(target), "sold to")
                elif child.lower in ("from", "of", "by") and child.lower != "of":
                    reader.take(found, target, "bought from")
    if any(c.lemma.lower() in _TRADE_NOUNS_OUT or c.lemma.lower() == "import" for c in context.carriers):
        imports = any(c.lemma.lower() == "import" for c in context.carriers)
        tokens = reader.parse.tokens
        for i in range(context.tokens[-1].index + 1, min(context.right, context.tokens[-1].index + 12)):
            target = tokens[i].child("pobj") if tokens[i].dep == "prep" else None
            if target is not None and tokens[i].lower == "to" and not imports:
                found.give(reader.payer(target), "sold to, beside")
            elif target is not None and tokens[i].lower == "from":
                reader.take(found, target, "bought from, beside")
    for verb in context.verbs[:2]:
        lemma = verb.lemma.lower()
        subject = reader.subject(verb)
        holder = reader.payer(subject) if subject is not None else None
        if lemma in ("announce", "approve", "clear", "authorize") and any(
            c.lemma.lower() == "sale" for c in context.carriers
        ):
            found.take(holder, f"seller {lemma}s")
        if lemma in _TRADE_OUT:
            found.take(holder, f"subject of {lemma}")
            for child in verb.children_by("prep", "dative"):
                target = child.child("pobj") if child.lower == "to" else child if child.pos != "ADP" else None
                if target is not None:  # "sold jets to Chad", "sold Chad jets"
                    found.give(reader.payer(target), f"{lemma} to")
        elif lemma in _TRADE_IN:
            found.give(holder, f"subject of {lemma}")
            for preposition in verb.children_by("prep"):
                if preposition.lower == "from" and (target := preposition.child("pobj")) is not None:
                    reader.take(found, target, f"{lemma} from")
