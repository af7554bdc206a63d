"""Who tells of an act: the speaker of the quotation that it stands in, and not its own doer."""

from tests.unit.extract.reading import facts_of


def test_what_a_quotation_tells_is_attributed_to_its_speaker() -> None:
    facts = facts_of('"Ethiopia attacked Somalia on Friday," Kenyan President William Ruto said in Nairobi.')
    (event,) = [e for e in facts.events if e.event_type == "ASSAULT"]
    assert event.attributed_to is not None
    assert facts.entities[event.attributed_to].name == "William Ruto"
    assert [e.made_by for e in event.evidence if e.field == "attributed_to"] == ["direct quotation"]
