"""What proves, from outside: time stamps of a TSA, evidence records, the signed head of the audit trail, damage and
repair, replacing scanning."""
import http.server
import json
import os
import pathlib
import shutil
import ssl
import subprocess
import tempfile
import threading
import unittest

import eakte

TSA_CONFIGURATION = """[req]
distinguished_name=dn
x509_extensions=ext
prompt=no
[dn]
CN=Zeitstempel der Stadt Musterau
[ext]
extendedKeyUsage=critical,timeStamping
[tsa]
default_tsa=one
[one]
serial={directory}/serial
default_policy=1.2.3.4.1
signer_digest=sha256
digests=sha256,sha384,sha512
ordering=yes
ess_cert_id_alg=sha256
"""


class TimeStampAuthority:
    """`openssl ts` behind HTTP on a free port."""

    def __init__(self, directory, tls=None):
        """`tls`: an ssl.SSLContext to speak HTTPS with."""
        self.directory = pathlib.Path(directory)
        (self.directory / "tsa.cnf").write_text(TSA_CONFIGURATION.format(directory=directory))
        (self.directory / "serial").write_text("01\n")
        self.openssl("req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "30", "-config", "tsa.cnf", "-keyout",
                     "key.pem", "-out", "certificate.pem")
        self.answers = 0
        authority = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"]))
                answer = authority.answer(body)
                self.send_response(200)
                self.send_header("Content-Type", "application/timestamp-reply")
                self.send_header("Content-Length", str(len(answer)))
                self.end_headers()
                self.wfile.write(answer)

            def log_message(self, *_):
                pass

        self.server = http.server.HTTPServer(("127.0.0.1", 0), Handler)
        if tls:
            self.server.socket = tls.wrap_socket(self.server.socket, server_side=True)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        self.url = f"{'https://localhost' if tls else 'http://127.0.0.1'}:{self.server.server_port}/tsa"

    def openssl(self, *arguments):
        subprocess.run(["openssl", *arguments], cwd=self.directory, check=True, capture_output=True)

    def answer(self, request):
        (self.directory / "request").write_bytes(request)
        self.openssl("ts", "-reply", "-config", "tsa.cnf", "-section", "one", "-queryfile", "request", "-signer",
                     "certificate.pem", "-inkey", "key.pem", "-out", "answer")
        self.answers += 1
        return (self.directory / "answer").read_bytes()

    def stop(self):
        self.server.shutdown()
        self.server.server_close()


