"""Drives the real program from outside: a data directory, a running service, requests over HTTP.

Python's standard library only. Every test file is a unittest program that is given the program in EAKTE_PROGRAM.
"""
import contextlib
import datetime
import json
import os
import pathlib
import shutil
import signal
import subprocess
import tempfile
import threading
import time
import urllib.error
import urllib.parse
import urllib.request

PROGRAM = os.environ["EAKTE_PROGRAM"]
ROOT = pathlib.Path(__file__).resolve().parents[2]
SAMPLES = ROOT / "samples" / "documents"
SHARED = ROOT.parent / "shared"
# How long a test waits for what must happen: no bound on how slow a machine may be, only an end for a program that hangs.
PATIENCE = 900
ENDED = {"filed", "review", "refused", "quarantined", "unpacked", "split", "withdrawn", "duplicate", "destroyed"}


def wait_until(holds, what, patience=PATIENCE):
    """Waits until `holds()` gives something true, and returns that; `what` is said when it never does."""
    deadline = time.monotonic() + patience
    while not (found := holds()):
        if time.monotonic() > deadline:
            raise AssertionError(f"waited {patience} s in vain: {what() if callable(what) else what}")
        time.sleep(0.1)
    return found


def today():
    """The day it is for the program, wherever the machine stands: that of Europe/Berlin (Directive 2000/84/EC)."""
    now = datetime.datetime.now(datetime.timezone.utc).replace(tzinfo=None)

    def turn(month):
        last = datetime.datetime(now.year, month, 31, 1)
        return last - datetime.timedelta(days=last.isoweekday() % 7)
    summer = turn(3) <= now < turn(10)
    return (now + datetime.timedelta(hours=2 if summer else 1)).date()


def run(*arguments, check=True, timeout=PATIENCE, environment=None):
    """Runs `eakte ARGUMENTS`; returns the finished process with text output. `environment` is added to ours."""
    done = subprocess.run([PROGRAM, *map(str, arguments)], capture_output=True, text=True, timeout=timeout,
                          env={**os.environ, **(environment or {})})
    if check and done.returncode != 0:
        raise AssertionError(f"eakte {' '.join(map(str, arguments))} ended with {done.returncode}\n{done.stdout}\n{done.stderr}")
    return done


def run_json(*arguments, check=True):
    """The JSON lines a command prints."""
    return [json.loads(line) for line in run(*arguments, "--json", check=check).stdout.splitlines()]


def add_people(data, scratch, people):
    """Accounts with the password the browser tests know: (name, person, role) each, beside an administrator "a.amt"."""
    (scratch / "password").write_text("Wolke Treppe Ahorn\n", encoding="utf-8")
    add_account(data, "a.amt", "administrator", password="Wolke Treppe Ahorn", person="Anna Amt")
    for name, person, role in people:
        add_account(data, name, role, password="Wolke Treppe Ahorn", person=person)


@contextlib.contextmanager
def data_directory(configuration=""):
    """A fresh data directory with the demo tenant."""
    directory = pathlib.Path(tempfile.mkdtemp(prefix="eakte-e2e-"))
    try:
        run("init", "--data", directory)
        if configuration:
            (directory / "eakte.toml").write_text(configuration)
        yield directory
    finally:
        shutil.rmtree(directory, ignore_errors=True)


def add_account(data, name, *roles, password, person="", confirmed_by="a.amt"):
    """An account whose person has chosen `password`, as everybody must before doing anything, and which somebody who has the same
    password confirms, so that it counts as one of two people at once."""
    with tempfile.TemporaryDirectory() as directory:
        given, own = pathlib.Path(directory) / "given", pathlib.Path(directory) / "own"
        given.write_text("Zettel im Umschlag 4711\n")
        own.write_text(password + "\n")
        run("account", "add", "--data", data, name, person or name.title(), *[word for role in roles for word in ("--role", role)],
            "--new-password-file", given)
        run("account", "password", "--data", data, name, "--as", name, "--password-file", given, "--new-password-file", own)
        if confirmed_by and confirmed_by != name:
            run("account", "confirm", "--data", data, name, "--as", confirmed_by, "--password-file", own)


