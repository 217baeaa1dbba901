"""Before the debts: may we, how to reach her, who lives there, does anything stand against it."""

from tests.api.walk.people import LENDER


async def may_we(w):
    """Consent and authority with their ends, safe contact, household, and what is missing."""
    assert "consent-casework" in (await _stands(w, "2026-03-02"))["missing"]
    given = {"given_on": "2026-03-02", "way": "paper"}
    await w.client_records(
        "She agrees to the work.", "consents", "2026-03-02", purpose="casework", **given
    )
    await w.client_records(
        "And that sensitive data are used, for a year.", "consents", "2026-03-02",
        purpose="sensitive-data", ends_on="2027-03-01", **given,
    )  # fmt: skip
    await w.client_is_refused(
        "The same consent once more.", "consents", "consent-overlaps",
        purpose="sensitive-data", **given,
    )  # fmt: skip
    await w.client_records(
        "A member may negotiate and complain for her until the end of the year.", "authorities",
        "2026-03-02", scopes=["negotiate", "complain"], given_on="2026-03-02",
        ends_on="2026-12-31", form="letter", holder="m-1",
    )  # fmt: skip
    await w.client_records(
        "Her husband must not hear of it: only WeChat, only at noon, and nothing left behind.",
        "contact-wishes", "2026-03-02", set_on="2026-03-02", channels=["wechat"],
        hours=[{"begins": "12:00:00", "ends": "13:30:00"}], not_to_say="不得提及欠款，不得留言",
        safe_person="例姐（虚构）", review_on="2026-09-02",
    )  # fmt: skip
    await w.client_records(
        "She lives with him and a child.", "households", "2026-03-02", set_on="2026-03-02",
        members=[
            {"relation": "spouse", "name": "例伴（虚构）", "has_income": True},
            {"relation": "child", "born_year": "2019", "is_dependant": True},
        ],
    )  # fmt: skip
    stands = await _stands(w, "2026-12-30")
    assert stands["missing"] == ["contact-review"]
    assert stands["authorities"][0]["term"]["days_left"] == 1
    w.lines.append(
        "  - On 30 December nothing is missing but to ask her again how to reach her; the "
        "authority has one day left. `GET /v1/clients/{client_id}/standing`"
    )


async def no_conflict(w):
    """A member's kin works at the lender: found without a name, and managed."""
    tie = {"member": "m-2", "declared_on": "2026-01-05", "kind": "kin", "company": LENDER}
    answer = await w.http.post("/v1/interests", json={**tie, "person": "例弟（虚构）"})
    assert answer.status_code == 201, answer.text
    w.lines.append("- A member has declared a brother at the first lender. `POST /v1/interests`")
    answer = await w.http.post("/v1/conflict-checks", json={"case_id": w.case_id})
    (match,) = answer.json()["matches"]
    assert (match["kind"], match["closeness"], match["members"]) == (
        "lender-staff",
        "company",
        ["m-2"],
    )
    w.lines.append(
        "  - The case is looked through against all clients, households, parties and members: the "
        "lender's staff, one match, by member id and without a name. `POST /v1/conflict-checks`"
    )
    assert "conflict-check" in (await w.reads("intake"))["intake"]["lacking"]
    await w.is_refused(
        "What was found wants a word.", "conflict-checks", "", "conflict-unanswered",
        answer="none",
    )  # fmt: skip
    await w.records(
        "It is managed: the member keeps out of it.", "conflict-checks",
        answer="managed", reason="m-2 不参与本案，由 m-1 办理。",
    )  # fmt: skip
    assert (await w.reads("intake"))["intake"]["conflict_check"]["state"] == "checked"
    w.sees("The check is on record, with how much was looked for and no name.", "intake")


async def _stands(w, on):
    answer = await w.http.get(f"/v1/clients/{w.client_id}/standing", params={"as_of": on})
    assert answer.status_code == 200, answer.text
    return answer.json()["standing"]