@unittest.skipUnless(shutil.which("openssl"), "no program openssl")
class OverTls(unittest.TestCase):
    """The authority behind TLS, and authorities that must not be believed."""

    @classmethod
    def setUpClass(cls):
        cls.temporary = tempfile.TemporaryDirectory()
        cls.directory = pathlib.Path(cls.temporary.name)
        cls.certificate("server", "localhost")
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(cls.directory / "server.pem", cls.directory / "server.key")
        (cls.directory / "tsa").mkdir()
        cls.authority = TimeStampAuthority(cls.directory / "tsa", context)

    @classmethod
    def tearDownClass(cls):
        cls.authority.stop()
        cls.temporary.cleanup()

    @classmethod
    def certificate(cls, name, host):
        subprocess.run(["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "5", "-subj", f"/CN={host}", "-addext",
                        f"subjectAltName=DNS:{host}", "-keyout", cls.directory / f"{name}.key", "-out",
                        cls.directory / f"{name}.pem"], check=True, capture_output=True)

    def made(self, data, roots, url=None, trusted=None):
        """What `evidence make` says when the system trusts `roots`."""
        shutil.copy(trusted or self.directory / "tsa" / "certificate.pem", data / "tsa.pem")
        (data / "eakte.toml").write_text(f'[evidence]\ntsa = "{url or self.authority.url}"\ntsa_certificates = "tsa.pem"\n')
        return subprocess.run([eakte.PROGRAM, "evidence", "make", "--data", data, "--on", eakte.today().isoformat()],
                              env={**os.environ, "SSL_CERT_FILE": str(roots), "SSL_CERT_DIR": "/nonexistent"},
                              capture_output=True, text=True)

    def test_a_known_host_is_asked_and_any_other_is_not(self):
        with eakte.data_directory() as data:
            self.certificate("other", "anderswo.example")
            stranger = self.made(data, self.directory / "other.pem")
            self.assertEqual((stranger.returncode, self.authority.answers), (1, 0))
            self.assertIn("verschlüsseln", stranger.stderr)
            # The certificate holds, but is of another name.
            port = self.authority.server.server_port
            wrong_name = self.made(data, self.directory / "server.pem", f"https://127.0.0.1:{port}/tsa")
            self.assertEqual((wrong_name.returncode, self.authority.answers), (1, 0))
            self.assertEqual(eakte.run_json("evidence", "status", "--data", data)[0]["days"], 0)
            done = self.made(data, self.directory / "server.pem")
            self.assertEqual((done.returncode, self.authority.answers), (0, 1), done.stderr)
            self.assertTrue(eakte.run_json("evidence", "check", "--data", data)[0]["ok"])
            status = eakte.run_json("evidence", "status", "--data", data)[0]
            self.assertEqual(len(status["warnings"]), 1, "its certificate is for 30 days")
            self.assertIn("eakte evidence renew", status["warnings"][0])
            self.assertIn("läuft am", eakte.run("verify", "--data", data).stdout)

    def test_an_answer_to_another_question_or_of_another_authority_is_no_time_stamp(self):
        with eakte.data_directory() as data:
            right = self.authority.answer
            first = []

            def answer(request):
                first.append(right(request))
                return first[0]
            self.authority.answer = answer
            try:
                self.assertEqual(self.made(data, self.directory / "server.pem").returncode, 0)
                eakte.run("folder", "add", "--data", data, "61.10.30", "61.10.30/78", "Hundesteuer 78")
                again = self.made(data, self.directory / "server.pem")
                self.assertEqual((again.returncode, len(first)), (1, 2), "the answer to the day before")
                self.authority.answer = lambda request: b"<html>geht gerade nicht</html>"
                self.assertEqual(self.made(data, self.directory / "server.pem").returncode, 1)
            finally:
                self.authority.answer = right
            (self.directory / "fremd").mkdir()
            stranger = TimeStampAuthority(self.directory / "fremd")
            stranger.stop()
            untrusted = self.made(data, self.directory / "server.pem", trusted=self.directory / "fremd" / "certificate.pem")
            self.assertEqual(untrusted.returncode, 1)
            self.assertIn("Zeitstempel", untrusted.stderr + untrusted.stdout)
            self.assertEqual(eakte.run_json("evidence", "status", "--data", data)[0]["days"], 1)
            self.assertEqual(self.made(data, self.directory / "server.pem").returncode, 0)


