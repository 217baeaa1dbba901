"""The sender over HTTP, against a server made of the standard library."""

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from multipart import MultipartSegment, PushMultipartParser

from ops.demo import papers
from ops.demo.sender import DemoRefused, HttpSender


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.seen.append((self.path, dict(self.headers), body, self.client_address))
        status, headers, answer = self.server.script.pop(0) if self.server.script else (201, {}, {})
        if status is None:
            self.close_connection = True
            return
        data = json.dumps(answer).encode()
        self.send_response(status)
        for name, value in {**headers, "Content-Length": str(len(data))}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(data)

    def do_GET(self):
        self.headers["Content-Length"] = "0"
        self.do_POST()

    def log_message(self, *_):
        pass


@pytest.fixture
def server():
    running = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    running.daemon_threads = True
    running.seen, running.script = [], []
    thread = threading.Thread(target=running.serve_forever, args=(0.01,))
    thread.start()
    yield running
    running.shutdown()
    thread.join()
    running.server_close()


@pytest.fixture
def sender(server):
    made = HttpSender(f"http://127.0.0.1:{server.server_port}", "mz_a_b")
    yield made
    made.close()


def test_a_step_carries_its_key_and_its_version(server, sender):
    server.script.append((201, {}, {"version": 3}))
    assert sender.post("/cases/x/notes", {"text": "明"}, step="s/001", if_match=2) == {"version": 3}
    ((path, headers, body, _),) = server.seen
    assert path == "/v1/cases/x/notes"
    assert json.loads(body) == {"text": "明"}
    assert headers["Authorization"] == "Bearer mz_a_b"
    assert headers["Idempotency-Key"] == "demo-1/s/001"
    assert headers["If-Match"] == '"2"'


def test_one_connection_serves_many_steps(server, sender):
    for number in range(3):
        sender.post("/clients", {}, step=str(number))
    assert len({address for *_, address in server.seen}) == 1


def test_a_lost_connection_is_made_again_with_the_same_key(server, sender):
    server.script.append((None, {}, {}))
    sender.post("/clients", {}, step="only")
    assert [headers["Idempotency-Key"] for _, headers, *_ in server.seen] == ["demo-1/only"] * 2


def test_a_busy_server_is_asked_again(server, sender):
    server.script.append((503, {"Retry-After": "0"}, {}))
    sender.post("/clients", {}, step="only")
    assert len(server.seen) == 2


def test_a_refusal_names_the_step(server, sender):
    server.script.append((422, {}, {"code": "date-order"}))
    with pytest.raises(DemoRefused, match=r"step s/007: HTTP 422: .*date-order"):
        sender.post("/clients", {}, step="s/007")


def test_a_file_goes_as_a_form_with_its_metadata_first(server, sender):
    paper = papers.picture("a.png", 3)
    sender.upload("x", {"source": "bank"}, paper, step="e")
    ((path, headers, body, _),) = server.seen
    assert path == "/v1/cases/x/evidence"
    parser = PushMultipartParser(headers["Content-Type"].split("boundary=")[1])
    parts = []
    for event in parser.parse(body):
        if isinstance(event, MultipartSegment):
            parts.append([event, b""])
        elif event:
            parts[-1][1] += event
    # Raises where the form is cut short.
    parser.close()
    assert [part.name for part, _ in parts] == ["metadata", "file"]
    assert json.loads(parts[0][1]) == {"source": "bank"}
    assert (parts[1][0].filename, parts[1][0].content_type) == ("a.png", "image/png")
    assert parts[1][1] == paper.data


def test_a_question_is_put_with_its_query(server, sender):
    server.script.append((200, {}, {"lines": []}))
    assert sender.get("/cases/x/position", as_of="2026-02-28", known_at=7) == {"lines": []}
    assert server.seen[0][0] == "/v1/cases/x/position?as_of=2026-02-28&known_at=7"


def test_an_address_must_be_one():
    with pytest.raises(ValueError, match="not an http address"):
        HttpSender("ftp://127.0.0.1", "t")
