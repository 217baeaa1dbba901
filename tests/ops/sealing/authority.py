"""A stamping authority made with openssl, behind a local HTTP server."""

import subprocess
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

CONFIG = """
[ tsa ]
default_tsa = one
[ one ]
serial = {folder}/serial
crypto_device = builtin
signer_cert = {folder}/tsa.pem
signer_key = {folder}/tsa.key
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256
accuracy = secs:1
ess_cert_id_alg = sha256
"""
EXTENSIONS = "extendedKeyUsage = critical,timeStamping\nbasicConstraints = CA:FALSE\n"
# So that a failure of the authority's own leaves no doubt about whose it is.
PATIENCE = 20


def openssl(*words, **options):
    command = ["openssl", *map(str, words)]
    return subprocess.run(command, check=True, capture_output=True, timeout=PATIENCE, **options)


class Authority:
    """Keys and certificates in a folder, and what it answers with."""

    def __init__(self, folder: Path, name="Test Authority"):
        self.folder = folder
        folder.mkdir()
        self.ca = folder / "ca.pem"
        new = ("req", "-newkey", "rsa:2048", "-nodes")
        openssl(*new, "-x509", "-days", 2, "-subj", f"/CN={name} root",
                "-keyout", folder / "ca.key", "-out", self.ca)  # fmt: skip
        openssl(*new, "-subj", f"/CN={name}", "-keyout", folder / "tsa.key",
                "-out", folder / "tsa.csr")  # fmt: skip
        (folder / "extensions").write_text(EXTENSIONS)
        openssl("x509", "-req", "-days", 2, "-in", folder / "tsa.csr", "-CA", self.ca,
                "-CAkey", folder / "ca.key", "-CAcreateserial",
                "-extfile", folder / "extensions", "-out", folder / "tsa.pem")  # fmt: skip
        (folder / "serial").write_text("01\n")
        (folder / "config").write_text(CONFIG.format(folder=folder))

    def answer(self, request: bytes) -> bytes:
        query, reply = self.folder / "query", self.folder / "reply"
        query.write_bytes(request)
        openssl("ts", "-reply", "-config", self.folder / "config", "-queryfile", query,
                "-out", reply)  # fmt: skip
        return reply.read_bytes()

    def verifies(self, message: bytes, stamp: bytes) -> bool:
        """What openssl says of a stamp over these bytes."""
        data, reply = self.folder / "data", self.folder / "stamp"
        data.write_bytes(message)
        reply.write_bytes(stamp)
        done = subprocess.run(
            ["openssl", "ts", "-verify", "-data", data, "-in", reply, "-CAfile", self.ca],
            check=False,
            capture_output=True,
            timeout=PATIENCE,
        )
        return done.returncode == 0


@contextmanager
def serving(answer, status=200):
    """The address of a server that answers each request with `answer(body)`."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            assert self.headers["content-type"] == "application/timestamp-query"
            body = answer(self.rfile.read(int(self.headers["content-length"])))
            self.send_response(status)
            self.send_header("Content-Type", "application/timestamp-reply")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *words):
            """Say nothing."""

    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.02,))
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}/"
        finally:
            server.shutdown()
            thread.join()