@unittest.skipUnless(shutil.which("openssl"), "no program openssl")
class Proof(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.temporary = tempfile.TemporaryDirectory()
        directory = pathlib.Path(cls.temporary.name)
        (directory / "tsa").mkdir()
        cls.authority = TimeStampAuthority(directory / "tsa")
        cls.data = directory / "data"
        eakte.run("init", "--data", cls.data)
        shutil.copy(directory / "tsa" / "certificate.pem", cls.data / "tsa.pem")
        (cls.data / "eakte.toml").write_text(
            f'[evidence]\ntsa = "{cls.authority.url}"\ntsa_certificates = "tsa.pem"\n'
            '[scan]\nprocedure = "VD 2.1"\nprofile = "posteingang"\n')
        cls.at = ("--data", str(cls.data))
        eakte.run("ingest", "--wait", *cls.at, eakte.SAMPLES / "hundesteuerbescheid.jpg")
        cls.document = eakte.run_json("search", *cls.at, "Hundesteuer")[0]["document"]

    @classmethod
    def tearDownClass(cls):
        cls.authority.stop()
        cls.temporary.cleanup()

    def out(self, name):
        return pathlib.Path(self.temporary.name) / name

    def test_a_document_is_proven_without_the_archive_renewed_and_the_chain_anchored(self):
        self.assertIn("noch keinen Beweisdatensatz",
                      eakte.run("evidence", "get", *self.at, self.document, "--out", self.out("early"),
                                check=False).stderr)
        today = eakte.today().isoformat()
        made = eakte.run_json("evidence", "make", *self.at, "--on", today)
        self.assertEqual([one["documents"] for one in made], [1])
        self.assertEqual(eakte.run_json("evidence", "make", *self.at, "--on", today), [])
        for renewal in ([], ["--hash", "sha512"], []):
            files = eakte.run_json("evidence", "get", *self.at, self.document, "--out", self.out("proof"))[0]["files"]
            self.assertEqual(files[0], "manifest.json")
            self.assertIn("original", files)
            arguments = [part for name in files for part in ("--file", self.out("proof") / name)]
            verdict = eakte.run_json("evidence", "verify", self.out("proof") / "evidence.ers", *arguments, "--trusted",
                                     self.data / "tsa.pem")[0]
            self.assertEqual((verdict["errors"], verdict["warnings"]), ([], []))
            eakte.verify(self.data)
            self.assertEqual(eakte.run_json("evidence", "renew", *self.at, *renewal)[0],
                             {"records": 2, "problems": []})
        (self.out("proof") / "original").write_bytes(b"something else")
        self.assertEqual(eakte.run("evidence", "verify", self.out("proof") / "evidence.ers", "--file",
                                   self.out("proof") / "original", check=False).returncode, 1)
        status = eakte.run_json("evidence", "status", *self.at)[0]
        self.assertEqual((status["days"], status["records"], status["last_day"]), (1, 1, made[0]["day"]))
        eakte.verify(self.data)

    def test_the_head_of_the_audit_trail_is_signed_and_stamped(self):
        head = self.out("head.p7m")
        eakte.run("audit", "head", *self.at, "--out", head)
        self.assertTrue(eakte.run_json("audit", "verify", *self.at, "--head", head)[0]["ok"])
        shown = subprocess.run(["openssl", "cms", "-verify", "-in", head, "-inform", "PEM", "-noverify"],
                               capture_output=True, check=True)
        self.assertEqual(json.loads(shown.stdout)["tenant"], "musterstadt")
        printed = subprocess.run(["openssl", "cms", "-cmsout", "-print", "-in", head, "-inform", "PEM"],
                                 capture_output=True, check=True)
        self.assertIn(b"id-smime-aa-timeStampToken", printed.stdout)
        message = head.read_text()
        for damaged in (message.replace("A", "B", 40), message[:len(message) // 2], "no head"):
            head.write_text(damaged)
            verdict = eakte.run_json("audit", "verify", *self.at, "--head", head, check=False)[0]
            self.assertFalse(verdict["ok"])
            self.assertEqual(len(verdict["problems"]), 1, verdict)

    def test_the_head_that_comes_over_http_is_stamped_as_well(self):
        head = self.out("head-http.p7m")
        with eakte.Service(self.data) as service:
            status, _, body = service.request("POST", "/api/v1/audit/head", b"", {"X-Eakte": "1"})
            self.assertEqual(status, 200, body)
            head.write_bytes(body)
            checked = json.loads(service.request("POST", "/api/v1/evidence/check", b"", {"X-Eakte": "1"})[2])
            self.assertEqual(checked["checked"]["problems"], [])
        self.assertTrue(eakte.run_json("audit", "verify", *self.at, "--head", head)[0]["ok"])
        printed = subprocess.run(["openssl", "cms", "-cmsout", "-print", "-in", head, "-inform", "PEM"],
                                 capture_output=True, check=True)
        self.assertIn(b"id-smime-aa-timeStampToken", printed.stdout)
        with eakte.data_directory('[evidence]\ntsa = "http://127.0.0.1:1/"\n') as data, eakte.Service(data) as service:
            status, _, body = service.request("POST", "/api/v1/audit/head", b"", {"X-Eakte": "1"})
            self.assertEqual((status, b"time_stamp_missing" in body), (503, True))

    def test_without_an_answer_of_the_authority_nothing_is_claimed(self):
        with eakte.data_directory('[evidence]\ntsa = "http://127.0.0.1:1/"\n') as data:
            eakte.run("folder", "add", "--data", data, "61.10.30", "61.10.30/77", "Hundesteuer 77")
            failed = eakte.run("evidence", "make", "--data", data, "--on", eakte.today().isoformat(),
                               check=False)
            self.assertEqual(failed.returncode, 1)
            self.assertIn("nicht erreichbar", failed.stderr)
            self.assertEqual(eakte.run_json("evidence", "status", "--data", data)[0]["days"], 0)
            eakte.verify(data)

    def test_a_damaged_object_is_refused_and_repaired_from_a_right_copy_only(self):
        tenant = self.data / "tenants" / "musterstadt"
        backup = self.out("backup")
        shutil.copytree(tenant / "objects", backup)
        sha256 = eakte.run_json("show", *self.at, self.document)[0]["renditions"]["original"]["sha256"]
        parts = pathlib.Path(sha256[:2]) / sha256[2:4] / sha256
        for objects in (tenant / "objects", backup):
            (objects / parts).chmod(0o640)
        right = (backup / parts).read_bytes()
        (tenant / "objects" / parts).write_bytes(right[:-1] + b"#")
        refused = eakte.run("get", *self.at, self.document, "--rendition", "original", check=False)
        self.assertEqual((refused.returncode, refused.stdout), (1, ""))
        self.assertIn("[object_damaged]", refused.stderr)
        self.assertEqual(eakte.run("scrub", *self.at, "--all", check=False).returncode, 1)
        self.assertEqual([one["sha256"] for one in eakte.run_json("scrub", *self.at, "--report", check=False)[0]["damages"]],
                         [sha256])
        (backup / parts).write_bytes(right[:-1])
        self.assertEqual(eakte.run_json("repair", *self.at, "--from", backup, check=False)[0]["unfit"], [sha256])
        (backup / parts).write_bytes(right)
        self.assertEqual(eakte.run_json("repair", *self.at, "--from", backup)[0]["repaired"], [sha256])
        self.assertEqual(eakte.run_json("scrub", *self.at, "--all")[0]["damages"], [])
        eakte.verify(self.data)

    def test_paper_is_released_only_after_check_and_note(self):
        eakte.run_json("confirm", *self.at, self.document)
        refused = eakte.run("scan-check", "release", *self.at, self.document, check=False)
        self.assertIn("[scan_undecided]", refused.stderr)
        self.assertEqual([one["document"] for one in eakte.run_json("scan-check", "next", *self.at)], [self.document])
        pages = eakte.run_json("show", *self.at, self.document)[0]["pages"]
        wrong = eakte.run("scan-check", "record", *self.at, self.document, "--result", "good", "--pages", pages + 1,
                          check=False)
        self.assertIn("[scan_pages]", wrong.stderr)
        checked = eakte.run_json("scan-check", "record", *self.at, self.document, "--result", "good", "--pages", pages)[0]
        self.assertEqual(checked["missing"], "scan_note_missing")
        # No profile is released, and without accounts nobody can be the second person.
        self.assertIn("[scan_profile_missing]",
                      eakte.run("scan-check", "note", *self.at, self.document, check=False).stderr)
        settings = self.out("profile.txt")
        settings.write_text("300 dpi, Farbe\n")
        eakte.run("scan-profile", "add", *self.at, "posteingang", settings)
        self.assertIn("[account_needed]",
                      eakte.run("scan-profile", "release", *self.at, "posteingang", "1", check=False).stderr)
        denials = eakte.run_json("audit", "list", *self.at, "--action", "access.denied")
        self.assertIn("scan_pages", [one["detail"].get("code") for one in denials])
        eakte.verify(self.data)


if __name__ == "__main__":
    unittest.main()
