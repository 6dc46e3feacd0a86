"""The file plan edited, and folders ordered, in a real browser through two accounts; see tests/web/plan.mjs and structure.mjs."""
import pathlib
import tempfile
import unittest

import browser
import eakte

PEOPLE = (("e.erste", "Eva Erste", "records_manager"), ("z.zweit", "Zoe Zweit", "records_manager"), ("s.arbeit", "Sam Arbeit", "clerk"))


class PlanPage(unittest.TestCase):
    def prepare(self, data, scratch):
        at = ("--data", data)
        year = eakte.today().year  # closed so that with eight years it is not due yet, with two it is
        for reference, closed_on in (("61.10.30/1", f"{year - 4}-05-05"), ("61.10.30/2", None)):
            eakte.run("folder", "add", *at, "61.10.30", reference, f"Hundesteuer {reference[-1]}", "--begins-on", f"{year - 7}-01-01")
            if closed_on:
                eakte.run("folder", "close", *at, reference, "--on", closed_on)
        eakte.add_people(data, scratch, PEOPLE)
        return self.longer_plan(data, scratch)

    def longer_plan(self, data, scratch):
        """The plan of the browser's first proposal with one rule longer, as a file of another program would bring it."""
        plan = scratch / "plan.csv"
        eakte.run("fileplan", "export", "--data", data, "--format", "csv", "-o", plan)
        lines = plan.read_text(encoding="utf-8").replace("#Version;2026.1", "#Version;2026.C").splitlines(keepends=True)
        lines = ["#Gültig von;\r\n" if line.startswith("#Gültig von") else line for line in lines]
        place = next(i for i, line in enumerate(lines) if line.startswith("61.10.30;"))
        lines[place] = lines[place].replace("8 Jahre", "12 Jahre")
        added = "61.10.99;Katzensteuer;61;ja\r\n"
        plan.write_text("".join(lines) + added, encoding="utf-8", newline="")
        return plan

    def look(self, script, prepare):
        browser.prepare()
        with tempfile.TemporaryDirectory() as directory, eakte.data_directory() as data:
            given = prepare(data, pathlib.Path(directory))
            with eakte.Service(data) as service:
                browser.look(script, service, directory, given)
            eakte.verify(data)

    def test_the_file_plan_is_edited_by_two_people_in_a_browser(self):
        self.look("plan.mjs", self.prepare)

    def test_a_folder_is_ordered_by_two_people_in_a_browser(self):
        def folders(data, scratch):
            for title in ("Hundesteuer Anger", "Hundesteuer Markt"):
                eakte.run("folder", "new", "--data", data, title, "61.10.10", "--begins-on", "2026-01-01")
            eakte.run("ingest", "--data", data, "--wait", eakte.SAMPLES / "rechnung_buerobedarf.pdf")
            eakte.add_people(data, scratch, PEOPLE)
            return scratch

        self.look("structure.mjs", folders)


if __name__ == "__main__":
    unittest.main()
