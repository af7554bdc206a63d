"""Sets of reports made by pattern: what is known of how one flow is told, with the chances of news (years left out, sums rounded).

The written sets hold each way of telling once or twice, too seldom to be learnt from; here each comes ten times with other sums,
days, purposes and kinds. Only ever learnt from: what the decision is worth is measured on written sets.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from training.flows import one_flow, several_flows
from training.flows.world import Line, World

EACH = 10


PATTERNS: tuple[Callable[[World], None], ...] = (
    one_flow.retold,
    one_flow.retold_without_purpose,
    several_flows.total_of_purposes,
    one_flow.promise_in_other_money,
    several_flows.again_after_a_year,
    several_flows.other_finance,
    one_flow.repaid,
    one_flow.undone,
    several_flows.cut_and_given,
    one_flow.promise_and_payment,
    one_flow.running_payments,
    several_flows.since_long,
    several_flows.whole_and_parts,
    several_flows.sum_by_chance,
    one_flow.programme_and_year,
    one_flow.rate,
    several_flows.further,
    several_flows.same_sum_again,
    several_flows.two_in_one_report,
    several_flows.other_purpose,
    one_flow.disputed,
    one_flow.corrected,
    one_flow.promise_changed,
    several_flows.promise_changed_of_another_purpose,
    several_flows.part_of_request,
    several_flows.year_by_year,
    several_flows.two_years_in_one_week,
    one_flow.rounded,
    one_flow.converted,
    one_flow.tranches,
    one_flow.instalments,
    several_flows.appeal,
    one_flow.granted_request,
    several_flows.whole_of_another_year,
    several_flows.small_then_larger_promise,
    several_flows.linked,
    one_flow.promise_retold,
    one_flow.promise_kept,
    several_flows.named_days,
    one_flow.reported_later_with_its_year,
    several_flows.two_loans,
    several_flows.sector_of_the_text,
    several_flows.within_a_sector,
    several_flows.goods_arrive,
    several_flows.brings_to,
    several_flows.asked_again,
    one_flow.about_then_exact,
    one_flow.promised_then_signed,
    several_flows.years_before_a_promise,
    one_flow.asked_for_then_signed,
    several_flows.years_before_a_request,
    several_flows.whole_of_a_later_year,
)


def lines() -> Iterator[Line]:
    """All made sets, the same at every call."""
    for pattern in PATTERNS:
        for seed in range(EACH):
            world = World(pattern.__name__, seed)
            pattern(world)
            yield from world.lines
