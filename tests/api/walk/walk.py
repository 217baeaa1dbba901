"""Walking a client's path over HTTP, and writing down what was done and seen."""

import json
from typing import Any


class Walk:
    """One client's case, from the first talk on; `lines` become the page."""

    def __init__(self, desk):
        self.desk = desk
        self.http = desk.http
        self.case_id = ""
        self.client_id = ""
        self.lines: list[str] = []

    def part(self, title: str, why: str) -> None:
        """Begin a part of the path."""
        self.lines += ["", f"## {title}", "", why, ""]

    async def records(self, said: str, noun: str, on: str = "", /, **body: Any) -> str:
        """Record an entry of the case; gives its id."""
        answer = await self._post(noun, self._dated(on, body))
        assert answer.status_code == 201, f"{noun}: {answer.text}"
        self.lines.append(f"- {_day(on)}{said} `POST …/{noun}`")
        return answer.json()["entry_id"]

    async def client_records(self, said: str, noun: str, on: str = "", /, **body: Any) -> str:
        """Record something of the client; gives the entry's id."""
        answer = await self.http.post(f"/v1/clients/{self.client_id}/{noun}", json=body)
        assert answer.status_code == 201, f"{noun}: {answer.text}"
        self.lines.append(f"- {_day(on)}{said} `POST /v1/clients/{{client_id}}/{noun}`")
        return answer.json()["entry_id"]

    async def client_is_refused(self, said: str, noun: str, code: str, /, **body: Any) -> None:
        """What is not recorded of the client."""
        answer = await self.http.post(f"/v1/clients/{self.client_id}/{noun}", json=body)
        assert (answer.status_code, answer.json()["code"]) == (422, code), answer.text
        self.lines.append(f"- {said} `POST /v1/clients/{{client_id}}/{noun}` is refused: `{code}`.")

    async def decides(self, said: str, noun: str, /, **body: Any) -> str:
        """Record what has to name the version that it was decided on."""
        seen = await self.http.get(f"/v1/cases/{self.case_id}")
        return await self.records(said, noun, headers={"If-Match": seen.headers["etag"]}, **body)

    async def files(self, said: str, on: str, text: str) -> str:
        """Take a text file into custody; gives the item's id."""
        told = {"source": "bank", "obtained_on": on, "description": said}
        answer = await self.http.post(
            f"/v1/cases/{self.case_id}/evidence",
            files={
                "metadata": (None, json.dumps(told), "application/json"),
                "file": ("paper.txt", text.encode(), "text/plain"),
            },
        )
        assert answer.status_code == 201, answer.text
        self.lines.append(f"- {_day(on)}{said} `POST …/evidence`")
        return answer.json()["entry_id"]

    async def deadlines(self, on: str, kind: str, **query: Any) -> list[dict[str, Any]]:
        """The deadlines of a kind on a day."""
        read = await self.reads("deadlines", as_of=on, **query)
        return [each for each in read["deadlines"] if each["kind"] == kind]

    async def is_asked(self, said: str, noun: str, on: str, /, **body: Any) -> set[str]:
        """What is not recorded unasked; gives the codes of the warnings."""
        answer = await self._post(noun, self._dated(on, body))
        problem = answer.json()
        assert (answer.status_code, problem["code"]) == (422, "warning-unanswered"), answer.text
        codes = {warning["code"] for warning in problem["warnings"]}
        told = ", ".join(f"`{code}`" for code in sorted(codes))
        self.lines.append(f"- {_day(on)}{said} `POST …/{noun}` is not recorded unasked: {told}.")
        return codes

    async def is_refused(self, said: str, noun: str, on: str, code: str, /, **body: Any) -> None:
        """What is not recorded at all."""
        answer = await self._post(noun, self._dated(on, body))
        assert (answer.status_code, answer.json()["code"]) == (422, code), answer.text
        self.lines.append(f"- {_day(on)}{said} `POST …/{noun}` is refused: `{code}`.")

    async def reads(self, path: str, **query: Any) -> Any:
        """A reading of the case."""
        answer = await self.http.get(f"/v1/cases/{self.case_id}/{path}", params=query)
        assert answer.status_code == 200, f"{path}: {answer.text}"
        return answer.json()

    def sees(self, said: str, path: str) -> None:
        """Write down what a reading says; the assertion stands beside the call."""
        self.lines.append(f"  - {said} `GET …/{path}`")

    async def head(self) -> int:
        """The journal's position, to ask later what was known by then."""
        return await self.desk.head()

    async def _post(self, noun: str, body: dict[str, Any]) -> Any:
        headers = body.pop("headers", None)
        return await self.http.post(
            f"/v1/cases/{self.case_id}/{noun}", json=body, headers=headers or {}
        )

    def _dated(self, on: str, body: dict[str, Any]) -> dict[str, Any]:
        if not on:
            return body
        when = {"occurred_at": f"{on}:00+08:00"} if "T" in on else {"occurred_on": on}
        return {"grade": "document", **when, **body}


def _day(on: str) -> str:
    return f"**{on.replace('T', ' ')}** " if on else ""
