#!/usr/bin/env python3
"""Cuts destructions or disposals short at random moments and looks whether they are resumed and end complete.

    tests/faults/cut_short.py kill RUNS PROGRAM             SIGKILL, several times a run
    tests/faults/cut_short.py power RUNS PROGRAM SHUTDOWN   the file system is shut down under it (root; ext4 on a loop
                                                            device; in a mount namespace of its own)

PROGRAM is destroy_folders, or dispose_folders (accepting, offering, taking answers, handing over, export), SHUTDOWN the compiled
../shared/tools/faults/fs_shutdown.c. EAKTE_SEED repeats the moments, EAKTE_FOLDERS (default 300) is how many folders there are.
"""
import os
import pathlib
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time

FOLDERS = os.environ.get("EAKTE_FOLDERS", "300")


def interrupted(program, directory, facts, choose, cut):
    """Starts a run and cuts it after a random time; whether it was still running. What it told is kept elsewhere."""
    with open(facts, "ab") as told:
        run = subprocess.Popen([program, "run", directory], stdout=told, stderr=subprocess.DEVNULL)
    time.sleep(choose.uniform(0.0, cut["longest"]))
    running = run.poll() is None
    if running:
        cut["how"](run)
    run.kill()
    run.wait()
    return running


def discard(directory):
    """With the package beside it."""
    shutil.rmtree(directory)
    for package in directory.parent.glob(directory.name + ".paket*"):
        shutil.rmtree(package)


def look(program, directory, facts):
    """Whether all that was told is so after a cut; a program that only knows an end has nothing to be looked at before."""
    done = subprocess.run([program, "look", directory, facts], capture_output=True, text=True)
    if done.returncode not in (0, 2):
        raise SystemExit(f"{directory}: {done.stdout}{done.stderr}")


def finish(program, directory, facts):
    with open(facts, "ab") as told:
        subprocess.run([program, "run", directory], check=True, stdout=told)
    subprocess.run([program, "check", directory, facts], check=True)


def measured(program, prepared, work):
    """How long a run takes that nobody cuts."""
    copy = work / "measured"
    shutil.copytree(prepared, copy)
    began = time.monotonic()
    finish(program, copy, work / "facts of measured")
    longest = time.monotonic() - began
    discard(copy)
    return longest


def kill(runs, program, choose, work):
    prepared = work / "prepared"
    subprocess.run([program, "prepare", prepared, FOLDERS], check=True)
    cut = {"longest": measured(program, prepared, work), "how": lambda run: run.kill()}
    cuts = 0
    for number in range(runs):
        directory = work / f"run{number}"
        shutil.copytree(prepared, directory)
        facts = work / f"facts{number}"
        for _ in range(3):
            cuts += interrupted(program, directory, facts, choose, cut)
            look(program, directory, facts)
        finish(program, directory, facts)
        discard(directory)
    return cuts


def mount(image, place):
    subprocess.run(["mount", "-o", "loop", image, place], check=True)


def unmount(place):
    for _ in range(100):
        if subprocess.run(["umount", place], stderr=subprocess.DEVNULL).returncode == 0:
            return
        time.sleep(0.1)
    raise SystemExit(f"{place} cannot be unmounted")


def stop_and_shut_down(shutdown, place):
    """The process stands still, so that none of its calls is under way, and the disk takes nothing more."""
    def how(run):
        run.send_signal(signal.SIGSTOP)
        while open(f"/proc/{run.pid}/stat").read().rsplit(")", 1)[1].split()[0] not in "TtZ":
            time.sleep(0.002)
        subprocess.run([shutdown, place, "2"], check=True, stdout=subprocess.DEVNULL)
    return how


def power(runs, program, shutdown, choose, work):
    prepared, image, place = work / "prepared", work / "disk.img", work / "disk"
    subprocess.run([program, "prepare", prepared, FOLDERS], check=True)
    place.mkdir()
    longest = measured(program, prepared, work)
    cuts = 0
    for number in range(runs):
        facts = work / f"facts{number}"
        with open(image, "wb") as file:
            file.truncate(1 << 30)
        subprocess.run(["mkfs.ext4", "-q", "-F", image], check=True)
        mount(image, place)
        shutil.copytree(prepared, place / "probe")
        subprocess.run(["sync", "-f", place], check=True)
        for _ in range(2):
            cut = {"longest": longest, "how": stop_and_shut_down(shutdown, place)}
            cuts += interrupted(program, place / "probe", facts, choose, cut)
            unmount(place)
            mount(image, place)
            look(program, place / "probe", facts)
        finish(program, place / "probe", facts)
        unmount(place)
    return cuts


def main():
    if len(sys.argv) < 4 or sys.argv[1] not in ("kill", "power") or (sys.argv[1] == "power" and len(sys.argv) < 5):
        raise SystemExit(__doc__)
    runs, program = int(sys.argv[2]), str(pathlib.Path(sys.argv[3]).resolve())
    seed = int(os.environ.get("EAKTE_SEED", str(int(time.time()))))
    print(f"seed {seed}", flush=True)
    choose = random.Random(seed)
    with tempfile.TemporaryDirectory(prefix="eakte-faults-") as directory:
        work = pathlib.Path(directory)
        if sys.argv[1] == "kill":
            cuts = kill(runs, program, choose, work)
        else:
            cuts = power(runs, program, str(pathlib.Path(sys.argv[4]).resolve()), choose, work)
    print(f"{runs} runs, {cuts} times cut short, 0 lost, 0 half done")


if __name__ == "__main__":
    main()
