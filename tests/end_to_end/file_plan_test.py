"""The file plan from the command line: what is wrong with a file, going out and coming back in every form."""
import pathlib
import tempfile
import unittest

import eakte

BAD = """aktenplan: {bezeichnung: Probe, version: "1"}
codelisten: {ereignis: {zdA: Schluss}}
einheiten:
- kz: "11"
  titel: Innere Verwaltung
  einheiten:
  - {kz: "11.10", titel: Ohne Frist, aktenbildend: true}
  - {kz: "11.30", titel: Alt, gueltig_bis: "2026-12-31"}
  - {kz: "11.30", titel: Neu, gueltig_von: "2026-06-01"}
- {kz: "13", titel: Kreis A, ueber: "13.1"}
- {kz: "13.1", titel: Kreis B, ueber: "13"}
- {kz: "14.1", titel: Wohin, ueber: "14"}
"""


class FilePlan(unittest.TestCase):
    def test_a_plan_is_checked_with_line_and_reason_and_refused_for_a_new_tenant(self):
        with tempfile.TemporaryDirectory() as directory:
            bad = pathlib.Path(directory) / "plan.yaml"
            bad.write_text(BAD, encoding="utf-8")
            done = eakte.run("fileplan", "check", bad, "--json", check=False)
            self.assertEqual(done.returncode, 1)
            problems = eakte.run_json("fileplan", "check", bad, check=False)
            self.assertEqual([(one["line"], one["entry"], one["code"]) for one in problems],
                             [(7, "11.10", "no_schedule"), (9, "11.30", "validity_overlap"), (10, "13", "cycle"),
                              (12, "14.1", "number_unknown")])
            done = eakte.run("init", "--data", pathlib.Path(directory) / "data", "--file-plan", bad, check=False)
            self.assertEqual(done.returncode, 1)
            self.assertIn("Zeile 7 (11.10): Für diese Einheit gibt es keine Frist", done.stderr)
            good = eakte.run("fileplan", "check", eakte.ROOT / "samples/file_plan.yaml")
            self.assertIn("86 Einheiten, davon 61 mit Akten", good.stdout)

    def test_a_plan_goes_out_and_comes_back_in_every_form(self):
        with eakte.data_directory() as data, tempfile.TemporaryDirectory() as directory:
            at = ("--data", str(data))
            shown = eakte.run_json("fileplan", "show", *at)
            self.assertEqual(len(shown), 86)
            for form in ("yaml", "csv", "xdomea"):
                file = pathlib.Path(directory) / form
                eakte.run("fileplan", "export", *at, "--format", form, "-o", file)
                self.assertIn("in Ordnung", eakte.run("fileplan", "check", file).stdout)
            text = file.read_text(encoding="utf-8").replace(">2026.1<", ">2026.9<")
            file.write_text(text, encoding="utf-8")
            receipt = pathlib.Path(directory) / "0302.xml"
            eakte.run("fileplan", "import", *at, file, "--reason", "vom Kreis", "--receipt", receipt, check=False)
            self.assertIn("Aktenplan.EmpfangBestaetigen.0302", receipt.read_text(encoding="utf-8"))
            process = text.split("ProzessID>")[1].split("<")[0]
            self.assertIn(process, receipt.read_text(encoding="utf-8"))

    def test_a_longer_rule_counts_at_once_and_a_shorter_one_waits_for_a_second_person(self):
        with eakte.data_directory() as data, tempfile.TemporaryDirectory() as directory:
            at = ("--data", str(data))
            password = pathlib.Path(directory) / "password"
            password.write_text("Wolke Treppe Ahorn\n", encoding="utf-8")
            folder = eakte.run_json("folder", "new", *at, "Hundesteuer", "61.10.30", "--begins-on", "2015-01-01")[0]
            self.assertEqual(folder["reference"], "61.10.30-0001/2015")
            closed = eakte.today().year - 6  # with eight years not due yet, with two it is
            eakte.run("folder", "close", *at, folder["reference"], "--on", f"{closed}-05-05")

            plan = pathlib.Path(directory) / "plan.yaml"
            eakte.run("fileplan", "export", *at, "-o", plan)
            original = plan.read_text(encoding="utf-8")
            self.assertEqual(original, (eakte.ROOT / "samples/file_plan.yaml").read_text(encoding="utf-8"))

            def with_years(version, years):
                text = original.replace('version: "2026.1"', f'version: "{version}"')
                lines = text.splitlines(keepends=True)
                place = next(i for i, line in enumerate(lines) if '"61.10.30"' in line)
                lines[place] = lines[place].replace("jahre: 8", f"jahre: {years}")
                plan.write_text("".join(lines), encoding="utf-8")

            with_years("2026.2", 12)
            preview = eakte.run_json("fileplan", "import", *at, plan, "--preview")
            self.assertEqual(preview[-1]["folders"], {"all": 1, "longer": 1, "shorter": 0, "due_at_once": 0})
            self.assertFalse(preview[-1]["second_person"])
            proposed = eakte.run_json("fileplan", "import", *at, plan, "--reason", "Satzung")[-1]
            self.assertEqual(proposed["state"], "in_force")
            shown = eakte.run_json("folder", "show", *at, folder["reference"])[0]
            self.assertEqual(shown["retention_end"], f"{closed + 12}-12-31")

            own = password.read_text().strip()
            eakte.add_account(at[1], "a.amt", "administrator", password=own)
            for name in ("e.erste", "z.zweite"):
                eakte.add_account(at[1], name, "records_manager", password=own)
            first, second = (("--as", name, "--password-file", str(password)) for name in ("e.erste", "z.zweite"))
            with_years("2026.3", 2)
            proposed = eakte.run_json("fileplan", "import", *at, plan, "--reason", "Kürzer", *first)[-1]
            self.assertEqual((proposed["state"], proposed["second_person"]), ("proposed", True))
            own = eakte.run("fileplan", "release", *at, proposed["id"], "--reason", "ja", *first, check=False)
            self.assertIn("[same_person]", own.stderr)
            diff = eakte.run_json("fileplan", "diff", *at, proposed["id"])
            change = diff[0]["entries"][0]
            self.assertEqual((change["number"], change["shorter"]), ("61.10.30", True))
            released = eakte.run_json("fileplan", "release", *at, proposed["id"], "--reason", "geprüft", *second)[-1]
            self.assertEqual(released["state"], "in_force")
            self.assertEqual(eakte.run_json("folder", "show", *at, folder["reference"])[0]["retention_end"],
                             f"{closed + 2}-12-31")
            self.assertEqual([one["version"] for one in eakte.run_json("fileplan", "versions", *at)][:3],
                             ["2026.3", "2026.2", "2026.1"])

            moved = eakte.run_json("folder", "refile", *at, folder["reference"], "61.10.10", "--reason", "falsch", *first)[0]
            self.assertEqual(moved["state"], "done")
            moved = eakte.run_json("folder", "refile", *at, folder["reference"], "61.10.30", "--reason", "doch", *first)[0]
            self.assertEqual(moved["state"], "proposed")
            self.assertEqual(eakte.run_json("folder", "release", *at, moved["refiling"], "--reason", "ja", *second)[0]["state"],
                             "done")
            eakte.verify(data)


if __name__ == "__main__":
    unittest.main()
