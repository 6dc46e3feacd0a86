#!/bin/sh
# Fails when a module includes a module above it in the layer order, another module's private header (any
# header below a sub-directory), or a third-party header that another module hides.
cd "$1" || exit 2
failed=0
lower=""
for module in ocr archive index ingest api; do
  allowed="$lower $module"
  bad=$(grep -rnoE '#include "(ocr|archive|index|ingest|api)/[^"]+"' "$module" --include='*.h' --include='*.cpp' |
    awk -v allowed="$allowed" -v self="$module" -F'"' '
      { split($2, part, "/"); ok = index(" " allowed " ", " " part[1] " ");
        if (!ok) print $0 "  (not below " self ")";
        else if (part[1] != self && part[3] != "") print $0 "  (private header)" }')
  [ -z "$bad" ] || { echo "$bad"; failed=1; }
  lower="$allowed"
done
hides() {  # hides <modules that may> <pattern>
  bad=$(grep -rnE "#include <($2)" ocr archive index ingest api --include='*.h' --include='*.cpp' | grep -vE "^($1)/")
  [ -z "$bad" ] || { echo "$bad" | sed "s|\$|  (only in $1)|"; failed=1; }
}
hides 'ocr' 'tesseract/|zbar|ZXing/'
hides 'archive' 'sqlite3|qpdf/|openssl/|argon2|lcms2|yaml-cpp/|libxml/'
hides 'index' 'xapian'
hides 'ingest' 'archive\.h|archive_entry|poppler|tiffio|linear\.h'
hides 'api' 'boost/|toml|CLI/'
exit $failed
