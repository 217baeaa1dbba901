"""Whether a line explains itself: leaves that sum to each figure and name entries of the case."""

from domain.figures.explaining import explain

FIGURES = ("principal", "cost", "apart", "overpaid")


def complaints(line, history, pack):
    """What is wrong with a line, in words; empty where every figure explains itself."""
    found = []
    for name in FIGURES:
        figure = getattr(line, name)
        if figure.amount is None:
            if not (figure.unknown and figure.unknown.reason and figure.unknown.settled_by):
                found.append(f"{name} is unknown and says not why")
            continue
        summed = sum(part.amount.minor for part in figure.parts)
        if figure.amount.minor != summed:
            found.append(f"{name} is {figure.amount.minor}, its leaves are {summed}")
        if figure.amount.minor < 0:
            found.append(f"{name} is negative")
        found += [
            f"{name} names {part.entry_id}, which is no standing entry"
            for part in figure.parts
            if part.entry_id not in history.entries or history.entries[part.entry_id].is_withdrawn
        ]
    return found + _of_owed(line, pack)


def _of_owed(line, pack):
    """The tree as `explain` gives it: its branches, and the shares by grade, come to what is owed.

    A claim that is not itemised has a sum and no branches.
    """
    told = explain(line, pack)
    if told.tree.amount is None or any(branch.amount is None for branch in told.tree.branches):
        return []
    owed, found = told.tree.amount.minor, []
    if owed != sum(branch.amount.minor for branch in told.tree.branches):
        found.append("the branches do not come to what is owed")
    if owed != sum(share.amount.minor for share in told.grades):
        found.append("the shares by grade do not come to what is owed")
    if any(not rule.mark or not rule.zh for rule in told.rules):
        found.append("a rule is cited without its words or its mark")
    return found
