"""Who pays and who receives: from the verb's frame, the noun phrase, the words beside the figure, the text before."""

from __future__ import annotations

from dataclasses import dataclass

from pipelines.extract.actors.document_actors import DocumentActors
from pipelines.extract.money.context import Context
from pipelines.language.parse import Parse, Token
from pipelines.reference.currency_units import currencies

_GIVE = frozenset([
    "give", "provide", "grant", "lend", "loan", "donate", "offer", "pledge", "promise", "commit", "extend",
    "contribute", "allocate", "approve", "award", "disburse", "send", "pay", "devote", "earmark", "release",
    "announce", "deliver", "transfer", "hand", "supply", "spend", "invest", "forgive", "cancel", "write",
    "withhold", "suspend", "cut", "fund", "finance", "authorize", "authorise", "appropriate", "channel", "allot",
    "dedicate", "inject", "arrange", "plan", "agree", "sign", "present", "help", "support", "aid", "assist",
    "bring", "waive", "set", "build", "request", "propose", "seek"
])  # fmt: skip
_GET = frozenset([
    "receive", "get", "obtain", "secure", "borrow", "contract", "win", "accept", "raise", "collect", "gain", "owe",
    "repay", "reap", "attract"
])  # fmt: skip
_WEAK = frozenset({"other_organization", "company", "person", "government_body", "ngo", "media"})
# Verbs of two parties: their joint subject does not tell which of them gives.
_MUTUAL = frozenset({"sign", "agree", "arrange", "reach", "conclude"})
# What a bank does with loans that it has: the nationality beside them is the borrower's.
_HOLD = frozenset([
    "have", "hold", "place", "put", "classify", "reclassify", "write", "declare", "sell", "convert", "carry",
    "keep", "own"
])  # fmt: skip
_LENDERS = frozenset({"igo", "company"})
_TRADE_OUT = frozenset({"sell", "export", "supply"})
_TRADE_IN = frozenset({"buy", "purchase", "import", "order"})
_PERSONAL = frozenset({"person", "government_body", "armed_forces", "political_party"})
_PAYERS = frozenset([
    "country", "person", "government_body", "igo", "company", "ngo", "other_organization", "political_party",
    "armed_forces"
])  # fmt: skip
_TRADE_NOUNS_OUT = frozenset({"export", "sale", "supply", "delivery", "shipment"})
# Groups of receivers without a name: "to developing countries", "to its poorest members".
_GROUPS = frozenset({"country", "nation", "state", "government", "member", "borrower", "economy", "region", "republic"})
_TO_VERBS = frozenset(
    {"go", "come", "flow", "make", "amount", "rise", "increase", "total", "reach", "be", "raise", "lead"}
)
# What is given, as a noun.
_GIVEN = frozenset([
    "aid", "assistance", "grant", "loan", "credit", "donation", "relief", "contribution", "gift", "subsidy",
    "support", "help", "lending", "disbursement", "payment", "transfer", "commitment", "pledge", "funding", "fund",
    "money", "package", "facility", "tranche", "allocation", "sale", "supply", "delivery", "investment", "export",
    "shipment"
])  # fmt: skip


@dataclass(slots=True)
class Ends:
    """Both ends of a flow, as entity indices, with the rule that found each."""

    donor: int | None = None
    recipient: int | None = None
    donor_rule: str = ""
    recipient_rule: str = ""
    weak: int | None = None
    # the words name a recipient that is no actor of its own: nobody else of the text may be put in its place
    group: bool = False

    def give(self, entity: int | None, rule: str) -> None:
        if self.donor is None and entity is not None and entity != self.recipient:
            self.donor, self.donor_rule = entity, rule

    def take(self, entity: int | None, rule: str) -> None:
        if self.recipient is None and entity is not None and entity != self.donor:
            self.recipient, self.recipient_rule = entity, rule


