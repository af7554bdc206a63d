"""Who pays and who receives: from the verb's frame, the noun phrase, the words beside the figure, the text before."""

from __future__ import annotations

from dataclasses import dataclass

from pipelines.extract.actors.document_actors import DocumentActors
from pipelines.extract.money.context import Context
from pipelines.extract.money.debt_flows import of_debt
from pipelines.extract.money.givers import GIVERS, is_mainly_giver
from pipelines.extract.money.trade_flows import of_trade
from pipelines.language.parse import Parse, Token
from pipelines.reference.currency_units import currencies

_GIVE = frozenset([
    "give", "provide", "grant", "lend", "loan", "donate", "offer", "pledge", "promise", "commit", "extend",
    "contribute", "allocate", "approve", "award", "disburse", "send", "pay", "devote", "earmark", "release",
    "announce", "deliver", "transfer", "hand", "supply", "spend", "invest", "forgive", "cancel", "write",
    "withhold", "suspend", "cut", "fund", "finance", "authorize", "authorise", "appropriate", "channel", "allot",
    "dedicate", "inject", "arrange", "plan", "agree", "sign", "present", "help", "support", "aid", "assist",
    "waive", "set", "build", "make", "hold", "block", "freeze", "delay", "halt", "resume", "restore", "pass"
])  # fmt: skip
# Who asks for money gets it, unless it is for somebody else.
_ASK = frozenset([
    "request", "seek", "ask", "need", "want", "negotiate", "solicit", "appeal", "apply", "require", "await", "lack",
    "call", "propose"
])  # fmt: skip
_ASKED = frozenset({"request", "appeal", "application", "bid", "demand", "plea", "need"})
# A parliament that gives may only be talking of it yet.
_WEIGH = frozenset({"discuss", "consider", "debate", "weigh", "study", "vote"})
_GET = frozenset([
    "receive", "get", "obtain", "secure", "borrow", "contract", "win", "accept", "raise", "collect", "gain", "owe",
    "repay", "reap", "attract"
])  # fmt: skip
_MOVES = _GIVE | _GET | _ASK | {"make", "come", "go"}
_WEAK = frozenset({"other_organization", "company", "person", "government_body", "ngo", "media"})
# Verbs of two parties: their joint subject does not tell which of them gives.
_MUTUAL = frozenset({"sign", "agree", "arrange", "reach", "conclude"})
# What a bank does with loans that it has: the nationality beside them is the borrower's.
_HOLD = frozenset([
    "have", "hold", "place", "put", "classify", "reclassify", "write", "declare", "sell", "convert", "carry",
    "keep", "own"
])  # fmt: skip
_LENDERS = frozenset({"igo", "company"})
_PERSONAL = frozenset({"person", "government_body", "armed_forces", "political_party"})
_PAYERS = frozenset([
    "country", "person", "government_body", "igo", "company", "ngo", "other_organization", "political_party",
    "armed_forces"
])  # fmt: skip
# Receivers and givers without a name: "to developing countries", "to its poorest members".
_GROUPS = frozenset([
    "country", "nation", "state", "government", "member", "borrower", "economy", "region", "republic", "democracy",
    "ally", "island", "neighbour", "neighbor"
])  # fmt: skip
# The same of those who are no states: "for small businesses", "from commercial banks".
_CROWDS = frozenset([
    "farmer", "business", "family", "worker", "resident", "household", "homeowner", "veteran", "community", "city", "victim",
    "survivor", "people", "candidate", "politician", "company", "firm", "bank", "creditor", "lender", "donor",
    "investor", "agency", "taxpayer", "charity", "organization", "organisation", "group", "foundation", "campaign",
    "student", "school", "individual", "airline", "industry", "institution"
])  # fmt: skip
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
    crowd: bool = False
    # the same of a giver: "from creditor banks"
    given_by_group: bool = False
    # a giver of whom no state is known
    weak_donor: int | None = None

    def give(self, entity: int | None, rule: str) -> None:
        if self.donor is None and entity is not None and entity != self.recipient:
            self.donor, self.donor_rule = entity, rule

    def take(self, entity: int | None, rule: str) -> None:
        if self.recipient is None and entity is not None and entity != self.donor:
            self.recipient, self.recipient_rule = entity, rule


