#!/bin/sh
# Fails when eakte itself loads what reads foreign formats or recognises text: that is the worker's alone.
# The chain of calls that brings a library in is told by linking with -Wl,-Map=FILE. $1: eakte, $2: the worker.
readers='poppler|tesseract|lept|opencv|zbar|ZXing|tiff|jpeg|png|openjp2|webp|archive|qpdf'
libraries() { readelf -d "$1" | sed -n 's/.*(NEEDED).*\[lib\(.*\)\.so.*/\1/p'; }
# mold also takes members of archives that nothing calls; what is delivered is linked by GNU ld.
! readelf -p .comment "$1" | grep -q mold || { echo "linked by mold: not looked at"; exit 77; }
libraries "$2" | grep -qE "^($readers)" || { echo "$2: no reader found in it, so this would find none anywhere"; exit 1; }
found=$(libraries "$1" | grep -E "^($readers)")
[ -z "$found" ] || { echo "$1 loads:" $found; exit 1; }
