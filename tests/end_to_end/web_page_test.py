"""The page in a real browser against the real service; see tests/web/run.mjs for what is looked at."""
import subprocess
import tempfile
import unittest

import browser
import eakte


class WebPage(unittest.TestCase):
    def test_upload_search_mark_and_refuse_in_a_browser(self):
        browser.prepare()
        with tempfile.TemporaryDirectory() as scratch, eakte.data_directory() as data, eakte.Service(data) as service:
            browser.look("run.mjs", service, scratch, eakte.ROOT / "samples")
            service.stop()
            eakte.verify(data)

    def test_the_functions_of_the_page(self):
        subprocess.run(["npm", "--silent", "test"], cwd=eakte.ROOT / "api" / "web", check=True, timeout=eakte.PATIENCE,
                       stdout=subprocess.DEVNULL)


if __name__ == "__main__":
    unittest.main()