class FlowReader:
    """Reads the ends of the figures of one document."""

    def __init__(self, parse: Parse, actors: DocumentActors) -> None:
        self.parse = parse
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

    def take(self, found: Ends, token: Token, rule: str, near: bool = True) -> None:
        """Makes a phrase's actor the recipient; a body of no known state only in case no state answers.

        `near`: the phrase belongs to the figure, so that a group named there is who receives.
        """
        entity = self.single(token)
        if entity is None:
            lemma = token.lemma.lower()
            owner = next((self.payer(c) for c in token.children_by("compound", "amod", "poss", "nmod")), None)
            if lemma in _CROWDS and owner is not None and self._actors.entities[owner].actor_type == "country":
                found.take(owner, rule)  # "to Pakistan flood victims"
                return
            if lemma in _GROUPS and owner is not None and self._actors.entities[owner].country is None:
                found.weak = owner if found.weak is None else found.weak  # "four Central American democracies"
                return
            found.group = found.group or (near and lemma in _GROUPS)
            found.crowd = found.crowd or (near and lemma in _CROWDS)
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
            of_trade(self, context, found)
            return found
        if kind in ("price", "other"):
            return found
        if kind == "debt":
            of_debt(self, context, found)
            return found
        self._of_parenthesis(context, found)
        self._of_owner(context, found)
        if kind == "investment":
            self._of_neighbours(context, found)
        for carrier in context.carriers[:3]:
            self._of_noun(context, carrier, found, kind)
        self._of_neighbours(context, found)
        for n, verb in enumerate(context.verbs[:3]):
            if n and self._is_of_another(context, context.verbs[n - 1]):
                break
            if verb.lemma.lower() in _ASK:
                self._of_asking(context, verb, found, kind)
            else:
                self.of_verb(context, verb, found)
        if kind in ("aid", "loan", "investment"):
            self._of_words(context, found)
        return found

    def _of_owner(self, context: Context, found: Ends) -> None:
        """ "compared with Mexico's $7.7 billion", "Japan's $5 million": the side that the sentence's own verb is of."""
        owner = next((c for t in context.tokens for c in t.children_by("poss") if c not in context.tokens), None)
        first, tokens = context.tokens[0].index, self.parse.tokens
        if owner is None and first >= 2 and tokens[first - 1].lower in ("'s", "’s") and first - 2 >= context.left:
            owner = tokens[first - 2]
        if owner is None:
            self._of_gap(context, found)
            return
        holder = self.payer(owner)
        getting = any(v.lemma.lower() in _ASK | _GET for v in context.verbs[:2])
        getting = getting or (holder is not None and self._never_gives(holder))
        (found.take if getting else found.give)(holder, "the figure's owner")

    def _of_gap(self, context: Context, found: Ends) -> None:
        """ "lent Malawi $10 million and Chad $20 million": the verb and its giver are shared."""
        first, tokens = context.tokens[0].index, self.parse.tokens
        begins = self.parse.sentences[context.sentence].first
        if not begins < context.left <= first - 1 or tokens[first - 2].lower not in ("and", ","):
            return
        verb = next((t for t in reversed(tokens[begins : context.left]) if t.pos == "VERB"), None)
        before = self._actors.entity_at(tokens[context.left - 1])
        named = self._actors.entity_at(tokens[first - 1])
        if verb is not None and verb.lemma.lower() in _GIVE and named is not None and before is not named:
            found.take(self.single(tokens[first - 1]), f"{verb.lemma.lower()}, shared verb")

    def _never_gives(self, entity: int) -> bool:
        """Whether an entity is a state that is not known to give aid: "Egypt's $1.5 billion" is what it gets."""
        actor = self._actors.entities[entity]
        return actor.actor_type == "country" and actor.country not in GIVERS

    def _is_of_another(self, context: Context, verb: Token) -> bool:
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

    def _of_asking(self, context: Context, verb: Token, found: Ends, kind: str) -> None:
        """ "Mozambique appealed for $160 million", "a loan sought by Manila": the asker gets it.

        A state that only gives asks its parliament, and gives.
        """
        if verb.lemma.lower() == "call" and not any(p.lower == "for" for p in verb.children_by("prep")):
            return
        passive = verb.child("nsubjpass", "auxpass") is not None or (verb.tag == "VBN" and verb.dep == "acl")
        asker: Token | None = None
        for preposition in verb.children_by("prep", "agent"):
            target = preposition.child("pobj")
            if target is None or target in context.tokens or target in context.carriers:
                continue
            if preposition.lower == "from":
                self.take_giver(found, target, f"{verb.lemma.lower()} from")
            elif preposition.lower == "by" and passive:
                asker = target
            elif preposition.lower in ("for", "to") and verb.lemma.lower() in ("request", "seek", "want", "need"):
                self.take(found, target, f"{verb.lemma.lower()} {preposition.lower}")
        if not passive:
            asker = self.subject(verb)
        if asker is None or asker in context.tokens or asker in context.carriers:
            return
        entity = self.payer(asker)
        if entity is None and asker.pos == "NOUN" and asker is not verb.head:
            self._of_noun(context, asker, found, kind)  # "a U.S. program for Chad needed"
        self._asked_by(entity, found, kind, f"{verb.lemma.lower()}s it")

    def _asked_by(self, entity: int | None, found: Ends, kind: str, rule: str) -> None:
        if entity is None:
            return
        gives = is_mainly_giver(self._actors.entities[entity].country)
        if gives and (kind != "loan" or found.recipient not in (None, entity)):
            found.give(entity, f"{rule}, as a giver")
        elif self._actors.entities[entity].actor_type not in ("igo", "ngo"):
            found.take(entity, rule)

    def _of_noun(self, context: Context, carrier: Token, found: Ends, kind: str) -> None:
        """ "U.S. aid to Kazakhstan", "a World Bank loan for Manila", "a grant from Japan"."""
        for child in carrier.children:
            if child.dep in ("compound", "amod", "poss", "nmod") and child.index < carrier.index:
                holder = self.payer(child)
                if holder is None and child.dep in ("compound", "nmod") and child not in context.tokens:
                    # "World Bank project loans": the name hangs on the noun between
                    inner = next(iter(child.children_by("compound", "amod", "nmod")), None)
                    holder = self.payer(inner) if inner is not None else None
                if holder is None or self._is_apart(child, carrier):
                    continue
                if carrier.lemma.lower() in ("debt", "arrears", "borrowing", "repayment", "deficit"):
                    found.take(holder, "noun's owner")
                elif carrier.lemma.lower() == "loan" and any(v.lemma.lower() in _HOLD for v in context.verbs[:1]):
                    found.take(holder, "noun's owner, of loans held")
                elif carrier.lemma.lower() in _GROUPS | {"project", "budget"}:
                    continue
                elif carrier.lemma.lower() in _ASKED:
                    self._asked_by(holder, found, kind, f"owner of the {carrier.lemma.lower()}")
                elif self._never_gives(holder) and not any(
                    p.lower in ("to", "for", "from", "by") for p in carrier.children_by("prep")
                ):
                    found.take(holder, "noun's owner, who gives nothing")
                else:
                    found.give(holder, "noun's owner")
            elif child.dep == "prep" and child.index > carrier.index:
                self._of_preposition(child, found, "noun's complement")
            elif child.dep in ("acl", "relcl"):
                if child.lemma.lower() in _ASK:
                    self._of_asking(context, child, found, kind)
                else:
                    self.of_verb(context, child, found)
        before = self.parse.tokens[carrier.index - 1] if carrier.index else carrier
        last = context.tokens[-1].index
        while last < before.index and before.pos in ("NOUN", "ADJ", "VERB"):  # "IMF standby credits", misread
            before = self.parse.tokens[before.index - 1]
        if last < before.index < carrier.index - 1 and before.pos == "PROPN" and (named := self._lender_at(before)):
            found.give(named, "name before the noun")

    def _is_apart(self, owner: Token, carrier: Token) -> bool:
        """Whether a comma or a preposition stands between a noun and a name that was read as its modifier."""
        between = self.parse.tokens[owner.index + 1 : carrier.index]
        return any(t.text == "," or (t.pos == "ADP" and t.dep == "prep") for t in between) and owner.dep != "poss"

    def _lender_at(self, token: Token) -> int | None:
        entity = self._actors.entity_at(token)
        return entity.index if entity is not None and entity.actor_type == "igo" else None

    def take_giver(self, found: Ends, token: Token, rule: str) -> None:
        """Makes a phrase's actor the donor, or notes that a group without a name gives."""
        entity = self.payer(token)
        if entity is None:
            found.given_by_group = found.given_by_group or (
                found.donor is None and token.lemma.lower() in _GROUPS | _CROWDS
            )
        elif self._actors.entities[entity].actor_type == "person":
            found.weak_donor = entity if found.weak_donor is None else found.weak_donor
        else:
            found.give(entity, rule)

    def _of_preposition(self, preposition: Token, found: Ends, rule: str) -> None:
        target = preposition.child("pobj")
        if target is None:
            return
        word = preposition.lower
        if word == "for" and any(c.pos == "PRON" for c in target.children_by("poss")):
            return  # "for its army": what it is for
        if word in ("to", "for", "into"):
            self.take(found, target, rule)
        elif word in ("from", "by"):
            self.take_giver(found, target, rule)
        elif word == "in" and target.entity == "GPE" and preposition.head.pos != "VERB":
            self.take(found, target, rule)

    def _of_neighbours(self, context: Context, found: Ends) -> None:
        """Prepositions right behind the figure or its noun: "$25 million from the United Nations", "$5 million for Nepal"."""
        tokens = self.parse.tokens
        for i in range(context.tokens[-1].index + 1, min(context.right, context.tokens[-1].index + 22)):
            token = tokens[i]
            if token.text in (";", ":", "--", "—") or token.dep in ("relcl", "advcl", "ccomp"):
                break
            if token.pos == "VERB" and token.dep not in ("acl", "amod", "compound"):
                break
            above = token.head
            if above.pos == "VERB" and above.index > context.tokens[-1].index and above.lemma.lower() not in _MOVES:
                continue  # "under a program drawn up by the World Bank"
            if token.dep in ("prep", "agent", "dative") and token.child("pobj") is not None:
                self._of_preposition(token, found, "words beside")

    def _of_parenthesis(self, context: Context, found: Ends) -> None:
        """ "from Sri Lanka (7.1 mln dlrs) and Japan (800,000 dlrs)"."""
        tokens = self.parse.tokens
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
                    first = next((t for t in self.parse.sentence_tokens(context.sentence) if t.lower == "from"), None)
                    if first is not None and first.index < before:
                        found.give(holder, "parenthesis")

    def subject(self, verb: Token) -> Token | None:
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
                controller = verb.head.child("dobj") if verb.dep == "xcomp" else None
                if controller is not None and verb.head.index < controller.index < verb.index:
                    return controller  # "mandated a bank to arrange"
                verb = verb.head
                continue
            if verb.dep == "xcomp" and verb.head.pos == "ADJ" and verb.head.head.pos in ("VERB", "AUX"):
                verb = verb.head.head  # "is due to receive"
                continue
            if verb.dep == "pcomp" and verb.head.head.pos in ("VERB", "AUX"):
                verb = verb.head.head
                continue
            return None
        return None

    def of_verb(self, context: Context, verb: Token, found: Ends) -> None:
        lemma = verb.lemma.lower()
        inside = {t.index for t in context.tokens} | {c.index for c in context.carriers}
        passive = verb.child("nsubjpass", "auxpass") is not None or (verb.tag == "VBN" and verb.dep == "acl")
        takes_out = lemma == "take" and any(c.dep == "prt" and c.lower in ("out", "up", "on") for c in verb.children)
        if lemma in _GET or takes_out:
            subject = self.subject(verb)
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
                    self.take_giver(found, target, f"{lemma} from")
                elif target is not None and preposition.lower == "to" and lemma == "owe":
                    found.give(self.payer(target), "owe to")
                elif target is not None and preposition.lower == "to" and lemma == "repay":
                    self.take(found, target, "repay to")
            if lemma == "owe" and (creditor := verb.child("dative", "iobj")) is not None:
                found.give(self.payer(creditor), "object of owe")
            return
        if lemma in _WEIGH and (weighing := self.subject(verb)) is not None:
            entity = self.payer(weighing)
            if entity is not None and is_mainly_giver(self._actors.entities[entity].country):
                found.give(entity, f"subject of {lemma}")
            return
        if lemma in ("have", "hold") and any(c.lemma.lower() == "loan" for c in context.carriers):
            lender = self.subject(verb)
            if lender is not None and lender.index not in inside and not self._owes(lender):
                self.take_giver(found, lender, f"{lemma}s loans")
        holds_up = lemma == "hold" and any(c.lower == "up" or c.lower == "back" for c in verb.children)
        if lemma not in _GIVE or (lemma == "hold" and not holds_up):
            for preposition in verb.children_by("prep", "agent"):
                if preposition.lower in ("from", "to") and lemma in ("come", "go", "be", "flow", "amount", "total"):
                    self._of_preposition(preposition, found, f"{lemma} {preposition.lower}")
            return
        if passive:
            subject = verb.child("nsubjpass")
            if subject is not None and subject.index not in inside and verb.child("dobj", "oprd", "dative") is not None:
                self.take(found, subject, f"subject of {lemma}, passive")
        else:
            subject = self.subject(verb)
            joint = lemma in _MUTUAL and subject is not None and bool(subject.children_by("conj"))
            if lemma in _MUTUAL and subject is not None and subject.index not in inside:
                joint = joint or self._signed_with(verb, subject, found)
            if subject is not None and subject.index not in inside and not joint:
                self.take_giver(found, subject, f"subject of {lemma}")
        for child in verb.children:
            if child.dep == "dative":
                target = child.child("pobj") or child
                self.take(found, target, f"object of {lemma}")
            elif child.dep == "agent" and (target2 := child.child("pobj")) is not None:
                self.take_giver(found, target2, f"{lemma} by")
            elif child.dep == "dobj" and child.index not in inside and child.index < context.tokens[0].index:
                self.take(found, child, f"object of {lemma}")
            elif child.dep == "prep":
                if child.lower in ("to", "for"):
                    self._of_preposition(child, found, f"{lemma} {child.lower}")

    def _owes(self, token: Token) -> bool:
        """Whether a phrase is a state itself, which has the loans that it was given."""
        entity = self._actors.entity_at(token)
        return entity is not None and entity.actor_type == "country"

    def of_payment(self, context: Context, verb: Token, found: Ends) -> None:
        """ "Mexico repaid the IMF $500 million": who pays is the donor."""
        lemma = verb.lemma.lower()
        subject = self.subject(verb)
        if subject is not None:
            found.give(self.payer(subject), f"subject of {lemma}")
        for child in verb.children_by("dative", "prep", "dobj"):
            target = child.child("pobj") if child.pos == "ADP" else child
            if target is not None and child.lower in ("to", target.lower) and target not in context.tokens:
                self.take(found, target, f"{lemma} to")

    def _signed_with(self, verb: Token, subject: Token, found: Ends) -> bool:
        """ "Mexico signed a loan with the Inter-American Development Bank": the lender is who lends by trade."""
        others = [
            p for p in verb.subtree() if p.dep == "prep" and p.lower in ("with", "from") and p.sentence == verb.sentence
        ]
        signs_for = any(p.lower == "for" and p.index > verb.index for p in verb.children_by("prep"))
        for preposition in others:
            target = preposition.child("pobj")
            other = self.payer(target) if target is not None else None
            mine = self.payer(subject)
            if other is None or mine is None:
                continue
            ours, theirs = self._actors.entities[mine].actor_type, self._actors.entities[other].actor_type
            state, other_state = (self._actors.entities[i].country for i in (mine, other))
            lends = (
                theirs in _LENDERS
                or signs_for
                or preposition.lower == "from"
                or (is_mainly_giver(other_state) and not is_mainly_giver(state))
            )
            if lends and ours not in _LENDERS:
                found.give(other, f"{verb.lemma.lower()} with")
                found.take(mine, f"subject of {verb.lemma.lower()}")
                return True
        return False

    def _of_words(self, context: Context, found: Ends) -> None:
        """Last resort within the sentence: "between X and Y", "to X", "from X" anywhere, the subject that gives."""
        tokens = self.parse.sentence_tokens(context.sentence)
        for token in tokens:
            if token.dep in ("prep", "agent", "dative") and (target := token.child("pobj")) is not None:
                if token.index >= context.right and token.head.pos not in ("VERB", "AUX"):
                    continue  # of the next figure
                if token.lower == "from" and target.entity != "DATE" and not found.given_by_group:
                    found.give(self.payer(target), "from, in the sentence")
                elif token.lower == "to" and token.index > tokens[0].index and self._leads_money(context, token):
                    self.take(found, target, "to, in the sentence", near=False)
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
