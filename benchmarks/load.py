"""`python -m benchmarks.load`: signed requests at a steady rate against the web service with verification on.

The service is a process of its own; its clock and its trust are those of the tests' certificate chain, everything else is as in
production. The sender keeps to its timetable whatever the service does (a slow answer must not slow the questions down).
"""

from __future__ import annotations

import argparse
import http.client
import json
import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from statistics import median, quantiles

from benchmarks.envelopes import SKILL_ID, control, envelope, question
from benchmarks.measure import load_average
from benchmarks.report import machine, put, table

ROOT = Path(__file__).parents[1]
CONNECTIONS = 8
SAMPLES = 40
KEPT = 0.98  # of the rate; the rest is the last answer's
WORDS = (
    "mijn baby huilt steeds",
    "ik voel geen band met mijn kind",
    "hoe kan ik mijn kind troosten",
    "blub",
    "mijn man slaat mij",
    "ja",
)
Requests = list[tuple[bytes, dict[str, str]]]
GROWTH_KILOBYTES = 4_096  # after the first quarter; what the arenas of eight threads may still take


def serve(port: int, trusted: Path) -> None:
    """The service, trusting the sender's chain: `trusted` holds root.pem and chain.pem."""
    from cryptography import x509  # noqa: PLC0415 - the sender needs none of this

    from skill.alexa.log import start_logging  # noqa: PLC0415
    from skill.alexa.web import MAX_BODY_BYTES, create_app  # noqa: PLC0415
    from skill.alexa.web_server import make_server  # noqa: PLC0415
    from skill.settings import Settings  # noqa: PLC0415
    from tests.web.chains import NOW  # noqa: PLC0415

    start_logging("INFO")
    root, chain = (trusted / "root.pem").read_bytes(), (trusted / "chain.pem").read_bytes()
    app = create_app(
        Settings(skill_id=SKILL_ID, production=True),
        trust_roots=[x509.load_pem_x509_certificate(root)],
        fetch_chain=lambda url: chain,
        now=lambda: NOW,
    )
    make_server(app, "127.0.0.1", port, MAX_BODY_BYTES).run()


def make_trust(folder: Path) -> None:
    """The chain that this process signs with."""
    from cryptography.hazmat.primitives.serialization import Encoding  # noqa: PLC0415

    from tests.web.chains import good_chain, root  # noqa: PLC0415

    (folder / "root.pem").write_bytes(root().certificate.public_bytes(Encoding.PEM))
    (folder / "chain.pem").write_bytes(good_chain())


class Service:
    """The process that is measured."""

    def __init__(self, port: int, trusted: Path) -> None:
        command = [sys.executable, "-m", "benchmarks.load", "--port", str(port), "--serve", str(trusted)]
        self._process = subprocess.Popen(command, cwd=ROOT, stderr=subprocess.DEVNULL)
        self._stat = Path(f"/proc/{self._process.pid}")
        until = time.monotonic() + 30
        while True:
            try:
                connection = http.client.HTTPConnection("127.0.0.1", port, timeout=1)
                connection.request("GET", "/health")
                connection.getresponse().read()
            except OSError:
                if time.monotonic() > until or self._process.poll() is not None:
                    raise
                time.sleep(0.1)
            else:
                connection.close()
                return

    def cpu(self) -> float:
        """CPU seconds so far."""
        fields = (self._stat / "stat").read_text(encoding="ascii").rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def kilobytes(self) -> int:
        """Memory now."""
        lines = (self._stat / "status").read_text(encoding="ascii").splitlines()
        return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS"))

    def end(self) -> None:
        """Ends it as an operator does."""
        self._process.send_signal(signal.SIGTERM)
        try:
            self._process.wait(10)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()


def bodies() -> Requests:
    """Signed requests, made beforehand: signing is Amazon's work."""
    from tests.web.alexa import NOW, signed, stamp  # noqa: PLC0415

    found = []
    for number in range(120):
        asked = question(WORDS[number % len(WORDS)]) if number % 4 else control("AMAZON.HelpIntent")
        sent = signed(json.dumps(envelope({**asked, "timestamp": stamp(NOW)})).encode())
        found.append((sent.body, {name: value for name, value in sent.headers.items() if value}))
    return found


