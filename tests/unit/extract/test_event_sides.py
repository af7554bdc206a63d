"""Who does what to whom where words alone do not say: pronouns, groups, control, the other side of rebels."""

import pytest

from tests.unit.extract.reading import event, facts_of, named


@pytest.mark.parametrize(
    ("text", "event_type", "sources", "recipients"),
    [
        # "I" of a speaker is himself
        ('"I thank Kenya," Norwegian Foreign Minister Anna Berg said.', "SUPPORT", ["Anna Berg"], ["Kenya"]),
        ("Kenyan troops attacked rebel forces near the town.", "ASSAULT", ["Kenya"], ["rebel forces"]),
        ("Somali rebel forces shelled the town.", "ASSAULT", ["Somali rebel forces"], ["Somalia"]),
        ("Israel's Finance Ministry gave Chad food aid.", "AID", ["Finance Ministry"], ["Chad"]),
        ("Two Kenyan diplomats were expelled from Chad on Monday.", "SANCTION", ["Chad"], ["Kenya"]),
        ("Norway announced the release of two Kenyan prisoners.", "RETREAT", ["Norway"], ["Kenya"]),
        ("Chad warned that it is ready to hit back against U.S. provocations.", "THREATEN", ["Chad"], ["United States"]),
        ("Syria complained to the United Nations that Israel had closed the port.", "ACCUSE", ["Syria"], ["Israel"]),
        (
            "The Kenyan minister met the Norwegian ambassador, along with envoys of Chad.",
            "CONSULT",
            ["Kenya"],
            ["Norway", "Chad"],
        ),
        ("Kenyan President John Otieno called Somali President Ali Warsame on Tuesday.", "CONSULT", ["John Otieno"], ["Ali Warsame"]),
        ("Kenya lent Chad 20 million dollars.", "AID", ["Kenya"], ["Chad"]),
        ("Kenya forgave Chad's debt.", "AID", ["Kenya"], ["Chad"]),
        ("Kenya pulled its forces out of Chad.", "RETREAT", ["Kenya"], ["Chad"]),
        ("Kenyan forces drove Chadian troops out of the town.", "ASSAULT", ["Kenya"], ["Chad"]),
        ("Kenyan troops pushed into Chad.", "ASSAULT", ["Kenya"], ["Chad"]),
        ("Kenyan and Chadian troops clashed near the river.", "ASSAULT", ["Kenya", "Chad"], []),
        ("A bomb exploded outside the Chadian embassy, wounding two guards.", "ASSAULT", [], ["Chad"]),
        ("Kenya fired rockets at Chad.", "ASSAULT", ["Kenya"], ["Chad"]),
        ("Kenya massed troops on the border with Chad.", "MOBILIZE", ["Kenya"], ["Chad"]),
        ("Kenya called Chad a threat to peace.", "ACCUSE", ["Kenya"], ["Chad"]),
        ("Kenya lashed out at Chad.", "ACCUSE", ["Kenya"], ["Chad"]),
        ("Kenya condemned this provocation by Chad.", "ACCUSE", ["Kenya"], ["Chad"]),
        ("Kenya walked out of talks with Chad.", "REJECT", ["Kenya"], ["Chad"]),
        ("Kenya opened its airspace to Chadian planes.", "COOPERATE", ["Kenya"], ["Chad"]),
        ("Kenya seized a Chadian ship.", "COERCE", ["Kenya"], ["Chad"]),
    ],
)  # fmt: skip
def test_sides(text: str, event_type: str, sources: list[str], recipients: list[str]) -> None:
    facts = facts_of(text)
    found = event(facts, event_type)
    assert named(facts, found.sources) == sources
    assert named(facts, found.recipients) == recipients


@pytest.mark.parametrize(
    ("sentence", "event_type"),
    [
        ("Kenya launched air strikes on Chad.", "ASSAULT"),
        ("The European Union hit Belarus with new sanctions.", "SANCTION"),
        ("Kenya proposed talks with Somalia.", "AGREE"),
        ("Kenya is going to withdraw from the treaty with Somalia.", "REJECT"),
    ],
)
def test_what_stands_beside_a_verb_tells_the_act(sentence: str, event_type: str) -> None:
    assert [e.event_type for e in facts_of(sentence).events] == [event_type]


@pytest.mark.parametrize(
    "sentence",
    [
        "The Norwegian government killed the bill.",
        "Germany and China did not want to give up the money.",
        "Norwegian officials concede that the road is bad.",
        "Norway vowed that it had kept the treaty.",
        "A Norwegian company supplied oil worth $5 million to Kenya.",
        "Norwegian Foreign Minister Anna Berg retreated to an old excuse.",
        "Trade with Kenya fell after the release of the report.",
    ],
)
def test_figures_of_speech_and_trade_are_no_events(sentence: str) -> None:
    assert facts_of(sentence).events == []


@pytest.mark.parametrize(
    ("sentence", "event_type", "factuality"),
    [
        ("Norway is going to visit Kenya.", "CONSULT", "planned"),
        ("Whether Kenya decides to strike Somalia will depend on the talks.", "ASSAULT", "possible"),
        ("Norway may send troops after the attack by Chad on Kenya.", "ASSAULT", "actual"),
        ("Kenya and Somalia are moving towards talks.", "CONSULT", "planned"),
    ],
)
def test_what_governs_an_act_tells_whether_it_took_place(sentence: str, event_type: str, factuality: str) -> None:
    assert event(facts_of(sentence), event_type).factuality == factuality


