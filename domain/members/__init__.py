"""A member of the organisation, in a stream of their own: what ties them to lenders."""

from domain.members.interests import InterestDeclared, InterestEnded, InterestWithdrawn, MemberFact
from domain.members.member import Member, decide_member, member_stream, replay_member

__all__ = [
    "InterestDeclared",
    "InterestEnded",
    "InterestWithdrawn",
    "Member",
    "MemberFact",
    "decide_member",
    "member_stream",
    "replay_member",
]
