"""What the resolver found becomes mentions, entities and answers: coreference, once, before anybody asks."""

from __future__ import annotations

from dataclasses import replace

from pipelines.extract.actors.candidates import OWNERS, Candidate
from pipelines.extract.actors.document_actors import DocumentActors
from pipelines.extract.actors.options import STATE_KINDS, Option, group_first, states_told
from pipelines.extract.actors.resolve import Resolved, best_two
from pipelines.extract.facts import Who
from pipelines.language.parse import Token
from pipelines.reference.roles import actor_nouns
from pipelines.reference.word_lists import word_list

_STANDS = 0.5  # from here on a word that stands for an actor is a mention
_SURE = 0.4  # and that it stands for this one must be as likely
_GROUPS = {"armed": "armed_group", "party": "political_party", "group": "other_organization", "forces": "armed_forces",
           "government": "government_body"}  # fmt: skip
_FIRMS = word_list("actor_words.csv", "firms")
_MEDIA = word_list("actor_words.csv", "media")
_RELATIVES = frozenset({"who", "whom", "whose"})


def settle(actors: DocumentActors, resolved: Resolved | None) -> None:
    """Add what was resolved to the document's actors: mentions of what stands for an actor, an answer for each candidate."""
    for iso3 in states_told(actors):
        actors.state(iso3)
    if resolved is not None:
        settler = _Settler(actors, resolved)
        for i, candidate in enumerate(resolved.found):
            settler.add(i, candidate)
    _add_relatives(actors)


class _Settler:
    def __init__(self, actors: DocumentActors, resolved: Resolved) -> None:
        self.actors, self.resolved = actors, resolved
        self._entities: dict[int, int] = {}  # of groups, by option

    def add(self, at: int, candidate: Candidate) -> None:
        row = self.resolved.probabilities[at]
        stands = 1.0 - float(row[-1])
        best, second = best_two(row)
        if best < 0 or stands <= 0:
            return
        sure = float(row[best]) / stands
        entities = self._meant(self._together(best, candidate), candidate)
        runner_up = None
        if second >= 0 and (others := self._known(second)):
            runner_up = (others, round(float(row[second]) / stands, 3))
        mentions: tuple[int, ...] = ()
        if stands >= _STANDS and stands * sure >= _SURE:
            mentions = self._mention(candidate, entities, stands * sure)
        self.actors.answer(candidate.head, Who(entities, mentions, round(sure, 3), runner_up, round(stands, 3)))

    def _meant(self, option: int, candidate: Candidate) -> tuple[int, ...]:
        """Entities of an option; a group is made one here."""
        known = self._known(option)
        if known:
            return known
        chosen = self.resolved.options.all[option]
        if chosen.members:
            return tuple(e for m in chosen.members for e in self._meant(m, candidate))
        if chosen.country:
            return (self.actors.state(chosen.country),)
        entity = self.actors.unnamed_group(chosen.name, _kind(chosen))
        self._entities[option] = entity
        group = self.actors.entities[entity]
        if group.country is None and (iso3 := self._state_in(chosen)) is not None:
            group.country, group.country_basis = iso3, "told"
        return (entity,)

    def _state_in(self, group: Option) -> str | None:
        """The one state that a group's own words tell: of "British banks", not of "pro-Russian insurgents" or "Brazil's creditors"."""
        tokens = self.actors.parse.tokens
        head = tokens[group.first]
        options = self.resolved.options
        states = set()
        for token in tokens[group_first(head).index : head.index]:
            for option in options.of_token.get(token.index, ()):
                if options.all[option].kind in STATE_KINDS:
                    if token.index in self.actors.not_owners:
                        return None
                    states.add(options.all[option].country)
        return states.pop() if len(states) == 1 else None

    def _together(self, option: int, candidate: Candidate) -> int:
        """ "Kenyan and Chadian troops" are of both where they are of one."""
        if not candidate.is_plural or candidate.is_pronoun:
            return option
        for link, token in candidate.links:
            together = self.resolved.options.set_at.get(token.index, -1) if link in OWNERS else -1
            if together >= 0 and option in self.resolved.options.all[together].members:
                return together
        return option

    def _known(self, option: int) -> tuple[int, ...]:
        """Entities of an option that is one already; none where it is not."""
        chosen = self.resolved.options.all[option]
        if chosen.members:
            known = [self._known(m) for m in chosen.members]
            return tuple(e for k in known for e in k) if all(known) else ()
        if chosen.entity >= 0:
            return (chosen.entity,)
        if chosen.country:
            state = self.actors.known_state(chosen.country)
            return () if state is None else (state,)
        return (self._entities[option],) if option in self._entities else ()

    def _mention(self, candidate: Candidate, entities: tuple[int, ...], probability: float) -> tuple[int, ...]:
        if candidate.is_pronoun:
            tokens, kind = [candidate.head], "pronoun"
        else:
            tokens, kind = self._words(candidate.head, entities), "nominal"
        probability = round(probability, 3)
        return tuple(self.actors.add_mention(e, tokens, kind, probability=probability).index for e in entities)

    def _words(self, head: Token, entities: tuple[int, ...]) -> list[Token]:
        """A noun with the words before it that belong to it; a name of somebody else stays outside."""
        first = group_first(head)
        tokens = self.actors.parse.tokens
        for i in range(head.index - 1, first.index - 1, -1):
            there = self.actors.mention_at(tokens[i])
            if there is not None and there.entity not in entities:
                first = tokens[i + 1]
                break
        return tokens[first.index : head.index + 1]


def _kind(option: Option) -> str:
    """The actor type of a group, by its noun."""
    if option.lemma in _FIRMS:
        return "company"
    if option.lemma in _MEDIA:
        return "media"
    return _GROUPS.get(actor_nouns().get(option.lemma, ""), "population")


def _add_relatives(actors: DocumentActors) -> None:
    """ "Who" stands for whom the noun before it does."""
    for token in actors.parse.tokens:
        if token.tag not in ("WP", "WP$", "WDT") or token.lower not in _RELATIVES | {"which", "that"}:
            continue
        clause = next((a for a in (token, *token.ancestors()) if a.dep == "relcl"), None)
        if clause is None or clause.is_root:
            continue
        meant = actors.who(clause.head.index)
        if meant is None:
            continue
        mentions: tuple[int, ...] = ()
        if token.lower in _RELATIVES and meant.stands >= _STANDS:
            mentions = tuple(
                actors.add_mention(e, [token], "pronoun", probability=round(meant.probability, 3)).index
                for e in meant.entities
            )
        actors.answer(token, replace(meant, mentions=mentions))