class Service:
    """A running `eakte serve` on a free port."""

    def __init__(self, data, listen="127.0.0.1:0", tls=None):
        """`tls` is an ssl.SSLContext where the service is configured with a certificate."""
        self.data = data
        self.tls = tls
        self.headers = {}  # sent with every request, such as the cookie of a session
        self.log = open(data / "serve.log", "ab")
        self.process = subprocess.Popen([PROGRAM, "serve", "--data", str(data), "--listen", listen, "--json"],
                                        stdout=subprocess.PIPE, stderr=self.log, start_new_session=True)
        line = self.process.stdout.readline()
        if not line:
            raise AssertionError("the service did not start:\n" + (data / "serve.log").read_text()[-3000:])
        self.address = json.loads(line)["address"].rstrip("/")

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.stop()

    def request(self, method, path, body=None, headers=None, timeout=PATIENCE):
        """Status, headers, bytes."""
        request = urllib.request.Request(self.address + path, data=body, method=method, headers={**self.headers, **(headers or {})})
        try:
            with urllib.request.urlopen(request, timeout=timeout, context=self.tls) as answer:
                return answer.status, answer.headers, answer.read()
        except urllib.error.HTTPError as error:
            return error.code, error.headers, error.read()

    def get(self, path):
        status, _, body = self.request("GET", "/api/v1" + path)
        if status != 200:
            raise AssertionError(f"GET {path}: {status} {body[:500]}")
        return json.loads(body)

    def log_in(self, name, password):
        """The session's cookie goes with every request from now on."""
        body = json.dumps({"name": name, "password": password}).encode()
        status, headers, answer = self.request("POST", "/api/v1/session", body)
        if status != 201:
            raise AssertionError(f"login: {status} {answer[:500]}")
        self.headers = {"Cookie": headers["Set-Cookie"].split(";")[0]}
        return headers["Set-Cookie"]

    def upload(self, name, content, key=None):
        headers = {"Content-Type": "application/octet-stream", "X-Eakte": "1"}
        if key:
            headers["Idempotency-Key"] = key
        status, _, body = self.request("POST", "/api/v1/intakes?name=" + urllib.parse.quote(name), content, headers)
        if status != 201:
            raise AssertionError(f"upload of {name}: {status} {body[:500]}")
        return json.loads(body)["intakes"][0]

    def wait_for(self, intake):
        """The intake once it has ended."""
        now = {}

        def ended():
            now.update(self.get(f"/intakes/{intake}"))
            return now["state"] in ENDED
        wait_until(ended, lambda: f"intake {intake} has not ended: {now}")
        return now

    def wait_for_index(self):
        def caught_up():
            status = self.get("/status")
            return status["archive_revision"] == status["index_revision"]
        wait_until(caught_up, "the index stays behind")

    def search(self, query, **parameters):
        return self.get("/search?" + urllib.parse.urlencode({"q": query, **parameters}))

    def stop(self):
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            self.process.wait(timeout=PATIENCE)
        self.process.stdout.close()
        self.log.close()

    def kill(self):
        """As a power cut would: nobody gets to say goodbye."""
        self.process.kill()
        self.process.wait()
        self.process.stdout.close()
        self.log.close()


def children_of(process):
    """Ids of the processes it has started and not yet reaped."""
    children = set()
    for status in pathlib.Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError, IndexError):
            if int(status.read_text().rsplit(")", 1)[1].split()[1]) == process:
                children.add(int(status.parent.name))
    return children


def family_of(process):
    """The process with its children and theirs."""
    return {process}.union(*map(family_of, children_of(process)))


def is_sanitized():
    """Whether the program was built with AddressSanitizer, which multiplies its memory."""
    return b"__asan_init" in pathlib.Path(PROGRAM).read_bytes()


def verify(data):
    """`eakte verify`, which must find nothing."""
    report = run_json("verify", "--data", data, check=False)[0]
    if not report["ok"]:
        raise AssertionError("verify found: " + "\n".join(report["problems"]))
    return report


class Uploader(threading.Thread):
    """Uploads until stopped, with a short pause after each; remembers what was acknowledged as (intake id, sha256)."""

    def __init__(self, current_service, make_file, pause=0.1):
        super().__init__(daemon=True)
        self.current_service = current_service
        self.pause = pause
        self.make_file = make_file
        self.acknowledged = []
        self.running = True

    def run(self):
        while self.running:
            service = self.current_service()
            if service is None:
                time.sleep(0.02)
                continue
            name, content = self.make_file()
            try:
                intake = service.upload(name, content)
                self.acknowledged.append((intake["id"], intake["sha256"]))
                time.sleep(self.pause)
            except (OSError, AssertionError, ValueError, KeyError):
                time.sleep(0.02)
