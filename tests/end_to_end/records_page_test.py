"""Accounts, folders, due list, holds and destruction in a real browser; see tests/web/records.mjs for what is looked at."""
import os
import pathlib
import shutil
import subprocess
import tempfile
import unittest

import eakte
import evidence_test

WEB = eakte.ROOT / "tests" / "web"


class RecordsPage(unittest.TestCase):
    def folder(self, data, reference, title, begins_on, closed_on=None):
        at = ("--data", data)
        eakte.run("folder", "add", *at, "61.10.30", reference, title, "--begins-on", begins_on)
        if closed_on:
            eakte.run("folder", "close", *at, reference, "--on", closed_on)

    def test_records_management_in_a_browser(self):
        self.assertIsNotNone(shutil.which("chromium"), "Debian's chromium is missing")
        if not (WEB / "node_modules").exists():
            subprocess.run(["npm", "ci", "--no-audit", "--no-fund", "--loglevel=error"], cwd=WEB, check=True)
        pictures = os.environ.get("EAKTE_PICTURES")
        with tempfile.TemporaryDirectory() as scratch, eakte.data_directory() as data:
            self.folder(data, "61.10.30/1", "Hundesteuer 1", "2012-01-01", "2015-05-05")
            self.folder(data, "61.10.30/2", "Hundesteuer 2", "2012-01-01", "2018-02-01")
            self.folder(data, "61.10.30/3", "Hundesteuer 3", "2012-01-01", "2020-08-09")
            self.folder(data, "61.10.30/77", "Kehrwoche am Anger", "2019-01-01")
            (pathlib.Path(scratch) / "tsa").mkdir()
            authority = evidence_test.TimeStampAuthority(pathlib.Path(scratch) / "tsa")
            self.addCleanup(authority.stop)
            (data / "eakte.toml").write_text(f'[evidence]\ntsa = "{authority.url}"\n')
            eakte.run("evidence", "make", "--data", data, "--on", eakte.today().isoformat())
            with eakte.Service(data) as service:
                done = subprocess.run(["node", "records.mjs", service.address, pictures or scratch], cwd=WEB, text=True,
                                      capture_output=True, timeout=1400)
                self.assertEqual(done.returncode, 0, done.stdout[-6000:] + done.stderr[-3000:])
            eakte.verify(data)


if __name__ == "__main__":
    unittest.main()
