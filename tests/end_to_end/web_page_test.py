"""The page in a real browser against the real service; see tests/web/run.mjs for what is looked at."""
import os
import shutil
import subprocess
import tempfile
import unittest

import eakte

WEB = eakte.ROOT / "tests" / "web"


class WebPage(unittest.TestCase):
    def test_upload_search_mark_and_refuse_in_a_browser(self):
        self.assertIsNotNone(shutil.which("chromium"), "Debian's chromium is missing")
        if not (WEB / "node_modules").exists():
            subprocess.run(["npm", "ci", "--no-audit", "--no-fund", "--loglevel=error"], cwd=WEB, check=True)
        pictures = os.environ.get("EAKTE_PICTURES")
        with tempfile.TemporaryDirectory() as scratch, eakte.data_directory() as data, eakte.Service(data) as service:
            done = subprocess.run(["node", "run.mjs", service.address, str(eakte.ROOT / "samples"), pictures or scratch],
                                  cwd=WEB, text=True, capture_output=True, timeout=1400)
            self.assertEqual(done.returncode, 0, eakte.not_ok(done))
            service.stop()
            eakte.verify(data)

    def test_the_functions_of_the_page(self):
        subprocess.run(["npm", "--silent", "test"], cwd=eakte.ROOT / "api" / "web", check=True, timeout=eakte.PATIENCE,
                       stdout=subprocess.DEVNULL)


if __name__ == "__main__":
    unittest.main()
