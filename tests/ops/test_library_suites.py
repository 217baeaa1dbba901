"""The `eventsourcing` library's own shipped test cases, unmodified, on our recorders."""

from typing import ClassVar
from uuid import UUID, uuid4

import pytest
from eventsourcing.application import AggregateNotFoundError, Application
from eventsourcing.domain import Aggregate
from eventsourcing.persistence import (
    IntegrityError,
    NotSupportedError,
    ProgrammingError,
    Tracking,
)
from eventsourcing.tests import persistence as suites
from eventsourcing.tests import projection as projections
from eventsourcing.utils import Environment, get_topic

from ops.postgres.recorder import JournalFactory
from ops.postgres.recorders import (
    JournalAggregateRecorder,
    JournalApplicationRecorder,
    JournalProcessRecorder,
    JournalTrackingRecorder,
)

MODULE = "ops.postgres.recorder"


@pytest.fixture
def env(database):
    return {
        "PERSISTENCE_MODULE": MODULE,
        "DATABASE_URL": database,
        "MINGZHANG_ORGANISATION": str(uuid4()),
        # An event-sourced projection has a journal of its own.
        "COUNTERS_MINGZHANG_ORGANISATION": str(uuid4()),
    }


@pytest.fixture
def factory(env):
    factory = JournalFactory.construct(Environment(env=env))
    yield factory
    factory.close()


class OnOurLog:
    """Runs a unittest case of the library once on each server.

    unittest cases take no pytest parameters, so each is run inside a pytest test.
    """

    factory: JournalFactory
    env: ClassVar[dict[str, str]] = {}
    expected_factory_topic = f"{MODULE}:JournalFactory"


class AggregateRecorder(OnOurLog, suites.AggregateRecorderTestCase):
    __test__ = False

    def create_recorder(self):
        return self.factory.aggregate_recorder()


class ApplicationRecorder(OnOurLog, suites.ApplicationRecorderTestCase):
    __test__ = False

    def create_recorder(self):
        return self.factory.application_recorder()

    def test_insert_subscribe(self):
        self.optional_test_insert_subscribe()


class TrackingRecorder(OnOurLog, suites.TrackingRecorderTestCase):
    __test__ = False

    def create_recorder(self):
        return self.factory.tracking_recorder()


class ProcessRecorder(OnOurLog, suites.ProcessRecorderTestCase):
    __test__ = False

    def create_recorder(self):
        return self.factory.process_recorder()


class NonInterleaving(OnOurLog, suites.NonInterleavingNotificationIDsBaseCase):
    __test__ = False

    def create_recorder(self):
        return self.factory.application_recorder()


class CountersView(JournalTrackingRecorder, projections.EventCountersView):
    """Counts in memory; how far it has counted is in the log's database."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.created = self.subsequent = 0

    def get_created_event_counter(self):
        return self.created

    def get_subsequent_event_counter(self):
        return self.subsequent

    def incr_created_event_counter(self, tracking):
        self.insert_tracking(tracking)
        self.created += 1

    def incr_subsequent_event_counter(self, tracking):
        self.insert_tracking(tracking)
        self.subsequent += 1


class View(OnOurLog, projections.EventCountersViewTestCase):
    __test__ = False

    def construct_event_counters_view(self):
        return self.factory.tracking_recorder(CountersView)


class Projections(OnOurLog, projections.AggregateEventCountersProjectionTestCase):
    __test__ = False
    view_class = CountersView


class EventSourcedProjections(OnOurLog, projections.EventSourcedProjectionTestCase):
    __test__ = False


CASES = (
    AggregateRecorder,
    ApplicationRecorder,
    TrackingRecorder,
    ProcessRecorder,
    NonInterleaving,
    View,
    Projections,
    EventSourcedProjections,
)


SHIPPED = [
    pytest.param(case, name, id=f"{case.__name__}-{name}")
    for case in CASES
    for name in dir(case)
    if name.startswith("test")
]


@pytest.mark.parametrize(("case", "name"), SHIPPED)
def test_the_shipped_case_passes(case, name, factory, env, monkeypatch):
    monkeypatch.setattr(case, "factory", factory, raising=False)
    monkeypatch.setattr(case, "env", env)
    one = case(name)
    one.setUp()
    try:
        getattr(one, name)()
    finally:
        one.tearDown()
        one.doCleanups()


class Wallet(Aggregate):
    """An aggregate as the library's users write it."""

    balance = 0

    class Paid(Aggregate.Event):
        amount: int

        def apply(self, aggregate):
            aggregate.balance += self.amount


def test_the_librarys_application_and_repository_run_on_our_log(env):
    with Application[UUID](env=env) as app:
        assert get_topic(type(app.factory)) == OnOurLog.expected_factory_topic
        first, second = Wallet(), Wallet()
        first.trigger_event(Wallet.Paid, amount=5)
        recordings = app.save(first, second)
        assert [recording.notification.id for recording in recordings] == [1, 2, 3]
        stale = app.repository.get(first.id)
        fresh = app.repository.get(first.id)
        fresh.trigger_event(Wallet.Paid, amount=7)
        app.save(fresh)
        stale.trigger_event(Wallet.Paid, amount=1)
        with pytest.raises(IntegrityError):
            app.save(stale)
        assert app.repository.get(first.id).balance == 12
        assert app.repository.get(first.id, version=2).balance == 5
        with pytest.raises(AggregateNotFoundError):
            app.repository.get(uuid4())
        assert [item.id for item in app.notification_log["1,10"].items] == [1, 2, 3, 4]


def test_the_factory_makes_what_it_is_asked_for(factory):
    assert type(factory.aggregate_recorder()) is JournalAggregateRecorder
    assert type(factory.application_recorder()) is JournalApplicationRecorder
    assert type(factory.tracking_recorder()) is JournalTrackingRecorder
    assert type(factory.process_recorder()) is JournalProcessRecorder
    factory.env["TRACKING_RECORDER_TOPIC"] = get_topic(CountersView)
    assert type(factory.tracking_recorder()) is CountersView
    factory.env["PROCESS_RECORDER_TOPIC"] = get_topic(CountersView)
    with pytest.raises(ProgrammingError, match="is not a JournalProcessRecorder"):
        factory.process_recorder()
    with pytest.raises(NotSupportedError, match="snapshots"):
        factory.aggregate_recorder(purpose="snapshots")


def test_two_projections_of_one_application_do_not_share_their_place(factory):
    ones = [
        JournalTrackingRecorder(factory.bridge, factory.organisation, name) for name in ("a", "b")
    ]
    ones[0].insert_tracking(Tracking("app", 7))
    assert [one.max_tracking_id("app") for one in ones] == [7, None]


def test_a_missing_variable_is_named():
    with pytest.raises(OSError, match="DATABASE_URL"):
        JournalFactory.construct(Environment(env={"PERSISTENCE_MODULE": MODULE}))
