"""The path of one invented client, from the first talk to a petition for insolvency."""

from tests.api.walk import first_talk, law, settling


async def walk(w):
    """All of it, in order."""
    first, second = await first_talk.first_talk(w)
    await first_talk.face_it(w, first)
    await first_talk.pay_directly(w, first)
    await settling.use_the_platform(w, first, second)
    await settling.family_helps(w, second)
    await law.out_of_bounds(w, first)
    await law.letter_and_complaint(w, first)
    await law.credit_record(w, first)
    await law.in_court(w, first)
    await law.insolvency(w)
    await law.nothing_is_overwritten(w)
