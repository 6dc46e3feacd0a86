"""What is locked by a stage of retention is kept from commands on the machine as it is kept from the page."""
import pathlib
import re
import tempfile
import unittest

import eakte

PASSWORD = "Wolke Treppe Ahorn"


class Reading(unittest.TestCase):
    def test_commands_show_what_is_locked_to_the_roles_that_may_see_it(self):
        with tempfile.TemporaryDirectory() as directory:
            data, plan = pathlib.Path(directory) / "data", pathlib.Path(directory) / "plan.yaml"
            at = ("--data", str(data))
            # The rule of the register of residents for the entry the sample is filed under.
            text = (eakte.ROOT / "samples/file_plan.yaml").read_text(encoding="utf-8")
            stages = re.search(r'kz: "12.20.10".*?(frist: .*?\]\})', text).group(1)
            plan.write_text(re.sub(r'(kz: "61.10.30".*?)frist: \{.*?\}', lambda found: found.group(1) + stages, text), encoding="utf-8")
            eakte.run("init", *at, "--file-plan", plan)
            folder = eakte.run("folder", "add", *at, "61.10.30", "61.10.30/1187", "Hundesteuer", "--begins-on", "2005-01-01").stdout.strip()
            intake = eakte.run_json("ingest", "--wait", *at, eakte.SAMPLES / "hundesteuerbescheid.jpg")[0]
            document = intake["document"]
            self.assertEqual(eakte.run_json("search", *at, "Hundesteuer")[0]["document"], document)
            eakte.run("folder", "event", *at, folder, "wegzug_tod", "--on", "2010-05-05")

            # Without accounts nobody has the role, here as on the page.
            self.assertEqual(eakte.run_json("search", *at, "Hundesteuer"), [])
            for command in (("show", *at, document), ("get", *at, document), ("confirm", *at, document, "--title", "x"),
                            ("intakes", "retry", *at, intake["intake"])):
                self.assertIn("[document_locked]", eakte.run(*command, check=False).stderr, command)

            password = data / "password.txt"
            password.write_text(PASSWORD + "\n")
            for name, role in (("a.amt", "administrator"), ("s.arbeit", "clerk"), ("m.akte", "records_manager"), ("r.pruef", "auditor")):
                eakte.add_account(data, name, role, password=PASSWORD)
            for name, sees in (("s.arbeit", False), ("m.akte", True), ("r.pruef", True)):
                person = ("--as", name, "--password-file", password)
                self.assertEqual(len(eakte.run_json("search", *at, "Hundesteuer", *person)), int(sees), name)
                for command in (("show", *at, document), ("get", *at, document, "--rendition", "text")):
                    done = eakte.run(*command, *person, check=False)
                    self.assertEqual((done.returncode, "[document_locked]" in done.stderr), (int(not sees), not sees), (name, done.stderr))
            self.assertIn("[role_missing]", eakte.run("search", *at, "Hundesteuer", "--as", "a.amt", "--password-file", password,
                                                      check=False).stderr)
            read = eakte.run_json("audit", "list", *at, "--action", "document.read")
            self.assertEqual({one["actor"] for one in read if one["subject"] == document}, {"m.akte", "r.pruef"})
            denied = eakte.run_json("audit", "list", *at, "--action", "access.denied")
            self.assertIn("s.arbeit", [one["actor"] for one in denied])
            eakte.run("reindex", *at)  # no service runs that would have followed the lock
            eakte.verify(data)


if __name__ == "__main__":
    unittest.main()