class FlowReader:
    """Reads the ends of the figures of one document."""

    def __init__(self, parse: Parse, actors: DocumentActors) -> None:
        self._parse = parse
        self._actors = actors

    def payer(self, token: Token) -> int | None:
        """The entity that pays or receives where a phrase is named: the state for its persons and bodies."""
        for participant in self._actors.participants(token):
            entity = self._actors.entities[participant.entity]
            if entity.actor_type in _PERSONAL and entity.country:
                return self._actors.state(entity.country)
            if entity.actor_type == "government_body" and self._actors.home:
                return self._actors.state(self._actors.home)
            if entity.actor_type == "population" and entity.country:
                return self._actors.state(entity.country)
            if entity.actor_type == "media" or entity.name in currencies():
                continue
            return entity.index
        return None

    def take(self, found: Ends, token: Token, rule: str) -> None:
        """Makes a phrase's actor the recipient; a body of no known state only in case no state answers."""
        entity = self.single(token)
        if entity is None:
            found.group = found.group or token.lemma.lower() in _GROUPS
            return
        actor = self._actors.entities[entity]
        if actor.actor_type in _WEAK and actor.country is None:
            found.weak = entity if found.weak is None else found.weak
        else:
            found.take(entity, rule)

    def single(self, token: Token) -> int | None:
        """Like `payer`, None where the phrase names several."""
        found: list[int] = []
        for participant in self._actors.participants(token):
            entity = self._actors.entities[participant.entity]
            index = (
                self._actors.state(entity.country)
                if entity.actor_type in _PERSONAL | {"population"} and entity.country
                else entity.index
            )
            if index not in found:
                found.append(index)
        return found[0] if len(found) == 1 else None

    def ends(self, context: Context, kind: str) -> Ends:
        """Ends of one figure by its own sentence."""
        found = Ends()
        if kind == "trade":
            self._of_trade(context, found)
            return found
        if kind in ("price", "other"):
            return found
        self._of_parenthesis(context, found)
        if kind == "investment":
            self._of_neighbours(context, found)
        for carrier in context.carriers[:3]:
            self._of_noun(context, carrier, found)
        self._of_neighbours(context, found)
        for verb in context.verbs[:3]:
            self._of_verb(context, verb, found)
        if kind in ("aid", "loan", "investment"):
            self._of_words(context, found)
        return found

    def _of_noun(self, context: Context, carrier: Token, found: Ends) -> None:
        """ "U.S. aid to Kazakhstan", "a World Bank loan for Manila", "a grant from Japan"."""
        for child in carrier.children:
            if child.dep in ("compound", "amod", "poss", "nmod") and child.index < carrier.index:
                holder = self.payer(child)
                if holder is None:
                    continue
                if carrier.lemma.lower() in ("debt", "arrears", "borrowing", "repayment", "deficit"):
                    found.take(holder, "noun's owner")
                elif carrier.lemma.lower() == "loan" and any(v.lemma.lower() in _HOLD for v in context.verbs[:1]):
                    found.take(holder, "noun's owner, of loans held")
                elif carrier.lemma.lower() in ("project", "budget", "economy", "government"):
                    continue
                else:
                    found.give(holder, "noun's owner")
            elif child.dep == "prep" and child.index > carrier.index:
                self._of_preposition(child, found, "noun's complement")
            elif child.dep in ("acl", "relcl"):
                self._of_verb(context, child, found)

    def _of_preposition(self, preposition: Token, found: Ends, rule: str) -> None:
        target = preposition.child("pobj")
        if target is None:
            return
        word = preposition.lower
        if word in ("to", "for", "into"):
            self.take(found, target, rule)
        elif word in ("from", "by"):
            found.give(self.payer(target), rule)
        elif word == "in" and target.entity == "GPE":
            self.take(found, target, rule)

    def _of_neighbours(self, context: Context, found: Ends) -> None:
        """Prepositions right behind the figure or its noun: "$25 million from the United Nations", "$5 million for Nepal"."""
        tokens = self._parse.tokens
        for i in range(context.tokens[-1].index + 1, min(context.right, context.tokens[-1].index + 22)):
            token = tokens[i]
            if token.text in (";", ":", "--", "—") or token.dep in ("relcl", "advcl", "ccomp"):
                break
            if token.pos == "VERB" and token.dep not in ("acl", "amod", "compound"):
                break
            if token.dep in ("prep", "agent", "dative") and token.child("pobj") is not None:
                self._of_preposition(token, found, "words beside")

    def _of_parenthesis(self, context: Context, found: Ends) -> None:
        """ "from Sri Lanka (7.1 mln dlrs) and Japan (800,000 dlrs)"."""
        tokens = self._parse.tokens
        before = context.tokens[0].index - 1
        if before >= context.left and tokens[before].text == "(" and before - 1 >= 0:
            holder = self.payer(tokens[before - 1])
            if holder is not None:
                near = tokens[max(context.left, before - 8) : before]
                if any(t.lower in ("from", "by") for t in near):
                    found.give(holder, "parenthesis")
                elif any(t.lower in ("to", "for") for t in near):
                    found.take(holder, "parenthesis")
                else:
                    first = next((t for t in self._parse.sentence_tokens(context.sentence) if t.lower == "from"), None)
                    if first is not None and first.index < before:
                        found.give(holder, "parenthesis")

    def _subject(self, verb: Token) -> Token | None:
        """Subject of a verb, its own or the one it shares."""
        steps = 0
        while steps < 6:
            steps += 1
            subject = verb.child("nsubj", "nsubjpass", "csubj")
            if subject is not None:
                if subject.lower in ("which", "that", "who") and verb.dep == "relcl":
                    return verb.head
                return subject
            if verb.dep in ("conj", "xcomp", "advcl", "pcomp") and verb.head.pos in ("VERB", "AUX"):
                verb = verb.head
                continue
            if verb.dep == "pcomp" and verb.head.head.pos in ("VERB", "AUX"):
                verb = verb.head.head
                continue
            return None
        return None

    def _of_verb(self, context: Context, verb: Token, found: Ends) -> None:
        lemma = verb.lemma.lower()
        inside = {t.index for t in context.tokens} | {c.index for c in context.carriers}
        passive = verb.child("nsubjpass", "auxpass") is not None or (verb.tag == "VBN" and verb.dep == "acl")
        if lemma in _GET:
            subject = self._subject(verb)
            # "Tokyo raised the issue, arguing that the $5 million ...": what is got is something else
            got = verb.child("dobj")
            elsewhere = got is not None and not inside & {t.index for t in got.subtree()}
            if subject is not None and subject.index not in inside and not elsewhere:
                taker = self.payer(subject)
                if lemma == "repay":
                    found.give(taker, f"subject of {lemma}")
                else:
                    found.take(taker, f"subject of {lemma}")
            for preposition in verb.children_by("prep", "agent"):
                target = preposition.child("pobj")
                if target is not None and preposition.lower == "from":
                    found.give(self.payer(target), f"{lemma} from")
                elif target is not None and preposition.lower == "to" and lemma == "owe":
                    found.give(self.payer(target), "owe to")
                elif target is not None and preposition.lower == "to" and lemma == "repay":
                    self.take(found, target, "repay to")
            if lemma == "owe" and (creditor := verb.child("dative", "iobj")) is not None:
                found.give(self.payer(creditor), "object of owe")
            return
        if lemma not in _GIVE:
            for preposition in verb.children_by("prep", "agent"):
                if preposition.lower in ("from", "to") and lemma in ("come", "go", "be", "flow", "amount", "total"):
                    self._of_preposition(preposition, found, f"{lemma} {preposition.lower}")
            return
        if passive:
            subject = verb.child("nsubjpass")
            if subject is not None and subject.index not in inside and verb.child("dobj", "oprd", "dative") is not None:
                self.take(found, subject, f"subject of {lemma}, passive")
        else:
            subject = self._subject(verb)
            joint = lemma in _MUTUAL and subject is not None and bool(subject.children_by("conj"))
            if lemma in _MUTUAL and subject is not None and subject.index not in inside:
                joint = joint or self._signed_with(verb, subject, found)
            if subject is not None and subject.index not in inside and not joint:
                found.give(self.payer(subject), f"subject of {lemma}")
        for child in verb.children:
            if child.dep == "dative":
                target = child.child("pobj") or child
                self.take(found, target, f"object of {lemma}")
            elif child.dep == "agent" and (target2 := child.child("pobj")) is not None:
                found.give(self.payer(target2), f"{lemma} by")
            elif child.dep == "dobj" and child.index not in inside and child.index < context.tokens[0].index:
                self.take(found, child, f"object of {lemma}")
            elif child.dep == "prep":
                if child.lower in ("to", "for"):
                    self._of_preposition(child, found, f"{lemma} {child.lower}")

    def _signed_with(self, verb: Token, subject: Token, found: Ends) -> bool:
        """ "Mexico signed a loan with the Inter-American Development Bank": the lender is who lends by trade."""
        others = [p for p in verb.subtree() if p.dep == "prep" and p.lower == "with" and p.sentence == verb.sentence]
        for preposition in others:
            target = preposition.child("pobj")
            other = self.payer(target) if target is not None else None
            mine = self.payer(subject)
            if other is None or mine is None:
                continue
            ours, theirs = self._actors.entities[mine].actor_type, self._actors.entities[other].actor_type
            if theirs in _LENDERS and ours not in _LENDERS:
                found.give(other, f"{verb.lemma.lower()} with")
                found.take(mine, f"subject of {verb.lemma.lower()}")
                return True
        return False

    def _of_words(self, context: Context, found: Ends) -> None:
        """Last resort within the sentence: "between X and Y", "to X", "from X" anywhere, the subject that gives."""
        tokens = self._parse.sentence_tokens(context.sentence)
        for token in tokens:
            if token.dep in ("prep", "agent", "dative") and (target := token.child("pobj")) is not None:
                if token.lower == "from" and target.entity != "DATE":
                    found.give(self.payer(target), "from, in the sentence")
                elif token.lower == "to" and token.index > tokens[0].index and self._leads_money(context, token):
                    self.take(found, target, "to, in the sentence")
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
                "request",
            ):
                subject = token.child("nsubj")
                if subject is not None:
                    found.give(self.payer(subject), f"subject of {token.lemma}, in the sentence")
            elif token.pos == "VERB" and token.lemma.lower() in ("receive", "borrow", "obtain", "secure"):
                subject = token.child("nsubj")
                if subject is not None:
                    self.take(found, subject, f"subject of {token.lemma}, in the sentence")

    def _leads_money(self, context: Context, preposition: Token) -> bool:
        """Whether a "to" belongs to giving or to the money, and not to a letter, a visit or a report."""
        head = preposition.head
        return (
            (head.pos == "VERB" and head.lemma.lower() in _GIVE | _TO_VERBS)
            or head.lemma.lower() in _GIVEN
            or head in context.tokens
            or head in context.carriers
        )  # fmt: skip

    def _of_trade(self, context: Context, found: Ends) -> None:
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
                    and (owner := self.payer(child)) is not None
                ):
                    (found.take if out else found.give)(owner, "trade noun's owner")
                elif child.dep == "prep" and (target := child.child("pobj")) is not None:
                    if child.lower in ("to", "into"):
                        found.give(self.payer(target), "sold to")
                    elif child.lower in ("from", "of", "by") and child.lower != "of":
                        self.take(found, target, "bought from")
        if any(c.lemma.lower() in _TRADE_NOUNS_OUT or c.lemma.lower() == "import" for c in context.carriers):
            imports = any(c.lemma.lower() == "import" for c in context.carriers)
            tokens = self._parse.tokens
            for i in range(context.tokens[-1].index + 1, min(context.right, context.tokens[-1].index + 12)):
                target = tokens[i].child("pobj") if tokens[i].dep == "prep" else None
                if target is not None and tokens[i].lower == "to" and not imports:
                    found.give(self.payer(target), "sold to, beside")
                elif target is not None and tokens[i].lower == "from":
                    self.take(found, target, "bought from, beside")
        for verb in context.verbs[:2]:
            lemma = verb.lemma.lower()
            subject = self._subject(verb)
            holder = self.payer(subject) if subject is not None else None
            if lemma in ("announce", "approve", "clear", "authorize") and any(
                c.lemma.lower() == "sale" for c in context.carriers
            ):
                found.take(holder, f"seller {lemma}s")
            if lemma in _TRADE_OUT:
                found.take(holder, f"subject of {lemma}")
                for preposition in verb.children_by("prep", "dative"):
                    if preposition.lower == "to" and (target := preposition.child("pobj")) is not None:
                        found.give(self.payer(target), f"{lemma} to")
            elif lemma in _TRADE_IN:
                found.give(holder, f"subject of {lemma}")
                for preposition in verb.children_by("prep"):
                    if preposition.lower == "from" and (target := preposition.child("pobj")) is not None:
                        self.take(found, target, f"{lemma} from")
