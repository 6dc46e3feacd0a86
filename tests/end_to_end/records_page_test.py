"""Accounts, folders, due list, holds and destruction in a real browser; see tests/web/records.mjs for what is looked at."""
import pathlib
import tempfile
import unittest

import browser
import eakte
import evidence_test


class RecordsPage(unittest.TestCase):
    def folder(self, data, reference, title, begins_on, closed_on=None):
        at = ("--data", data)
        eakte.run("folder", "add", *at, "61.10.30", reference, title, "--begins-on", begins_on)
        if closed_on:
            eakte.run("folder", "close", *at, reference, "--on", closed_on)

    def test_records_management_in_a_browser(self):
        browser.prepare()
        with tempfile.TemporaryDirectory() as scratch, eakte.data_directory() as data:
            self.folder(data, "61.10.30/1", "Hundesteuer 1", "2012-01-01", "2015-05-05")
            self.folder(data, "61.10.30/2", "Hundesteuer 2", "2012-01-01", "2018-02-01")
            self.folder(data, "61.10.30/3", "Hundesteuer 3", "2012-01-01",
                        f"{eakte.today().year - 6}-08-09")  # two years are left
            self.folder(data, "61.10.30/77", "Kehrwoche am Anger", "2019-01-01")
            (pathlib.Path(scratch) / "tsa").mkdir()
            authority = evidence_test.TimeStampAuthority(pathlib.Path(scratch) / "tsa")
            self.addCleanup(authority.stop)
            (data / "eakte.toml").write_text(f'[evidence]\ntsa = "{authority.url}"\n[tenant.musterstadt]\ntrial = true\nwaiting_days = 0\n')
            eakte.run("evidence", "make", "--data", data, "--on", eakte.today().isoformat())
            with eakte.Service(data) as service:
                browser.look("records.mjs", service, scratch)
            eakte.verify(data)


if __name__ == "__main__":
    unittest.main()
