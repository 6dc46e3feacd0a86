"""Accounts from the command line: who does something says who they are, and the roles decide."""
import os
import pathlib
import pty
import re
import socket
import ssl
import subprocess
import unittest

import eakte

PASSWORD = "Wolke Treppe Ahorn"


def password_file(data, password=PASSWORD):
    file = pathlib.Path(data) / "password.txt"
    file.write_text(password + "\n")
    return file


def add_account(data, name, *roles):
    """An account whose password is PASSWORD."""
    eakte.add_account(data, name, *roles, password=PASSWORD)


class Accounts(unittest.TestCase):
    def test_with_accounts_a_change_needs_a_person_with_the_role(self):
        with eakte.data_directory() as data:
            at = ("--data", str(data))
            folder = ("folder", "add", *at, "61.10.30", "61.10.30/7", "Hundesteuer 7")
            refused = eakte.run("account", "add", *at, "e.erste", "Erste", "--role", "clerk", "--new-password-file",
                                password_file(data), check=False)
            self.assertEqual(refused.returncode, 1)
            self.assertIn("[first_administrator]", refused.stderr)
            add_account(data, "a.amt", "administrator")
            add_account(data, "m.akte", "records_manager")
            add_account(data, "r.pruef", "auditor")

            nameless = eakte.run(*folder, check=False)
            self.assertEqual(nameless.returncode, 1)
            self.assertIn("--as", nameless.stderr)
            with_password = ("--password-file", str(password_file(data)))
            auditor = eakte.run(*folder, "--as", "r.pruef", *with_password, check=False)
            self.assertIn("[role_missing]", auditor.stderr)
            wrong = eakte.run(*folder, "--as", "m.akte", "--password-file", password_file(data, "ganz falsches Wort"), check=False)
            self.assertIn("[login_failed]", wrong.stderr)
            password_file(data)
            eakte.run(*folder, "--as", "m.akte", *with_password)
            closed = eakte.run_json("folder", "close", *at, "61.10.30/7", "--as", "m.akte", *with_password)[0]
            self.assertEqual(closed["stage"], "closed")

            self.assertEqual(eakte.run("account", "disable", *at, "m.akte", "--as", "m.akte", *with_password, check=False).returncode, 1)
            self.assertTrue(eakte.run_json("account", "disable", *at, "m.akte", "--as", "a.amt", *with_password)[0]["disabled"])
            self.assertIn("[login_failed]", eakte.run("folder", "reopen", *at, "61.10.30/7", "--as", "m.akte", *with_password,
                                                      check=False).stderr)
            self.assertEqual([(one["name"], one["disabled"]) for one in eakte.run_json("account", "list", *at)],
                             [("a.amt", False), ("m.akte", True), ("r.pruef", False)])
            eakte.verify(data)

    def test_a_password_somebody_else_has_set_is_changed_before_anything_is_done(self):
        with eakte.data_directory() as data:
            at = ("--data", str(data))
            add_account(data, "a.amt", "administrator")
            add_account(data, "m.akte", "records_manager")
            folder = ("folder", "add", *at, "61.10.30", "61.10.30/7", "Hundesteuer 7", "--as", "m.akte")
            known = password_file(data, "Zettel im Umschlag 12")
            own = data / "own.txt"
            own.write_text(PASSWORD + "\n")
            eakte.run("account", "password", *at, "m.akte", "--as", "a.amt", "--password-file", own, "--new-password-file", known)
            refused = eakte.run(*folder, "--password-file", known, check=False)
            self.assertIn("[password_to_change]", refused.stderr)
            self.assertEqual([one["must_change_password"] for one in eakte.run_json("account", "list", *at)], [False, True])
            change = ("account", "password", *at, "m.akte", "--as", "m.akte", "--password-file", known, "--new-password-file")
            self.assertIn("[password_unchanged]", eakte.run(*change, known, check=False).stderr)
            with eakte.Service(data) as service:
                service.log_in("m.akte", "Zettel im Umschlag 12")
                status, _, body = service.request("GET", "/api/v1/folders")
                self.assertEqual((status, b"password_to_change" in body), (403, True))
                self.assertTrue(service.get("/session")["account"]["must_change_password"])
                answer = service.request("PUT", "/api/v1/session/password",
                                         ('{"old_password":"Zettel im Umschlag 12","new_password":"%s"}' % PASSWORD).encode(),
                                         {"X-Eakte": "1", "Content-Type": "application/json"})
                self.assertEqual(answer[0], 204, answer[2])
                service.log_in("m.akte", PASSWORD)
                self.assertEqual(service.request("GET", "/api/v1/folders")[0], 200)
            eakte.run(*folder, "--password-file", own)

    def test_two_passwords_given_out_by_one_person_are_no_two_people(self):
        with eakte.data_directory() as data:
            at = ("--data", str(data))
            known, own = password_file(data, "Zettel im Umschlag 12"), data / "own.txt"
            own.write_text(PASSWORD + "\n")
            add_account(data, "a.amt", "administrator")
            for name in ("m.akte", "z.weit", "f.dritt"):
                add_account(data, name, "records_manager")
            for name in ("m.akte", "z.weit"):
                eakte.run("account", "password", *at, name, "--as", "a.amt", "--password-file", own, "--new-password-file", known)
                eakte.run("account", "password", *at, name, "--as", name, "--password-file", known, "--new-password-file", own)
            person = lambda name: ("--as", name, "--password-file", str(own))
            # A shorter rule needs two people.
            plan = data / "plan.yaml"
            text = (eakte.ROOT / "samples/file_plan.yaml").read_text(encoding="utf-8").replace('version: "2026.1"', 'version: "2026.2"')
            plan.write_text(re.sub('(kz: "61.10.30".*?jahre: )8', r"\g<1>2", text), encoding="utf-8")
            proposed = eakte.run_json("fileplan", "import", *at, plan, "--reason", "kürzer", *person("m.akte"))[-1]
            self.assertEqual((proposed["state"], proposed["second_person"]), ("proposed", True))
            release = ("fileplan", "release", *at, proposed["id"], "--reason", "ja")
            self.assertIn("[account_unconfirmed]", eakte.run(*release, *person("z.weit"), check=False).stderr)
            self.assertIn("[account_unconfirmed]", eakte.run(*release, *person("f.dritt"), check=False).stderr)
            confirm = ("account", "confirm", *at, "m.akte")
            self.assertIn("[same_person]", eakte.run(*confirm, *person("a.amt"), check=False).stderr)
            self.assertIn("[account_unconfirmed]", eakte.run(*confirm, *person("z.weit"), check=False).stderr)
            with eakte.Service(data) as service:
                service.log_in("a.amt", PASSWORD)
                waiting = service.get("/accounts/unconfirmed")["accounts"]
                self.assertEqual([(one["name"], one["password_issuer"]) for one in waiting], [("m.akte", "a.amt"), ("z.weit", "a.amt")])
                answer = service.request("POST", "/api/v1/accounts/m.akte/confirm", b"", {"X-Eakte": "1"})
                self.assertEqual((answer[0], b"same_person" in answer[2]), (403, True))
                service.log_in("f.dritt", PASSWORD)
                answer = service.request("POST", "/api/v1/accounts/m.akte/confirm", b"", {"X-Eakte": "1"})
                self.assertEqual((answer[0], b'"confirmed_by":"f.dritt"' in answer[2]), (200, True), answer)
            released = eakte.run_json(*release, *person("f.dritt"))[-1]
            self.assertEqual(released["decided_by"], "f.dritt")
            entries = eakte.run_json("audit", "list", *at, "--action", "account.confirmed")
            self.assertIn("f.dritt", [one["actor"] for one in entries])

    def test_every_command_that_changes_something_asks_who_does_it(self):
        with eakte.data_directory() as data:
            add_account(data, "a.amt", "administrator")
            at = ("--data", str(data))
            for command in (("ingest", *at, eakte.SAMPLES / "hundesteuerbescheid.jpg"), ("scrub", *at), ("scrub", *at, "--all"),
                            ("evidence", "make", *at), ("audit", "head", *at), ("export", *at, "--all", data / "aus"),
                            ("folder", "add", *at, "61.10.30", "61.10.30/7", "x"), ("scan-check", "next", *at),
                            ("hold", "add", *at, "61.10.30/7", "--reason", "x", "--owner", "y", "--review-on", "2030-01-01")):
                done = eakte.run(*command, check=False)
                self.assertEqual(done.returncode, 1, command)
                self.assertIn("--as", done.stderr, command)
            eakte.run("scrub", *at, "--report")
            self.assertEqual(eakte.verify(data)["received"], 0)

    def test_a_password_is_asked_for_at_the_terminal_and_not_shown(self):
        with eakte.data_directory() as data:
            child, terminal = pty.fork()
            if child == 0:
                os.execv(eakte.PROGRAM, [eakte.PROGRAM, "account", "add", "--data", str(data), "a.amt", "Anna Amt", "--role",
                                         "administrator"])
            shown = b""
            for _ in range(2):
                while not shown.endswith(b": "):
                    shown += os.read(terminal, 1000)
                os.write(terminal, PASSWORD.encode() + b"\n")
                shown += os.read(terminal, 1)
            try:
                while more := os.read(terminal, 1000):
                    shown += more
            except OSError:
                pass  # Linux says so when the other side of a terminal is gone
            self.assertEqual(os.waitpid(child, 0)[1], 0, shown)
            os.close(terminal)
            self.assertIn("Systemverwaltung", shown.decode())
            self.assertNotIn(PASSWORD, shown.decode())


