"""The yardstick: the `eventsourcing` library's own PostgreSQL recorder, as it ships."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from uuid import UUID, uuid4

from eventsourcing.persistence import JSONTranscoder, StoredEvent
from eventsourcing.postgres import PostgresApplicationRecorder, PostgresDatastore

SCHEMA = "stock"
PART = 500


class Stock:
    """The library's recorder with tables of its own, in the same database as ours."""

    def __init__(self, socket_dir: str, database: str, user: str) -> None:
        """Make its tables. One connection for each of eight threads."""
        self.datastore = PostgresDatastore(
            dbname=database,
            host=socket_dir,
            port="5432",
            user=user,
            password="",
            pool_size=8,
            max_overflow=2,
            schema=SCHEMA,
        )
        self.recorder = PostgresApplicationRecorder(self.datastore)
        self.recorder.create_table()
        self.threads = ThreadPoolExecutor(8)
        self.transcoder = JSONTranscoder()

    def append_one(self, body: bytes) -> None:
        """One event in one transaction."""
        event = StoredEvent(
            originator_id=uuid4(), originator_version=1, topic="note-added", state=body
        )
        self.recorder.insert_events([event])

    async def appends(self, count: int, body: bytes, callers: int) -> int:
        """`count` appends from `callers` threads; gives `count`."""

        def some(number: int) -> None:
            for _ in range(number):
                self.append_one(body)

        loop = asyncio.get_running_loop()
        share = count // callers
        work = [loop.run_in_executor(self.threads, some, share) for _ in range(callers)]
        await asyncio.gather(*work)
        return share * callers

    def fill(self, stream: UUID, bodies: list[bytes]) -> None:
        """Events to be replayed."""
        events = [
            StoredEvent(originator_id=stream, originator_version=n, topic="note-added", state=body)
            for n, body in enumerate(bodies, start=1)
        ]
        # In parts: the recorder's pipeline waits for ever on one insert of ten thousand events.
        for start in range(0, len(events), PART):
            self.recorder.insert_events(events[start : start + PART])

    async def replay(self, start: int, page: int = 500) -> int:
        """Read from a notification id in pages of 500 and decode; gives how many."""

        def read() -> int:
            done, at = 0, start
            while found := self.recorder.select_notifications(at, page, inclusive_of_start=False):
                for notification in found:
                    self.transcoder.decode(notification.state)
                done, at = done + len(found), found[-1].id
            return done

        return await asyncio.to_thread(read)

    def close(self) -> None:
        """Give the connections back."""
        self.threads.shutdown()
        self.datastore.close()
