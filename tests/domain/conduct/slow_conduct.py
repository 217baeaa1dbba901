"""The checks on conduct once more, slowly and plainly: for each rule, walk the whole log.

Shares no code with `domain/conduct`: hours are compared as text, days are cut from text, and
every count starts from nothing for every contact.
"""

from zoneinfo import ZoneInfo

GBT, CBA, CFC, PIPL = "2025-02-28", "2026-01-30", "2024-04-18", "2021-11-01"
MEMBERS = ("bank", "consumer-finance")
THIRD = ("family", "friend", "employer", "stranger", "other")


def local(contact):
    return contact.occurred_at.astimezone(ZoneInfo(contact.zone)).strftime("%Y-%m-%d %H:%M:%S")


def breaches(log, classes):
    """Set of (rule, lender, first entry's day, entries, established) of a log.

    `log`: lists by name; contacts are (id, fact). `classes`: lender to class.
    """
    contacts = sorted(log["contacts"], key=lambda each: (each[1].occurred_at, each[0].int))
    dropped = {same for fact in log["same"] for same in fact.same_ids}
    contacts = [each for each in contacts if each[0] not in dropped]
    theirs = [e for e in contacts if e[1].initiated_by in ("lender", "collector")]
    found = set()
    for entry_id, contact in theirs:
        for rule, established in one(entry_id, contact, contacts, log):
            note(found, rule, classes, [(entry_id, contact)], established=established)
    for rule, group, established in grouped(theirs, log):
        note(found, rule, classes, group, established=established)
    return found


def note(found, rule, classes, group, *, established):
    first = group[0][1]
    lender, day = first.on_behalf_of, local(first)[:10]
    start, members = SINCE[rule]
    if day < start:
        return
    kind = classes.get(lender, "unknown")
    if members and kind not in (*members, "unknown"):
        return
    known = not members or kind != "unknown"
    entries = tuple(entry_id for entry_id, _ in group)
    found.add((rule, lender, day, entries, established and known))


SINCE = {
    "night-gbt": (GBT, None),
    "night-cba": (CBA, MEMBERS),
    "calls-a-day-gbt": (GBT, None),
    "attempts-a-day-cba": (CBA, MEMBERS),
    "third-party-consumer-finance": (CFC, ("consumer-finance",)),
    "third-party-gbt": (GBT, None),
    "third-party-cba": (CBA, MEMBERS),
    "debt-disclosed-pipl": (PIPL, None),
    "debt-disclosed-gbt": (GBT, None),
    "after-objection-gbt": (GBT, None),
    "visitors-cba": (CBA, MEMBERS),
    "words-and-ways-cba": (CBA, MEMBERS),
    "published-pipl": (PIPL, None),
    "private-life": ("2021-01-01", None),
    "unlawful-collection-crime": ("2021-03-01", None),
}


def one(entry_id, contact, contacts, log):  # noqa: C901 - a list of rules, one after another
    clock = local(contact)[11:]
    if (clock >= "22:00:00" or clock < "08:00:00") and not allowed(contact, "night", log):
        yield "night-gbt", True
        yield "night-cba", True
    if contact.reached in THIRD and reached(contact) is not False:
        sure = reached(contact) is True
        if not lost(entry_id, contact, contacts, log):
            yield "third-party-consumer-finance", sure
            yield "third-party-gbt", sure
            yield "third-party-cba", sure
        refused = objected(contact, log)
        if refused != "no":
            yield "after-objection-gbt", sure and refused == "yes"
    if contact.reached in THIRD and "debt-disclosed" in contact.flags:
        yield "debt-disclosed-pipl", True
        yield "debt-disclosed-gbt", True
    for flag in contact.flags:
        if flag in ("posed-as-authority", "posted-notice", "urged-borrowing", "private-account"):
            yield "words-and-ways-cba", True
        if flag == "posted-notice":
            yield "published-pipl", True
        if flag in ("threat", "insult", "forced-entry"):
            yield "private-life", True
        if flag in ("threat", "forced-entry"):
            yield "unlawful-collection-crime", False
    if contact.channel == "visit" and contact.persons == 1:
        yield "visitors-cba", True


