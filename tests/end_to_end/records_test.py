"""The life of a folder from the command line, with dates as they will be: closed, on the due list, held, reopened."""
import json
import pathlib
import tempfile
import unittest

import eakte


class Records(unittest.TestCase):
    def run_eakte(self, *arguments):
        done = eakte.run(*arguments, check=False)
        return done.returncode, done.stdout, done.stderr

    def lines(self, *arguments):
        return eakte.run_json(*arguments)

    def test_a_folder_is_closed_falls_due_is_held_and_reopened(self):
        with eakte.data_directory() as data:
            at = ("--data", str(data))
            status, folder, problem = self.run_eakte("folder", "add", *at, "61.10.30", "61.10.30/77", "Hundesteuer 77",
                                                     "--begins-on", "2015-01-01")
            self.assertEqual(status, 0, problem)
            self.assertEqual(self.run_eakte("case", "add", *at, folder.strip(), "61.10.30/77-1", "Veranlagung")[0], 0)
            status, _, problem = self.run_eakte("folder", "close", *at, "61.10.30/77", "--on", "2018-05-05")
            self.assertEqual(status, 1)
            self.assertIn("[case_open]", problem)
            self.assertEqual(self.run_eakte("case", "close", *at, "61.10.30/77-1", "--on", "2018-05-05")[0], 0)
            closed = self.lines("folder", "close", *at, "61.10.30/77", "--on", "2018-03-03")[0]
            self.assertEqual(closed["closed_on"], "2018-05-05")
            self.assertEqual(closed["retention_end"], "2026-12-31")

            self.assertEqual(self.lines("retention", "due", *at, "--on", "2026-12-31"), [])
            due = self.lines("retention", "due", *at, "--on", "2027-01-01")
            self.assertEqual([(one["reference"], one["disposal"], one["standing_holds"]) for one in due],
                             [("61.10.30/77", "V", 0)])
            self.assertEqual(self.lines("retention", "years", *at), [{"year": 2026, "A": 0, "B": 0, "V": 1}])

            status, hold, problem = self.run_eakte("hold", "add", *at, "61.10.30/77", "--reason", "Klage", "--owner",
                                                   "Rechtsamt", "--review-on", "2027-06-30")
            self.assertEqual(status, 0, problem)
            self.assertEqual(self.lines("retention", "due", *at, "--on", "2027-01-01")[0]["standing_holds"], 1)
            self.assertEqual(self.run_eakte("hold", "lift", *at, hold.strip(), "--reason", "Urteil")[0], 0)
            self.assertEqual(self.lines("retention", "due", *at, "--on", "2027-01-01")[0]["standing_holds"], 0)
            self.assertEqual(self.lines("hold", "list", *at, "61.10.30/77")[0]["lift_reason"], "Urteil")

            self.assertEqual(self.lines("folder", "reopen", *at, "61.10.30/77")[0]["stage"], "open")
            self.assertEqual(self.lines("retention", "due", *at, "--on", "2040-01-01"), [])
            eakte.verify(data)

    def test_drafts_go_with_the_closing_and_cases_are_split_and_merged(self):
        with tempfile.TemporaryDirectory() as directory:
            data = pathlib.Path(directory) / "data"
            eakte.run("init", "--data", data, "--folders", eakte.ROOT / "samples/folders.tsv")
            at = ("--data", str(data))
            document = self.lines("ingest", "--wait", *at, eakte.SAMPLES / "gebuehrenbescheid_grab.jpg")[0]["document"]
            folder = "55.10.10-382"
            shown = self.lines("folder", "show", *at, folder)[0]
            first = shown["cases"][0]["reference"]
            split = self.lines("case", "split", *at, first, "Widerspruch", "--document", document)[0]
            self.assertNotEqual(split["reference"], first)
            eakte.run("case", "merge", *at, split["reference"], first)
            eakte.run("draft", *at, document)

            eakte.run("export", *at, "--folder", folder, pathlib.Path(directory) / "ohne")
            self.assertEqual(list((pathlib.Path(directory) / "ohne").rglob(f"*{document}*")), [])
            self.assertEqual(self.lines("export", *at, "--folder", folder, "--with-drafts", pathlib.Path(directory) / "mit")[0]["documents"], 1)

            kept = self.lines("case", "close", *at, first)
            self.assertEqual(kept, [{"draft": document, "deleted": False}])
            objects = sum(1 for one in (data / "tenants").rglob("objects/*/*/*"))
            closed = self.lines("folder", "close", *at, folder, "--delete-drafts")
            self.assertEqual(closed[0], {"draft": document, "deleted": True})
            self.assertEqual(closed[1]["stage"], "closed")
            self.assertEqual(self.run_eakte("show", *at, document)[0], 1)
            self.assertEqual(self.lines("search", *at, "Waldfriedhof"), [])
            self.assertLess(sum(1 for one in (data / "tenants").rglob("objects/*/*/*")), objects)
            self.assertEqual(eakte.verify(data)["states"]["destroyed"], 1)

    def test_a_folder_on_paper_is_handed_over_by_a_protocol_and_a_missed_audit_is_told(self):
        with eakte.data_directory() as data:
            at = ("--data", str(data))
            folder = self.lines("folder", "new", *at, "Waffenakte", "12.40.40", "--begins-on", "1980-01-01", "--medium", "paper",
                                "--place", "Altregistratur, Regal 12")[0]["reference"]
            eakte.run("folder", "close", *at, folder, "--on", "1985-05-05")
            items = data / "liste.txt"
            items.write_text("1 Stehordner, Blatt 1 bis 212\n", encoding="utf-8")
            hand_over = ("dispose", "hand-over-paper", *at, folder, "--received-by", "Frau Lese, Kreisarchiv", "--protocol", "3/2026",
                         "--list", items)
            status, _, problem = self.run_eakte(*hand_over)
            self.assertEqual(status, 1)
            self.assertIn("[transfer_undecided]", problem)
            eakte.run("dispose", "appraise", *at, folder, "--decision", "A", "--source", "KA 7/26", "--decided-on", "2026-01-05")
            done = self.lines(*hand_over)[0]
            self.assertEqual((done["protocol"], done["recorded_by"]), ("3/2026", "cli"))
            self.assertEqual(self.lines("folder", "show", *at, folder)[0]["stage"], "transferred")

            self.assertIn("[procedure_missing]", self.run_eakte("scan-check", "audited", *at)[2])
            eakte.run("scan-check", "audited", *at, "--on", "2026-01-05", "--procedure", "VD 1.2", "--failed")
            self.assertIn("nicht bestanden", self.lines("evidence", "status", *at)[0]["warnings"][0])
            eakte.run("scan-check", "audited", *at, "--procedure", "VD 1.3")
            self.assertEqual(self.lines("evidence", "status", *at)[0]["warnings"], [])
            eakte.run("scrub", *at)
            self.assertEqual(self.lines("audit", "list", *at, "--action", "scrub.ordered")[0]["actor"], "cli")
            eakte.verify(data)

    def test_documents_of_a_closed_folder_stay_as_they_are_and_later_ones_wait_for_a_person(self):
        with tempfile.TemporaryDirectory() as directory:
            data = pathlib.Path(directory) / "data"
            eakte.run("init", "--data", data, "--folders", eakte.ROOT / "samples/folders.tsv")
            at = ("--data", str(data))
            picture = str(eakte.SAMPLES / "hundesteuerbescheid.jpg")
            status, _, problem = self.run_eakte("ingest", "--wait", *at, picture)
            self.assertEqual(status, 0, problem)
            document = self.lines("search", *at, "Hundesteuer")[0]["document"]
            self.lines("folder", "close", *at, "61.10.30/1187")
            shown = self.lines("show", *at, document)[0]
            self.assertIn("Schlussverfügung am", json.dumps(shown, ensure_ascii=False))
            status, _, problem = self.run_eakte("confirm", *at, document, "--type", "Bescheid")
            self.assertEqual(status, 1)
            self.assertIn("[folder_closed]", problem)
            eakte.verify(data)


if __name__ == "__main__":
    unittest.main()
