"""What can happen in a debt case and what it means.

Pure: standard library, msgspec and the `eventsourcing` library's domain types. No I/O, no
clock, no chance, no settings. What the outside has to provide (the event log, sealing, keys)
stands here as ports that `ops` implements.
"""
