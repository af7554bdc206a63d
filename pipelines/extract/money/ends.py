"""Both ends of a flow of money, as its reading finds them."""

from __future__ import annotations

from dataclasses import dataclass


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
        """Makes an entity the donor, where none is known and it is not the recipient."""
        if self.donor is None and entity is not None and entity != self.recipient:
            self.donor, self.donor_rule = entity, rule

    def take(self, entity: int | None, rule: str) -> None:
        """Makes an entity the recipient, where none is known and it is not the donor."""
        if self.recipient is None and entity is not None and entity != self.donor:
            self.recipient, self.recipient_rule = entity, rule
