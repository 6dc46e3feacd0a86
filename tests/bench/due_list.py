#!/usr/bin/env python3
"""How long the due list and the plot of years take among many folders.

    EAKTE_PROGRAM=build/release/api/eakte tests/bench/due_list.py [--folders 1000000] [--dir DIR]

Makes a data directory, writes the folders into its catalogue by SQL as the program would have stored them, and asks as
a records manager does: the first thousand due, those of one entry, those of one year, the plot per year.
"""
import argparse
import json
import os
import pathlib
import random
import sqlite3
import subprocess
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
PROGRAM = os.environ.get("EAKTE_PROGRAM", str(ROOT / "build/release/api/eakte"))
ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"


def folder_rows(count, entries, chance):
    """Closed between 1990 and 2026, kept 5 to 30 years, one in twenty waiting for its event, one in ten open."""
    for i in range(count):
        identity = "01" + "".join(ALPHABET[(i >> (5 * k)) & 31] for k in reversed(range(5))) + "".join(
            chance.choices(ALPHABET, k=19))
        entry, disposal = entries[i % len(entries)]
        year = chance.randint(1990, 2026)
        closed = f"{year}-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}"
        if i % 10 == 0:
            status, closed, end = "open", None, None
        else:
            status = "closed"
            end = None if i % 20 == 1 else f"{year + chance.choice([5, 6, 8, 10, 30])}-12-31"
        yield (identity, f"{entry}/{i}", f"{entry}/{i}", f"Akte {i}", entry, "2026-01-01T00:00:00.000Z",
               f"{year - 3}-01-01", status, closed, end, disposal)


def fill(catalogue, count):
    connection = sqlite3.connect(catalogue)
    connection.execute("PRAGMA synchronous=OFF")
    numbers = [row[0] for row in connection.execute("SELECT number FROM plan_number ORDER BY number")]
    entries = [(number, "ABV"[i % 3]) for i, number in enumerate(number for number in numbers if number.count(".") == 2)]
    with connection:
        connection.executemany(
            "INSERT INTO folder(id, reference, reference_key, title, plan_entry, created_at, begins_on, status, "
            "closed_on, retention_end, disposal) VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            folder_rows(count, entries, random.Random(4)))
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    return entries


def timed(*arguments):
    began = time.perf_counter()
    done = subprocess.run([PROGRAM, *map(str, arguments)], capture_output=True, text=True, check=True)
    return time.perf_counter() - began, done.stdout.splitlines()


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--folders", type=int, default=1_000_000)
    parser.add_argument("--dir", default=None, help="where the temporary directory is made")
    parser.add_argument("--runs", type=int, default=5)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=options.dir) as directory:
        data = pathlib.Path(directory) / "data"
        subprocess.run([PROGRAM, "init", "--data", data, "--tenant", "bench"], check=True, capture_output=True)
        began = time.perf_counter()
        entries = fill(data / "tenants/bench/catalogue.sqlite", options.folders)
        print(f"{options.folders} folders written in {time.perf_counter() - began:.1f} s")
        questions = {
            "start of the program alone (fileplan versions)": ("fileplan", "versions"),
            "due on 2037-01-01, first 1,000": ("retention", "due", "--on", "2037-01-01", "--limit", "1000"),
            "due on 2037-01-01, first 100,000": ("retention", "due", "--on", "2037-01-01", "--limit", "100000"),
            "due of one year": ("retention", "due", "--on", "2037-01-01", "--year", "2030", "--limit", "1000"),
            "due of one entry": ("retention", "due", "--on", "2037-01-01", "--plan-entry", entries[7][0], "--limit", "1000"),
            "due per year (plot)": ("retention", "years"),
        }
        for name, question in questions.items():
            runs = [timed(*question, "--data", data, "--json") for _ in range(options.runs)]
            seconds = sorted(run[0] for run in runs)
            rows = len([json.loads(line) for line in runs[0][1]])
            print(f"| {name} | {rows} | {seconds[len(seconds) // 2]:.3f} | {seconds[-1]:.3f} |")


if __name__ == "__main__":
    main()