def send(
    port: int,
    lane: int,
    rate: float,
    seconds: float,
    begin: float,
    requests: Requests,
    waits: list[float],
    wrong: list[str],
) -> None:
    """One connection's share of the timetable. A wait counts from the moment at which the request was due."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=8)
    for number in range(int(rate * seconds)):
        if number % CONNECTIONS != lane:
            continue
        due = begin + number / rate
        if (early := due - time.monotonic()) > 0:
            time.sleep(early)
        body, headers = requests[number % len(requests)]
        try:
            connection.request("POST", "/alexa", body, headers)
            response = connection.getresponse()
            answered = response.read()
            # Looked at and not parsed: the sender shares the machine with the service.
            if response.status != http.client.OK or b'"outputSpeech"' not in answered:
                wrong.append(f"status {response.status}")
        except (OSError, http.client.HTTPException) as error:
            wrong.append(type(error).__name__)
            connection.close()
        waits.append(time.monotonic() - due)


def run(rate: float, seconds: float, port: int, folder: Path) -> tuple[str, bool]:
    """The report, and whether nothing was wrong."""
    make_trust(folder)
    requests, service = bodies(), Service(port, folder)
    waits: list[float] = []
    wrong: list[str] = []
    before, memory = load_average(), []
    try:
        start, own, begin = service.cpu(), time.process_time(), time.monotonic() + 2
        lanes = [
            threading.Thread(target=send, args=(port, lane, rate, seconds, begin, requests, waits, wrong))
            for lane in range(CONNECTIONS)
        ]
        for lane in lanes:
            lane.start()
        while any(lane.is_alive() for lane in lanes):
            if len(memory) * seconds / SAMPLES <= time.monotonic() - begin:
                memory.append(service.kilobytes())
            time.sleep(0.05)
        spent, lasted, own = service.cpu() - start, time.monotonic() - begin, time.process_time() - own
    finally:
        service.end()
    settled = memory[len(memory) // 4]
    flat = max(memory[len(memory) // 4 :]) - settled <= GROWTH_KILOBYTES
    cuts = quantiles(waits, n=100)
    rows: list[tuple[str, ...]] = [
        ("what", "figure"),
        ("requests", f"{len(waits):,} in {lasted:.0f} s ({len(waits) / lasted:.0f} a second, asked: {rate:.0f})"),
        ("errors", f"{len(wrong)} {sorted(set(wrong)) or ''}"),
        (
            "CPU of the service",
            f"{spent / len(waits) * 1e3:.2f} ms a request, verification of the signature and the chain included",
        ),
        ("CPU of the sender", f"{own / len(waits) * 1e3:.2f} ms a request"),
        (
            "wall",
            f"median {median(waits) * 1e3:.1f} ms, p95 {cuts[94] * 1e3:.1f}, p99 {cuts[98] * 1e3:.1f}, longest {max(waits) * 1e3:.0f}",
        ),
        (
            "memory",
            f"{settled / 1e3:.1f} MB after a quarter, {memory[-1] / 1e3:.1f} MB at the end, highest {max(memory) / 1e3:.1f}",
        ),
    ]
    head = f"{machine('Python ' + sys.version.split()[0])}; load before and after: {before}, {load_average()}."
    told = "Sender and service share the machine; the load tells what else ran there."
    kept = len(waits) / lasted >= rate * KEPT
    if not kept:
        told += " **The rate was not reached**: run it again on a machine that is free."
    return f"## Under load (`make load`)\n\n{head} {told}\n\n{table(rows)}", not wrong and flat and kept


def main() -> int:
    """Exit status 1 for an error, or for memory that grows."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.load", description=__doc__)
    parser.add_argument("--rate", type=float, default=200.0, help="requests a second (200)")
    parser.add_argument("--seconds", type=float, default=60.0, help="for how long (60)")
    parser.add_argument("--port", type=int, default=0, help="a free port below 32768 if none is named")
    parser.add_argument("--dry", action="store_true", help="print, and leave docs/performance.md as it is")
    parser.add_argument("--serve", type=Path, metavar="FOLDER", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.serve:
        serve(options.port, options.serve)
        return 0
    from tests.web.alexa import free_port  # noqa: PLC0415

    with tempfile.TemporaryDirectory() as folder:
        text, good = run(options.rate, options.seconds, options.port or free_port(), Path(folder))
    print(text)
    if not options.dry:
        put("load", text)
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
