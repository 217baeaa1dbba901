"""A case as the stories write it: one method for each thing that can be recorded."""

from collections.abc import Sequence
from typing import Any, Final

from ops.demo.record import Amount, Dues, Entry, Record
from ops.demo.sender import Body
from ops.demo.sums import Day, day

PROMISED: Final = "limitation-promise"
"""What every plan and proposal is asked about: it starts the clock anew."""


class Dossier(Record):
    """The words of the stories. Days and amounts are plain; grades default to the usual one."""

    def loan(self, on: Day, lender: str, face: Amount, kind: str = "unknown", **more: Any) -> Entry:
        """A loan was taken. `terms`, `number`, `grade`, `note` and `evidence` go by name.

        `renews` and `carried`: the earlier loan, and what of it went into this one.
        """
        renews = more.get("renews")
        return self._record(
            "loans",
            {
                **self._dated(on, more, "document"),
                "lender": lender,
                "lender_class": kind,
                "contract_number": more.get("number"),
                "face_amount": self.money(face),
                "terms": more.get("terms"),
                "renews": renews
                and {"loan_id": renews, "carried_over": self.money(more["carried"])},
            },
        )

    def called_due(self, on: Day, loan: Entry, due: Day) -> Entry:
        """The lender called the whole loan due to a day."""
        body = {**self._dated(on, {}, "document"), "loan_id": loan}
        return self._record("due-calls", {**body, "due_on": day(due).isoformat()})

    def guarantee(self, on: Day, loan: Entry, guarantor: str, form: str | None = None) -> Entry:
        """Somebody guaranteed a loan; without `form` the contract says none."""
        body = {**self._dated(on, {}, "document"), "loan_id": loan, "guarantor": guarantor}
        return self._record("guarantees", {**body, "form": form})

    def guarantor_called(self, on: Day, guarantee: Entry) -> Entry:
        """A demand reached the guarantor."""
        body = {**self._dated(on, {}, "document"), "guarantee_id": guarantee}
        return self._record("guarantor-calls", body)

    def disbursed(
        self, on: Day, loan: Entry, received: Amount, withheld: Amount | None = None, **more: Any
    ) -> Entry:
        """Money arrived; `by` says who kept the rest back."""
        kept: Body = {}
        if withheld is not None:
            kept = {"withheld": self.money(withheld), "withheld_by": more.get("by", "lender")}
        return self._record(
            "disbursements",
            {
                **self._dated(on, more, "bank-line"),
                "loan_id": loan,
                "received": self.money(received),
                **kept,
                "account": more.get("account"),
            },
        )

    def charge(self, on: Day, loan: Entry, kind: str, amount: Amount, **more: Any) -> Entry:
        """The lender charged something; `by` names another company."""
        return self._record(
            "charges",
            {
                **self._dated(on, more, "lender-says"),
                "loan_id": loan,
                "kind": kind,
                "amount": self.money(amount),
                "charged_by": more.get("by"),
            },
        )

    def claim(
        self, on: Day, loan: Entry, items: Sequence[tuple[str, Amount]], total: Amount, **more: Any
    ) -> Entry:
        """The lender claimed; `total` is what it printed, right or wrong."""
        return self._record(
            "lender-claims",
            {
                **self._dated(on, more, "document"),
                "loan_id": loan,
                "claimed_as_of": day(more.get("as_of", on)).isoformat(),
                "items": [{"kind": kind, "amount": self.money(a)} for kind, a in items],
                "stated_total": self.money(total),
            },
        )

    def paid(
        self, on: Day, loan: Entry, amount: Amount, channel: str = "bank-transfer", **more: Any
    ) -> Entry:
        """Money was sent; it arrived the same day unless `credited` says otherwise (None: not)."""
        credited = more.get("credited", on)
        return self._record(
            "payments",
            {
                **self._dated(on, more, "bank-line"),
                "loan_id": loan,
                "amount": self.money(amount),
                "credited_on": None if credited is None else day(credited).isoformat(),
                "channel": channel,
                "payer": more.get("payer", "client"),
                "payer_name": more.get("payer_name"),
                "payee": more.get("payee"),
                "reference": more.get("reference"),
            },
        )

    def credited(self, on: Day, payment: Entry, **more: Any) -> Entry:
        """A pending payment arrived."""
        body = {**self._dated(on, more, "bank-line"), "payment_id": payment}
        return self._record("payment-credits", body)

    def expired(self, on: Day, payment: Entry, **more: Any) -> Entry:
        """A pending payment went back."""
        body = {**self._dated(on, more, "bank-line"), "payment_id": payment}
        return self._record("payment-expiries", body)

    def reversed(self, on: Day, payment: Entry, by: str, reason: str, **more: Any) -> Entry:
        """A payment that had arrived was taken back."""
        dated = self._dated(on, more, "bank-line")
        body = {**dated, "payment_id": payment, "reversed_by": by, "reason": reason}
        return self._record("payment-reversals", body)

    def missed(self, on: Day, loan: Entry, amount: Amount | None = None, **more: Any) -> Entry:
        """A payment that was due did not come."""
        due = None if amount is None else self.money(amount)
        body = {**self._dated(on, more, "client-says"), "loan_id": loan, "amount": due}
        return self._record("missed-payments", body)

    def contact(self, at: str, channel: str, by: str, reached: str, **more: Any) -> Entry:
        """Somebody reached somebody at a local time, "2025-03-02 22:41"."""
        promised, until = more.get("promised"), more.get("promised_on")
        return self._record(
            "contacts",
            {
                **self._observed(more, "client-says"),
                "occurred_at": self.moment(at),
                "zone": more.get("zone"),
                "channel": channel,
                "initiated_by": by,
                "reached": reached,
                "on_behalf_of": more.get("company"),
                "loan_ids": list(more.get("loans", ())),
                "connected": more.get("connected"),
                "duration_seconds": more.get("seconds"),
                "counterpart": more.get("number"),
                "outcome": more.get("outcome"),
                "promised": None if promised is None else self.money(promised),
                "promised_on": None if until is None else day(until).isoformat(),
                "summary": more.get("said"),
            },
        )

    def plan(self, on: Day, loans: Sequence[Entry], instalments: Dues, **more: Any) -> Entry:
        """Client and lender agreed on instalments; `waived` is what it gives up."""
        waived = more.get("waived")
        return self._record(
            "plans",
            {
                **self._dated(on, more, "document"),
                "loan_ids": list(loans),
                "instalments": self.dues(instalments),
                "waived": None if waived is None else self.money(waived),
                "answered": self.answers(PROMISED),
            },
        )

    def answers(self, *codes: str, reason: str = "已向客户说明后果，客户知悉。") -> list[Body]:
        """Warnings that were seen, each with why it is recorded all the same."""
        return [{"code": code, "reason": reason} for code in codes]

    def complaint(
        self, on: Day, channel: str, respondent: str, grounds: Sequence[str], **more: Any
    ) -> Entry:
        """A complaint was handed in."""
        return self._record(
            "complaints",
            {
                **self._dated(on, more, "document"),
                "channel": channel,
                "respondent": respondent,
                "grounds": list(grounds),
                "loan_ids": list(more.get("loans", ())),
                "statement": more.get("statement"),
                "reference": more.get("reference"),
            },
        )

    def sued(self, on: Day, loans: Sequence[Entry], accepted: Day | None = None) -> Entry:
        """The lender sued; `accepted`: the day the court took the case."""
        body: Body = {"loan_ids": list(loans), "claimant": "lender"}
        if accepted is not None:
            body["accepted_on"] = day(accepted).isoformat()
        return self._record("suits", {**self._dated(on, {}, "document"), **body})

    def accepted(self, on: Day, suit: Entry) -> Entry:
        """The court took the case."""
        body = {**self._dated(on, {}, "document"), "suit_id": suit}
        return self._record("suit-acceptances", body)

    def decided(self, on: Day, suit: Entry) -> Entry:
        """The court decided for good."""
        body = {**self._dated(on, {}, "court-found"), "suit_id": suit}
        return self._record("suit-decisions", body)

    def cost_table(self, on: Day, loan: Entry, pct: str, items: Sequence[Body]) -> Entry:
        """The table of the all-in cost was shown, with what it names."""
        body = {**self._dated(on, {}, "document"), "loan_id": loan, "items": list(items)}
        return self._record("cost-tables", {**body, "annual_cost_pct": pct})

    def found(self, on: Day, loan: Entry, finding: str, by: str = "court") -> Entry:
        """A court or somebody found something about a loan."""
        body: Body = {"loan_id": loan, "finding": finding, "found_by": by}
        return self._record("findings", {**self._dated(on, {}, "court-found"), **body})

    def stated(self, as_of: Day, to: str, purpose: str) -> Entry:
        """The position was given out."""
        body: Body = {"stated_to": to, "as_of": day(as_of).isoformat(), "purpose": purpose}
        return self._record("figures-statements", body)

    def given_out(self, to: str, purpose: str, *opens: str) -> Entry:
        """A case file was given out, with these kinds of personal values opened."""
        body: Body = {"exported_to": to, "purpose": purpose, "opens": list(opens)}
        return self._record("exports", body)

    def note(self, on: Day, text: str, about: Entry | None = None) -> Entry:
        """The caseworker wrote something down."""
        body = {"noted_on": day(on).isoformat(), "text": text, "entry_id": about}
        return self._record("notes", body)

    def link(self, item: Entry, entry: Entry, shows: str) -> Entry:
        """A paper was found to show an entry."""
        return self._record("evidence-links", {"item_id": item, "entry_id": entry, "shows": shows})

    def close(self, on: Day, outcome: str, reason: str) -> Entry:
        """Work on the case ended."""
        body = {"closed_on": day(on).isoformat(), "outcome": outcome, "reason": reason}
        return self._record("closures", body, if_match=self.version)

    def reopen(self, on: Day, reason: str) -> Entry:
        """Work on the case was taken up again."""
        body = {"reopened_on": day(on).isoformat(), "reason": reason}
        return self._record("reopenings", body, if_match=self.version)

    def terms(self, **stated: Any) -> Body:
        """The contract's terms: `rate`, `period`, `repayment`, `schedule`, `due`, `overdue`.

        What else a contract states goes by its own name.
        """
        due = stated.get("due")
        body = {
            "rate_pct": stated.get("rate"),
            "rate_period": stated.get("period"),
            "overdue_rate_pct": stated.get("overdue"),
            "overdue_rate_period": stated.get("overdue_period"),
            "repayment": stated.get("repayment"),
            "schedule": self.dues(stated.get("schedule", ())),
            "due_on": None if due is None else day(due).isoformat(),
            **{name: stated.get(name) for name in ("day_count", "capitalised", "payment_order")},
        }
        return {name: value for name, value in body.items() if value not in (None, [])}

    def _dated(self, on: Day, more: Body, grade: str) -> Body:
        return {**self._observed(more, grade), "occurred_on": day(on).isoformat()}

    def _observed(self, more: Body, grade: str) -> Body:
        return {
            "grade": more.get("grade", grade),
            "evidence": list(more.get("evidence", ())),
            "note": more.get("note"),
        }
