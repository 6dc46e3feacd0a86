#!/usr/bin/env python3
"""Writes the labelled council papers beside the checkout as texts for `eakte classify test`.

One line a paper: type, text, group; line breaks are "\\n". With --group paper (the default), papers with the
same number (motion, amendment, statement, minutes) stay together; with --group id, each stands alone.
Needs zstd. The texts name people: keep the file out of the repository.
"""
import argparse
import json
import pathlib
import subprocess
import sys

SHARED = pathlib.Path(__file__).resolve().parents[3] / "shared/data/german-text"


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=pathlib.Path, default=SHARED)
    parser.add_argument("--group", choices=("paper", "id"), default="paper")
    arguments = parser.parse_args()
    with open(arguments.data / "doc-class.tsv", encoding="utf-8") as file:
        types = dict(line.rstrip("\n").split("\t") for line in file)
    unpack = ["zstd", "-dc", "--long=27", str(arguments.data / "german-docs.jsonl.zst")]
    with subprocess.Popen(unpack, stdout=subprocess.PIPE) as stream:
        for line in stream.stdout:
            paper = json.loads(line)
            if paper["id"] not in types:
                continue
            text = paper["body"].replace("\\", "/").replace("\t", " ").replace("\r", "").replace("\n", "\\n")
            group = paper["ref"] if arguments.group == "paper" else paper["id"]
            sys.stdout.write(f"{types[paper['id']]}\t{text}\t{group or paper['id']}\n")


if __name__ == "__main__":
    main()
