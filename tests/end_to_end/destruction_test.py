"""A folder's destruction from the command line: permission, two people, quarantine, execution, and what is left."""
import json
import pathlib
import shutil
import tempfile
import unittest

import eakte

PASSWORD = "Wolke Treppe Ahorn"
# In the file's name, what the page itself says, and how the index writes that.
WORDS = ("Zwergtaucherquark", "Wößner", "Wossner")
# The period ended five days before the folder was closed, so that nobody has to wait for it.
PLAN = """schema_version: 1
aktenplan: {bezeichnung: Probe, version: "1"}
vorgaben: {frist: {art: mindest, tage: -5, beginn: zdA, rundung: taggenau}, aussonderungsart: V}
einheiten:
- {kz: "61.10.30", titel: Kommunale Abgaben, aktenbildend: true}
- {kz: "61.10.40", titel: Anderes, aktenbildend: true, aussonderungsart: B}
"""


def files_with(directory, word):
    """Every file below that holds the word, as UTF-8 or UTF-16, in any case."""
    found = []
    for file in pathlib.Path(directory).rglob("*"):
        if file.is_file():
            content = file.read_bytes().lower()
            if word.lower().encode() in content or word.lower().encode("utf-16-le") in content or word.lower() in file.name.lower():
                found.append(str(file))
    return found


