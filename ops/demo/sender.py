"""How the demo's commands reach the API.

Every request carries an Idempotency-Key made from the name of its step, so loading again changes
nothing and a load that was cut off goes on where it stopped.
"""

import http.client
import json
import time
from collections.abc import Mapping
from typing import Any, Final, Protocol
from urllib.parse import quote, urlsplit

from ops.demo.papers import Paper

EDITION: Final = "demo-1"
"""Part of every key: stories that change get another edition, or old loads would clash."""

TRIES_MAX: Final = 5
_TIMEOUT_SECONDS: Final = 60.0
_PAUSE_SECONDS_MAX: Final = 5.0
_BOUNDARY: Final = "mingzhang-demo-7f3c1a5e9b2d4806"

Body = dict[str, Any]
"""JSON, going out or coming in."""


class DemoRefused(RuntimeError):
    """The API answered something else than success."""

    def __init__(self, step: str, status: int, answer: str) -> None:
        """Name the step, the status and what was said."""
        super().__init__(f"step {step}: HTTP {status}: {answer[:2000]}")
        self.step, self.status = step, status


class Sender(Protocol):
    """Something that can carry out the demo's steps."""

    def post(self, path: str, body: Body, *, step: str, if_match: int | None = None) -> Body:
        """Send one command and return the answer's body; `path` is below /v1."""
        ...

    def upload(self, case_id: str, metadata: Body, paper: Paper, *, step: str) -> Body:
        """Hand in one piece of evidence and return the answer's body."""
        ...


class HttpSender:
    """A `Sender` over one kept-alive connection. Use it from one thread."""

    def __init__(self, base_url: str, token: str) -> None:
        """`base_url` is like `http://127.0.0.1:8321`, without the version."""
        address = urlsplit(base_url)
        if address.scheme != "http" or address.hostname is None:
            raise ValueError(f"not an http address: {base_url}")
        self._connection = http.client.HTTPConnection(
            address.hostname, address.port, timeout=_TIMEOUT_SECONDS
        )
        self._token = token

    def post(self, path: str, body: Body, *, step: str, if_match: int | None = None) -> Body:
        """See `Sender.post`."""
        headers = {"Content-Type": "application/json"}
        if if_match is not None:
            headers["If-Match"] = f'"{if_match}"'
        data = json.dumps(body, ensure_ascii=False).encode()
        return self._written(path, data, headers, step)

    def upload(self, case_id: str, metadata: Body, paper: Paper, *, step: str) -> Body:
        """See `Sender.upload`."""
        headers = {"Content-Type": f"multipart/form-data; boundary={_BOUNDARY}"}
        return self._written(f"/cases/{case_id}/evidence", _form(metadata, paper), headers, step)

    def get(self, path: str, **query: str | int) -> Body:
        """Read something; `path` is below /v1."""
        asked = "&".join(f"{name}={quote(str(value))}" for name, value in query.items())
        target = f"{path}?{asked}" if asked else path
        return self._answered("GET", target, None, {}, f"GET {target}")

    def close(self) -> None:
        """Let the connection go."""
        self._connection.close()

    def _written(self, path: str, data: bytes, headers: Mapping[str, str], step: str) -> Body:
        keyed = {**headers, "Idempotency-Key": f"{EDITION}/{step}"}
        return self._answered("POST", path, data, keyed, step)

    def _answered(
        self, method: str, path: str, data: bytes | None, headers: Mapping[str, str], step: str
    ) -> Body:
        for attempt in range(1, TRIES_MAX + 1):
            try:
                status, pause, answer = self._once(method, path, data, headers)
            except (http.client.HTTPException, OSError):
                # Whether it was carried out is unknown; the key makes asking again harmless.
                self._connection.close()
                if attempt == TRIES_MAX:
                    raise
                time.sleep(0.1 * attempt)
                continue
            if status < 300:
                return _object(answer)
            if status != http.client.SERVICE_UNAVAILABLE or attempt == TRIES_MAX:
                raise DemoRefused(step, status, answer.decode(errors="replace"))
            time.sleep(min(pause, _PAUSE_SECONDS_MAX))
        raise AssertionError("unreachable")

    def _once(
        self, method: str, path: str, data: bytes | None, headers: Mapping[str, str]
    ) -> tuple[int, float, bytes]:
        sent = {**headers, "Authorization": f"Bearer {self._token}", "Accept": "application/json"}
        self._connection.request(method, f"/v1{path}", body=data, headers=sent)
        response = self._connection.getresponse()
        answer = response.read()
        after = response.headers.get("Retry-After", "1")
        return response.status, float(after) if after.isdecimal() else 1.0, answer


def _object(answer: bytes) -> Body:
    body = json.loads(answer)
    if not isinstance(body, dict):
        raise TypeError(f"expected a JSON object, got {type(body).__name__}")
    return body


def _form(metadata: Body, paper: Paper) -> bytes:
    """A multipart form: the metadata first, then the file."""
    described = json.dumps(metadata, ensure_ascii=False).encode()
    # RFC 7578: the name in UTF-8 as it is; none of ours has a quote or a backslash.
    disposition = f'form-data; name="file"; filename="{paper.name}"'
    return b"\r\n".join(
        (
            f"--{_BOUNDARY}".encode(),
            b'Content-Disposition: form-data; name="metadata"',
            b"Content-Type: application/json",
            b"",
            described,
            f"--{_BOUNDARY}".encode(),
            f"Content-Disposition: {disposition}".encode(),
            f"Content-Type: {paper.media_type}".encode(),
            b"",
            paper.data,
            f"--{_BOUNDARY}--".encode(),
            b"",
        )
    )