def reached(contact):
    if contact.channel in ("call", "robot-call"):
        return contact.connected
    return contact.connected is not False


def allowed(contact, what, log):
    for consent_id, consent in log["consents"]:
        ended = [e.occurred_at for e in log["ends"] if e.consent_id == consent_id]
        if (
            what in consent.what
            and consent.occurred_at <= contact.occurred_at
            and (consent.to is None or consent.to == contact.on_behalf_of)
            and not any(at <= contact.occurred_at for at in ended)
            and (consent.until is None or local(contact)[:10] <= consent.until.isoformat())
        ):
            return True
    return False


def lost(entry_id, contact, contacts, log):
    """Three failed tries in a row of the same creditor since it last spoke with the client."""
    day = local(contact)[:10]
    if any(p.invalid_since and p.invalid_since.isoformat() <= day for p in log["points"]):
        return True
    row = 0
    for other_id, other in contacts:
        if other_id == entry_id:
            return row >= 3
        if "client" not in (other.reached, other.initiated_by):
            continue
        same = other.on_behalf_of == contact.on_behalf_of
        anyone = other.initiated_by == "client" and other.on_behalf_of is None
        if reached(other) and (same or anyone):
            row = 0
        elif same and reached(other) is False and other.initiated_by in ("lender", "collector"):
            row += 1
    raise AssertionError("the contact is not in its own log")


def objected(contact, log):
    answer = "no"
    for objection in log["objections"]:
        if objection.by != contact.reached or not objection.occurred_at < contact.occurred_at:
            continue
        if objection.to is not None and objection.to != contact.on_behalf_of:
            continue
        if objection.contact_point_id is None or contact.contact_point_id is None:
            answer = "maybe" if answer == "no" else answer
        elif objection.contact_point_id == contact.contact_point_id:
            return "yes"
    return answer


def grouped(theirs, log):
    calls = [e for e in theirs if e[1].channel in ("call", "robot-call")]
    for lender, day in {(c.on_behalf_of, local(c)[:10]) for _, c in calls}:
        of_day = [
            (i, c)
            for i, c in calls
            if c.on_behalf_of == lender and local(c)[:10] == day and c.reached == "client"
        ]
        of_day = [(i, c) for i, c in of_day if not allowed(c, "more-calls", log)]
        counted = [(i, c) for i, c in of_day if c.connected is not False]
        sure = [(i, c) for i, c in counted if c.connected]
        yield from over("calls-a-day-gbt", counted, sure, theirs, 3)
    keys = {(c.on_behalf_of, local(c)[:10], c.contact_point_id or c.reached) for _, c in calls}
    for key in keys:
        tried = [
            (i, c)
            for i, c in calls
            if (c.on_behalf_of, local(c)[:10], c.contact_point_id or c.reached) == key
            and not allowed(c, "more-attempts", log)
        ]
        counted = [(i, c) for i, c in tried if c.connected is not True]
        sure = [(i, c) for i, c in counted if c.connected is False and c.contact_point_id]
        yield from over("attempts-a-day-cba", counted, sure, theirs, 6)


def over(rule, counted, sure, theirs, limit):
    if len(counted) <= limit:
        return
    lender = counted[0][1].on_behalf_of
    different = []
    for entry_id, contact in sure:
        if not any(doubled(entry_id, contact, other, theirs) for other in different):
            different.append((entry_id, contact))
    yield rule, counted, len(different) > limit and lender is not None


def doubled(entry_id, contact, other, theirs):
    """Whether two may be one: all alike in their second, and no two durations that differ."""
    alike = [c for _, c in theirs if same_second(c, contact)]
    durations = {c.duration_seconds for c in alike if c.duration_seconds is not None}
    return same_second(other[1], contact) and len(durations) <= 1


def same_second(a, b):
    return (local_utc(a), a.channel, a.initiated_by, a.reached, a.on_behalf_of) == (
        local_utc(b),
        b.channel,
        b.initiated_by,
        b.reached,
        b.on_behalf_of,
    )


def local_utc(contact):
    return contact.occurred_at.astimezone(ZoneInfo("UTC")).strftime("%Y-%m-%d %H:%M:%S")