class Destruction(unittest.TestCase):
    def setUp(self):
        self.directory = pathlib.Path(tempfile.mkdtemp(prefix="eakte-e2e-"))
        self.addCleanup(shutil.rmtree, self.directory, ignore_errors=True)
        self.data = self.directory / "data"
        (self.directory / "logs").mkdir()
        (self.directory / "plan.yaml").write_text(PLAN)
        (self.directory / "password").write_text(PASSWORD + "\n")
        eakte.run("init", "--data", self.data, "--file-plan", self.directory / "plan.yaml")
        self.configure(quarantine_days=0)
        self.as_nobody("folder", "add", "61.10.30", "61.10.30/1187", "Hundesteuer " + WORDS[0])
        self.as_nobody("folder", "add", "61.10.40", "61.10.40/1", "Andere Akte")
        picture = self.directory / (WORDS[0] + ".jpg")
        shutil.copy(eakte.SAMPLES / "hundesteuerbescheid.jpg", picture)
        eakte.run("ingest", "--wait", "--data", self.data, picture)
        picture.unlink()
        for name, role in (("a.amt", "administrator"), ("m.akte", "records_manager"), ("s.akte", "records_manager")):
            eakte.add_account(self.data, name, role, password=PASSWORD)

    def configure(self, quarantine_days):
        (self.data / "eakte.toml").write_text(
            f'[tenant.musterstadt]\ntrial = true\nquarantine_days = {quarantine_days}\n[destruction]\nbackups_kept_days = 90\n'
            f'log_copies = ["{self.directory / "logs"}"]\n')

    def as_nobody(self, *arguments):
        return eakte.run(*arguments[:2], "--data", self.data, *arguments[2:])

    def as_person(self, name, *arguments):
        """Status, JSON lines, problem."""
        done = eakte.run(*arguments, "--data", self.data, "--json", "--as", name, "--password-file", self.directory / "password",
                         check=False)
        return done.returncode, [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")], done.stderr

    def as_reader(self, name, *arguments):
        return eakte.run(*arguments, "--data", self.data, "--as", name, "--password-file", self.directory / "password",
                         check=False)

    def test_nothing_goes_around_the_rules_and_nothing_is_left_afterwards(self):
        document = eakte.run_json("search", "--data", self.data, "Hundesteuer")[0]["document"]
        self.assertEqual(self.as_person("m.akte", "folder", "close", "61.10.30/1187")[0], 0)
        self.assertEqual(self.as_person("m.akte", "folder", "close", "61.10.40/1")[0], 0)
        both = ("61.10.30/1187", "61.10.40/1")
        status, refused, _ = self.as_person("m.akte", "dispose", "propose", *both)
        self.assertEqual((status, [one["refused"] for one in refused]), (1, ["permission_missing", "appraisal_missing"]))
        self.assertIn("[role_missing]", self.as_person("a.amt", "dispose", "propose", *both)[2])
        permission = ("dispose", "permission", "add", "StA 12/26", "--issued-on", "2026-01-02", "--valid-until", "2099-12-31",
                      "--entry", "61.10.30")
        self.assertIn("[role_missing]", self.as_person("a.amt", *permission)[2])
        self.assertEqual(self.as_person("m.akte", *permission)[0], 0)
        status, proposed, problem = self.as_person("m.akte", "dispose", "propose", "--all-due")
        self.assertEqual((status, [one["reference"] for one in proposed]), (0, ["61.10.30/1187"]), problem)
        status, refused, _ = self.as_person("m.akte", "dispose", "approve", "61.10.30/1187")
        self.assertEqual((status, refused[0]["refused"]), (1, "same_person"))

        self.configure(quarantine_days=30)
        self.assertEqual(self.as_person("s.akte", "dispose", "approve", "61.10.30/1187")[0], 0)
        self.assertEqual(self.as_person("s.akte", "dispose", "run")[1][0]["done"], 0)
        self.assertEqual(self.as_person("m.akte", "dispose", "withdraw", "61.10.30/1187", "--reason", "Rückfrage")[0], 0)
        self.configure(quarantine_days=0)
        self.as_person("m.akte", "dispose", "propose", "61.10.30/1187")
        backup = self.directory / "backup"
        shutil.copytree(self.data, backup)
        self.assertEqual(self.as_person("s.akte", "dispose", "approve", "61.10.30/1187")[0], 0)

        for word in WORDS:
            self.assertNotEqual(files_with(self.data, word), [])
        status, done, problem = self.as_person("s.akte", "dispose", "run")
        self.assertEqual((status, done[0]["done"]), (0, 1), problem)
        for word in WORDS:
            self.assertEqual(files_with(self.data, word), [])
        self.assertEqual(eakte.run_json("search", "--data", self.data, "Hundesteuer"), [])
        self.assertNotEqual(eakte.run("show", "--data", self.data, document, check=False).returncode, 0)
        record = eakte.run_json("dispose", "record", "--data", self.data, "61.10.30/1187")[0]
        self.assertEqual((record["proposed"]["by"], record["approved"]["by"], record["basis"]["source"]),
                         ("m.akte", "s.akte", "StA 12/26"))
        self.assertEqual(record["documents"][0]["document"], document)
        report = eakte.verify(self.data)
        self.assertEqual(report["states"]["destroyed"], 1)

        # Somebody restores the backup; the log lies elsewhere.
        shutil.rmtree(self.data)
        shutil.move(backup, self.data)
        self.assertNotEqual(files_with(self.data, WORDS[0]), [])
        status, done, problem = self.as_person("m.akte", "dispose", "run")
        self.assertEqual((status, done[0]["done"]), (0, 1), problem)
        for word in WORDS:
            self.assertEqual(files_with(self.data, word), [])
        eakte.verify(self.data)

    def test_a_service_executes_what_is_approved_when_it_starts(self):
        self.as_person("m.akte", "folder", "close", "61.10.30/1187")
        self.as_person("m.akte", "dispose", "permission", "add", "StA 12/26", "--issued-on", "2026-01-02", "--valid-until",
                       "2099-12-31", "--entry", "61.10.30")
        self.as_person("m.akte", "dispose", "propose", "61.10.30/1187")
        self.as_person("s.akte", "dispose", "approve", "61.10.30/1187")
        with eakte.Service(self.data):
            eakte.wait_until(lambda: eakte.run_json("dispose", "list", "--data", self.data, "--state", "done"), "nothing was done")
            status, _, problem = self.as_person("m.akte", "dispose", "run")
            self.assertEqual(status, 1)
            self.assertIn("Dienst", problem)
        for word in WORDS:
            self.assertEqual(files_with(self.data, word), [])
        eakte.verify(self.data)

    def test_a_person_asks_for_erasure_while_a_duty_stands_against_it(self):
        status, lines, problem = self.as_person("m.akte", "folder", "close", "61.10.30/1187")
        self.assertEqual(status, 0, problem)
        person = ("erasure", "add", "Jörg Wößner", "--address", "Bahnhofstraße 27 b, 39999 Musterstadt")
        self.assertIn("[role_missing]", self.as_person("a.amt", *person)[2])
        request = eakte.run(*person, "--data", self.data, "--as", "m.akte", "--password-file", self.directory / "password").stdout.strip()
        found = self.as_person("m.akte", "erasure", "find", request)[1]
        self.assertEqual(len(found), 1)
        status, decided, problem = self.as_person("m.akte", "erasure", "decide", request, "--all-found")
        self.assertEqual(status, 0, problem)
        # Nothing allows the destruction yet: the archive has to be asked first.
        self.assertEqual([(one["decision"], one["code"]) for one in decided[0]["items"]], [("restricted", "permission_missing")])
        self.assertIn("Art. 17 Abs. 3 Buchst. d DSGVO", decided[0]["letter"])
        self.assertEqual(eakte.run_json("search", "--data", self.data, "Wößner"), [])
        self.assertTrue(self.as_person("m.akte", "erasure", "find", request)[1][0]["restricted"])
        document = found[0]["document"]
        for command in (("show",), ("get", "--rendition", "text")):
            refused = eakte.run(*command, "--data", self.data, document, check=False)
            self.assertEqual(refused.returncode, 1, refused.stdout)
            self.assertIn("[document_restricted]", refused.stderr)
            self.assertIn("[role_missing]", self.as_reader("a.amt", *command, document).stderr)
            self.assertEqual(self.as_reader("m.akte", *command, document).returncode, 0)
        eakte.verify(self.data)
        self.assertEqual(self.as_person("s.akte", "erasure", "lift", found[0]["document"])[0], 0)
        self.assertEqual(len(eakte.run_json("search", "--data", self.data, "Wößner")), 1)
        eakte.verify(self.data)


if __name__ == "__main__":
    unittest.main()