class Tls(unittest.TestCase):
    """A service that others reach: accounts and TLS, or it does not start."""

    def certificate(self, data):
        subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "30",
                        "-subj", "/CN=akte.musterstadt.example", "-addext",
                        "subjectAltName=DNS:localhost,DNS:akte.musterstadt.example,IP:127.0.0.1", "-keyout", data / "key.pem",
                        "-out", data / "certificate.pem"], check=True, capture_output=True)
        (data / "eakte.toml").write_text('[server]\ncertificate = "certificate.pem"\nkey = "key.pem"\n'
                                         'names = ["akte.musterstadt.example"]\n')
        return ssl.create_default_context(cafile=data / "certificate.pem")

    def test_beyond_this_machine_only_with_accounts_and_tls(self):
        with eakte.data_directory() as data:
            serve = ("serve", "--data", data, "--listen", "0.0.0.0:0")
            refused = eakte.run(*serve, check=False).stderr
            self.assertIn("Benutzerkonten", refused)
            self.assertIn("Zertifikat", refused)
            context = self.certificate(data)
            self.assertIn("Benutzerkonten", eakte.run(*serve, check=False).stderr)
            add_account(data, "a.amt", "administrator", "clerk")
            with eakte.Service(data, listen="0.0.0.0:0", tls=context) as service:
                port = int(service.address.rsplit(":", 1)[1])
                service.address = f"https://localhost:{port}"
                self.assertEqual(service.request("GET", "/api/v1/documents")[0], 401)
                cookie = service.log_in("a.amt", PASSWORD)
                self.assertTrue(cookie.startswith("__Host-eakte-"), cookie)
                self.assertIn("; Secure", cookie)

                content = os.urandom(5_000_000)
                intake = service.upload("bild.bin", content)
                self.assertEqual(intake["size"], len(content))
                ended = service.wait_for(intake["id"])
                self.assertEqual(ended["state"], "refused", ended)
                letter = service.upload("brief.tif", (eakte.SAMPLES / "wohngeldantrag.tif").read_bytes())
                document = service.wait_for(letter["id"])["document"]
                status, _, original = service.request("GET", f"/api/v1/documents/{document}/renditions/original")
                self.assertEqual((status, original), (200, (eakte.SAMPLES / "wohngeldantrag.tif").read_bytes()))

                named = {"Host": f"akte.musterstadt.example:{port}"}
                self.assertEqual(service.request("GET", "/api/v1/status", headers=named)[0], 200)
                self.assertEqual(service.request("GET", "/api/v1/status", headers={"Host": "boese.example"})[0], 403)
                same = {**named, "Origin": f"https://akte.musterstadt.example:{port}", "X-Eakte": "1"}
                self.assertEqual(service.request("POST", f"/api/v1/documents/{document}/confirm", b"{}", same)[0], 200)
                self.assertEqual(service.request("POST", f"/api/v1/documents/{document}/confirm", b"{}",
                                                 {**same, "Origin": "http://akte.musterstadt.example"})[0], 403)
                self.events_come(service, context, port)
                self.old_tls_and_plain_http_get_nothing(port)
                self.assertEqual(service.request("GET", "/api/v1/status")[0], 200)
            eakte.verify(data)

    def events_come(self, service, context, port):
        with socket.create_connection(("localhost", port), timeout=eakte.PATIENCE) as plain, \
                context.wrap_socket(plain, server_hostname="localhost") as stream:
            stream.sendall(f"GET /api/v1/events HTTP/1.1\r\nHost: localhost\r\nCookie: {service.headers['Cookie']}\r\n\r\n".encode())
            received = b""
            while b"retry: 3000" not in received:
                received += stream.recv(4096)
            service.upload("noch.bin", b"neu")
            while b"event: intake" not in received:
                received += stream.recv(4096)

    def old_tls_and_plain_http_get_nothing(self, port):
        old = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        old.check_hostname = False
        old.verify_mode = ssl.CERT_NONE
        old.set_ciphers("ALL:@SECLEVEL=0")
        old.minimum_version = old.maximum_version = ssl.TLSVersion.TLSv1_1
        with socket.create_connection(("localhost", port), timeout=eakte.PATIENCE) as plain:
            with self.assertRaises((ssl.SSLError, ConnectionError)):
                old.wrap_socket(plain)
        with socket.create_connection(("localhost", port), timeout=eakte.PATIENCE) as plain:
            plain.sendall(b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n")
            try:
                self.assertNotIn(b"HTTP/1.1", plain.recv(4096))
            except ConnectionError:
                pass

    def test_a_key_that_does_not_fit_stops_the_start(self):
        with eakte.data_directory() as data:
            self.certificate(data)
            certificate = (data / "certificate.pem").read_bytes()
            self.certificate(data)
            (data / "certificate.pem").write_bytes(certificate)
            refused = eakte.run("serve", "--data", data, "--listen", "127.0.0.1:0", check=False)
            self.assertEqual(refused.returncode, 1)
            self.assertIsNotNone(re.search("Schlüssel .*passt nicht", refused.stderr), refused.stderr)


if __name__ == "__main__":
    unittest.main()
