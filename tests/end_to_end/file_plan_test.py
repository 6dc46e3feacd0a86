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


if __name__ == "__main__":
    unittest.main()
