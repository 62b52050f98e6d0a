"""A service that judges: it answers, runs jobs, enforces limits, revokes keys, and counts everything it is asked."""

import json
import threading
import time
from collections import Counter, defaultdict, deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass
class Judge:
    """What is known about the keys, what is to go wrong, and what happened."""

    per_window: dict[str, int] = field(default_factory=dict)
    window: float = 2.0
    revoked: set[str] = field(default_factory=set)
    script: deque[dict[str, Any]] = field(default_factory=deque)
    seconds: float = 0.0
    looks_needed: int = 1
    hopeless: set[str] = field(default_factory=set)
    paid: Counter[str] = field(default_factory=Counter)
    asked: Counter[str] = field(default_factory=Counter)
    refusals: Counter[str] = field(default_factory=Counter)
    at_once: int = 0
    most_at_once: int = 0
    jobs: dict[str, dict[str, Any]] = field(default_factory=dict)
    url: str = ""
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _seen: dict[str, deque[float]] = field(default_factory=lambda: defaultdict(deque))

    def admit(self, key: str, now: float) -> tuple[int, dict[str, str]]:
        """The status for a request with that key: 200, 401 or 429."""
        with self._lock:
            self.asked[key] += 1
            if key in self.revoked:
                self.refusals[key] += 1
                return 401, {}
            seen, limit = self._seen[key], self.per_window.get(key)
            while seen and seen[0] <= now - self.window:
                seen.popleft()
            if limit is not None and len(seen) >= limit:
                self.refusals[key] += 1
                return 429, {"Retry-After": str(self.window)}
            seen.append(now)
            return 200, {}

    def begin(self, body: dict[str, Any]) -> str:
        """The id of a new job, or of the one begun before with the same idempotency key."""
        with self._lock:
            name = body.get("idempotency_key")
            for id, job in self.jobs.items():
                if name and job["name"] == name:
                    return id
            id = f"job-{len(self.jobs) + 1}"
            self.jobs[id] = {"name": name, "text": body["text"], "looks": 0, "created": time.time()}
            self.paid[body["text"]] += 1
            return id

    def look(self, id: str) -> dict[str, Any]:
        """How a job stands: it is done at the look after `looks_needed`."""
        with self._lock:
            job = self.jobs[id]
            job["looks"] += 1
            done = job["looks"] > self.looks_needed
        ended = "failed" if job["text"] in self.hopeless else "succeeded"
        return {"id": id, "state": ended if done else "running", "text": job["text"]}

    def next_failure(self) -> dict[str, Any]:
        """What is to go wrong with this request."""
        with self._lock:
            return self.script.popleft() if self.script else {}


@contextmanager
def judging(judge: Judge) -> Iterator[Judge]:
    """Serve it on a loopback port while the block runs."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(judge))
    server.daemon_threads = True
    judge.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield judge
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def _handler(judge: Judge) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def log_message(self, *_: object) -> None:
            """Nothing: the judge keeps its own log."""

        def do_GET(self) -> None:
            if self.path == "/jobs":
                with judge._lock:
                    self._say(200, [{"id": id, "text": job["text"]} for id, job in reversed(judge.jobs.items())])
            else:
                self._say(200, judge.look(self.path.rpartition("/")[2]))

        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            key = (self.headers.get("Authorization") or "").removeprefix("Bearer ").strip()
            failure = judge.next_failure()
            if failure.get("before"):
                self._say(failure["before"], {"error": failure.get("error", "no")}, failure.get("headers", {}))
                return
            status, headers = judge.admit(key, time.monotonic())
            if status != 200:
                self._say(status, {"error": f"no, {key}"}, headers)
                return
            with judge._lock:
                judge.at_once += 1
                judge.most_at_once = max(judge.at_once, judge.most_at_once)
            time.sleep(judge.seconds)
            with judge._lock:
                judge.at_once -= 1
            if self.path == "/jobs":
                answer = {"id": judge.begin(body)}
            else:
                with judge._lock:
                    judge.paid[body["text"]] += 1
                    answer = {"text": body["text"].upper(), "number": judge.paid[body["text"]]}
            if failure.get("after"):
                self._say(failure["after"], {"error": "it was begun all the same"})
                return
            if failure.get("cut"):
                self.close_connection = True
                return
            self._say(200, answer)

        def _say(self, status: int, body: Any, headers: dict[str, str] | None = None) -> None:
            data = json.dumps(body).encode()
            self.send_response(status)
            for name, value in (headers or {}).items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

    return Handler
