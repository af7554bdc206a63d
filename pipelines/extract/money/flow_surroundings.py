"""Who pays and who receives by the words beside a figure and, as a last resort, by its whole sentence."""

from __future__ import annotations

from pipelines.extract.money.context import Context
from pipelines.extract.money.ends import Ends
from pipelines.extract.money.flow_words import ASK, GET, GIVE, GIVEN, MOVES, TO_VERBS
from pipelines.extract.money.payers import Payers
from pipelines.language.parse import Token

# Tokens at which words of the same sentence can still be about a figure: longer ones are lists or no prose at all.
_FURTHEST = 200


def of_owner(reader: Payers, context: Context, found: Ends) -> None:
    """ "compared with Mexico's $7.7 billion", "Japan's $5 million": the side that the sentence's own verb is of."""
    owner = next((c for t in context.tokens for c in t.children_by("poss") if c not in context.tokens), None)
    first, tokens = context.tokens[0].index, reader.parse.tokens
    if owner is None and first >= 2 and tokens[first - 1].lower in ("'s", "’s") and first - 2 >= context.left:
        owner = tokens[first - 2]
    if owner is None:
        _of_gap(reader, context, found)
        return
    holder = reader.payer(owner)
    getting = any(v.lemma.lower() in ASK | GET for v in context.verbs[:2])
    getting = getting or (holder is not None and reader.never_gives(holder))
    (found.take if getting else found.give)(holder, "the figure's owner")


def _of_gap(reader: Payers, context: Context, found: Ends) -> None:
    """ "lent Malawi $10 million and Chad $20 million": the verb and its giver are shared."""
    first, tokens = context.tokens[0].index, reader.parse.tokens
    begins = reader.parse.sentences[context.sentence].first
    if not begins < context.left <= first - 1 or tokens[first - 2].lower not in ("and", ","):
        return
    verb = next((t for t in reversed(tokens[begins : context.left]) if t.pos == "VERB"), None)
    before = reader.actors.entity_at(tokens[context.left - 1])
    named = reader.actors.entity_at(tokens[first - 1])
    if verb is not None and verb.lemma.lower() in GIVE and named is not None and before is not named:
        if (
            verb.child("dative", "nsubjpass") is None
            and not _has_receiver(verb, context)
            and verb.child("nsubj") is not None
        ):
            # "Norway contributed $3 million and Sweden $2 million": the verb is shared, the givers are not
            found.give(reader.single(tokens[first - 1]), f"{verb.lemma.lower()}, shared verb")
            return
        found.take(reader.single(tokens[first - 1]), f"{verb.lemma.lower()}, shared verb")


def _has_receiver(verb: Token, context: Context) -> bool:
    """Whether somebody stands between a verb and its first sum: "lent Malawi $10 million"."""
    objects = [c for c in verb.children_by("dobj") if c.index < context.left and c.entity not in ("MONEY", "CARDINAL")]
    return any(o.pos == "PROPN" for o in objects) or any(
        c.pos == "PROPN"
        for o in verb.children_by("dobj")
        for c in o.children
        if c.index < o.index and c.index > verb.index
    )


def of_parenthesis(reader: Payers, context: Context, found: Ends) -> None:
    """ "from Sri Lanka (7.1 mln dlrs) and Japan (800,000 dlrs)"."""
    tokens = reader.parse.tokens
    before = context.tokens[0].index - 1
    if before >= context.left and tokens[before].text == "(" and before - 1 >= 0:
        holder = reader.payer(tokens[before - 1])
        if holder is not None:
            near = tokens[max(context.left, before - 8) : before]
            if any(t.lower in ("from", "by") for t in near):
                found.give(holder, "parenthesis")
            elif any(t.lower in ("to", "for") for t in near):
                found.take(holder, "parenthesis")
            else:
                first = next((t for t in reader.parse.sentence_tokens(context.sentence) if t.lower == "from"), None)
                if first is not None and first.index < before:
                    found.give(holder, "parenthesis")


def of_neighbours(reader: Payers, context: Context, found: Ends) -> None:
    """Prepositions right behind the figure or its noun: "$25 million from the United Nations", "$5 million for Nepal"."""
    tokens = reader.parse.tokens
    for i in range(context.tokens[-1].index + 1, min(context.right, context.tokens[-1].index + 22)):
        token = tokens[i]
        if token.text in (";", ":", "--", "—") or token.dep in ("relcl", "advcl", "ccomp"):
            break
        if token.pos == "VERB" and token.dep not in ("acl", "amod", "compound"):
            break
        above = token.head
        if above.pos == "VERB" and above.index > context.tokens[-1].index and above.lemma.lower() not in MOVES:
            continue  # "under a program drawn up by the World Bank"
        if token.dep in ("prep", "agent", "dative") and token.child("pobj") is not None:
            reader.of_preposition(token, found, "words beside")


def of_words(reader: Payers, context: Context, found: Ends) -> None:
    """Last resort within the sentence: "between X and Y", "to X", "from X" anywhere, the subject that gives."""
    span = reader.parse.sentences[context.sentence]
    first, last = context.tokens[0].index - _FURTHEST, context.tokens[-1].index + _FURTHEST
    tokens = reader.parse.tokens[max(span.first, first) : min(span.last, last)]
    for token in tokens:
        if token.dep in ("prep", "agent", "dative") and (target := token.child("pobj")) is not None:
            if token.index >= context.right and token.head.pos not in ("VERB", "AUX"):
                continue  # of the next figure
            if (
                token.lower == "from"
                and target.entity != "DATE"
                and not found.given_by_group
                and _leads_money(context, token)
            ):
                found.give(reader.payer(target), "from, in the sentence")
            elif token.lower == "to" and token.index > span.first and _leads_money(context, token):
                reader.take(found, target, "to, in the sentence", near=False)
    for token in tokens:
        if token.pos == "VERB" and token.lemma.lower() in (
            "give",
            "provide",
            "grant",
            "lend",
            "loan",
            "donate",
            "offer",
            "pledge",
            "extend",
            "approve",
            "fund",
            "finance",
        ):
            subject = token.child("nsubj")
            if subject is not None and not found.given_by_group:
                found.give(reader.payer(subject), f"subject of {token.lemma}, in the sentence")
        elif token.pos == "VERB" and token.lemma.lower() in ("receive", "borrow", "obtain", "secure"):
            subject = token.child("nsubj")
            if subject is not None:
                reader.take(found, subject, f"subject of {token.lemma}, in the sentence")


def _leads_money(context: Context, preposition: Token) -> bool:
    """Whether a "to" belongs to giving or to the money, and not to a letter, a visit or a report."""
    head = preposition.head
    return (
        (head.pos == "VERB" and head.lemma.lower() in GIVE | GET | ASK | TO_VERBS)
        or head.lemma.lower() in GIVEN
        or head in context.tokens
        or head in context.carriers
    )  # fmt: skip