@pytest.mark.parametrize(
    ("sentence", "event_type"),
    [
        ("Ethiopian troops seized Mogadishu on Friday.", "ASSAULT"),
        ("Rebels captured the town of Mostar in Bosnia.", "ASSAULT"),
        ("Kenyan police seized 300 rifles from Somali rebels on Monday.", "COERCE"),
        ("The Peruvian army captured three guerrillas near Lima.", "COERCE"),
    ],
)
def test_taking_ground_is_an_attack_taking_people_or_goods_is_coercion(sentence: str, event_type: str) -> None:
    assert [e.event_type for e in facts_of(sentence).events] == [event_type]


def test_seizing_on_a_chance_is_no_event() -> None:
    assert facts_of("Rebels seized on the chance of a storm in Kenya.").events == []


def test_who_is_blamed_stands_behind_on() -> None:
    for sentence in (
        "Kenya blamed the famine on Sudan.",
        "Kenya put the blame for the crisis in Chad on Sudan.",
    ):
        facts = facts_of(sentence)
        assert named(facts, event(facts, "ACCUSE").recipients) == ["Sudan"]


def test_one_attack_is_told_by_its_noun_though_nobody_says_whose() -> None:
    facts = facts_of("People in Oslo remember the attack on the Kenyan embassy last week.")
    assert named(facts, event(facts, "ASSAULT").recipients) == ["Kenya"]
    assert not facts_of("Guards prepare for the event of the attack on the Kenyan embassy.").events


def test_two_that_meet_are_found_though_the_parser_hangs_both_on_between() -> None:
    facts = facts_of(
        "They spoke after a summit between South Korean President Moon Jae-in and U.S. President Donald Trump."
    )
    assert set(named(facts, event(facts, "CONSULT").sources)) == {"Moon Jae-in", "Donald Trump"}


@pytest.mark.parametrize(
    ("sentence", "event_type", "both"),
    [
        ("Foreign ministers of Kenya and Chad discussed the crisis.", "CONSULT", {"Kenya", "Chad"}),
        ("Kenyan-Chadian talks opened in Geneva.", "CONSULT", {"Kenya", "Chad"}),
        ("Fighting between Kenyan and Chadian troops erupted on Monday.", "ASSAULT", {"Kenya", "Chad"}),
        ("A cease-fire between Kenya and Chad took effect.", "RETREAT", {"Kenya", "Chad"}),
        ("The agreement between Kenya and Chad was signed on Monday.", "AGREE", {"Kenya", "Chad"}),
    ],
)
def test_acts_of_both_sides_have_both(sentence: str, event_type: str, both: set[str]) -> None:
    facts = facts_of(sentence)
    assert set(named(facts, event(facts, event_type).sources)) == both


def test_those_who_die_in_an_attack_are_its_victims() -> None:
    facts = facts_of("Six Chadian soldiers died in an attack by Kenyan rebels.")
    assert named(facts, event(facts, "ASSAULT").recipients) == ["Chad"]


def test_fire_over_a_deal_is_criticism() -> None:
    facts = facts_of("Kenya came under fire from Chad over the deal.")
    found = event(facts, "ACCUSE")
    assert (named(facts, found.sources), named(facts, found.recipients)) == (["Chad"], ["Kenya"])


def test_what_a_threat_is_about_has_not_happened() -> None:
    found = facts_of("Kenya repeated its threat to attack Chad on Monday.").events
    assert "ASSAULT" not in {e.event_type for e in found}
    assert "ASSAULT" in {e.event_type for e in facts_of("Kenya attacked Chad on Monday.").events}


@pytest.mark.parametrize(
    ("sentence", "events"),
    [
        ('President Daniel Otieno called Chadian President Ali Warsame "a gift".', []),
        ("Kenya and Chad agreed on cooperation.", ["AGREE"]),
        ("Kenya signed accords on border cooperation with Chad.", ["AGREE"]),
        ("Kenya praised Chad in a spirit of cooperation.", ["SUPPORT"]),
        ("The Reserve Bank of Kenya offered treasury notes on Monday.", []),
        ("Kenya offered Chad a loan of $5 million.", ["AGREE"]),
        ("Kenya offered to mediate between Chad and Norway.", ["AGREE"]),
    ],
)
def test_words_inside_another_act_are_none_of_their_own(sentence: str, events: list[str]) -> None:
    assert [e.event_type for e in facts_of(sentence).events] == events


def test_a_demand_is_made_by_saying_it() -> None:
    assert event(facts_of("Kenya has said Chad must withdraw its troops."), "REQUEST").factuality == "actual"


def test_with_whose_help_is_not_against_whom() -> None:
    facts = facts_of("Kenya negotiated with Chad with the help of Norway on Monday.")
    assert facts.events
    assert all("Norway" not in named(facts, e.recipients) for e in facts.events)


def test_the_killing_of_somebody_is_not_his_act() -> None:
    facts = facts_of(
        "Former Italian Prime Minister Aldo Moro was kidnapped in Rome. Later the Moro killing shocked Italy."
    )
    killed = [e for e in facts.events if e.trigger == "killing"]
    assert killed
    assert all("Aldo Moro" not in named(facts, e.sources) for e in killed)


@pytest.mark.parametrize(
    "sentence",
    ["Norway opposed any sanctions on Chad.", "Norway's prime minister called for tougher sanctions on Chad."],
)
def test_whom_a_measure_would_hit_is_not_whom_it_is_asked_or_refused(sentence: str) -> None:
    facts = facts_of(sentence)
    acts = [e for e in facts.events if e.event_type in ("REJECT", "REQUEST")]
    assert acts
    assert all("Chad" not in named(facts, e.recipients) for e in acts)
