"""Walking along a journal: cases met, bounded, in its order."""

from collections import Counter
from datetime import UTC, datetime, timedelta
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from domain.changes import Walk
from domain.log import StoredEvent

START = datetime(2026, 1, 5, tzinfo=UTC)
TOPICS = ("payment-made", "task-set", "entry-corrected")


def event(position, case, topic):
    nil = UUID(int=0)
    at = START + timedelta(seconds=position)
    return StoredEvent(
        nil, position, UUID(int=case), 1, nil, topic, 1, at, "m", nil, None, None, b"", b""
    )


journals = st.lists(st.tuples(st.integers(1, 6), st.sampled_from(TOPICS)), max_size=60)


@given(journals, st.integers(1, 4))
def test_pages_of_any_size_count_every_event_once_and_in_order(journal, cases_max):
    events = [event(at, case, topic) for at, (case, topic) in enumerate(journal, start=1)]
    left, counted, pages = list(events), Counter(), 0
    while left:
        walk = Walk(cases_max)
        taken = 0
        while taken < len(left) and walk.take(left[taken]):
            taken += 1
        page = walk.cases()
        assert taken > 0
        assert 1 <= len(page) <= cases_max
        firsts = [each.first_position for each in page]
        assert firsts == sorted(firsts)
        stretch, left = left[:taken], left[taken:]
        for each in page:
            own = [one for one in stretch if one.stream == each.case_id]
            assert (each.first_position, each.last_position) == (own[0].position, own[-1].position)
            assert each.last_recorded_at == own[-1].recorded_at
            assert each.events == len(own)
            assert each.topics == Counter(one.topic for one in own)
            counted.update({(each.case_id, topic): n for topic, n in each.topics.items()})
        # It ended where a case would have been one too many, and nowhere else.
        assert not left or left[0].stream not in {each.case_id for each in page}
        pages += 1
    assert counted == Counter((one.stream, one.topic) for one in events)
