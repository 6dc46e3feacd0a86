"""The looks at the page in a real browser: a program of tests/web against a running service."""
import os
import shutil
import subprocess

import eakte

WEB = eakte.ROOT / "tests" / "web"


def prepare():
    """What the programs need and git does not carry."""
    if shutil.which("chromium") is None:
        raise AssertionError("Debian's chromium is missing")
    if not (WEB / "node_modules").exists():
        subprocess.run(["npm", "ci", "--no-audit", "--no-fund", "--loglevel=error"], cwd=WEB, check=True)


def look(script, service, scratch, *given):
    """Runs `script ADDRESS GIVEN... PICTURES`, whose every check must succeed. Pictures go where EAKTE_PICTURES says."""
    pictures = os.environ.get("EAKTE_PICTURES") or scratch
    try:
        done = subprocess.run(["node", script, service.address, *map(str, given), str(pictures)], cwd=WEB, text=True,
                              capture_output=True, timeout=1400)
    except subprocess.TimeoutExpired as stuck:
        raise AssertionError(f"{script} does not end:\n{(stuck.stdout or b'').decode(errors='replace')}") from stuck
    if done.returncode != 0:
        failed = "\n".join(line for line in done.stdout.splitlines() if not line.startswith("ok - "))
        raise AssertionError(failed + done.stderr[-4000:])
