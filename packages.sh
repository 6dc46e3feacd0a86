# Debian packages and how they get here; read by ./start and ./test.

build_packages="g++ cmake ninja-build pkg-config ccache nodejs npm ca-certificates
  libopencv-core-dev libopencv-imgproc-dev libtesseract-dev libleptonica-dev
  tesseract-ocr-deu tesseract-ocr-eng tesseract-ocr-osd
  libxapian-dev libqpdf-dev libpoppler-cpp-dev libboost1.81-dev libarchive-dev libsqlite3-dev liblcms2-dev
  libtiff-dev libjpeg-dev libpng-dev libopenjp2-7-dev libwebp-dev zlib1g-dev liblinear-dev libicu-dev
  libzbar-dev libzxing-dev
  nlohmann-json3-dev libcli11-dev libspdlog-dev libfmt-dev libyaml-cpp-dev libtomlplusplus-dev libssl-dev libargon2-dev libxml2-dev
  wngerman tzdata fonts-liberation fonts-urw-base35"

test_packages="libgtest-dev python3 poppler-utils mupdf-tools qpdf chromium libarchive-tools xz-utils libxml2-utils openssl
  tesseract-ocr-fra tesseract-ocr-pol tesseract-ocr-tur tesseract-ocr-ukr tesseract-ocr-rus tesseract-ocr-ara
  tesseract-ocr-frk fonts-dejavu-core fonts-blankenburg
  libreoffice-writer-nogui libreoffice-calc-nogui libreoffice-impress-nogui"

# install_packages NAME...: installs what is missing. A program that is there already counts for its package,
# so that a newer Node stays.
install_packages() {
  missing=""
  for package in "$@"; do
    case $package in
      nodejs) command -v node >/dev/null && continue ;;
      npm) command -v npm >/dev/null && continue ;;
    esac
    dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || missing="$missing $package"
  done
  [ -n "$missing" ] || return 0
  as_root=""
  if [ "$(id -u)" != 0 ]; then
    command -v sudo >/dev/null || {
      echo "Es fehlen Pakete:$missing - bitte als root installieren oder sudo einrichten." >&2
      return 1
    }
    as_root="sudo"
  fi
  echo "Installiere:$missing"
  $as_root env DEBIAN_FRONTEND=noninteractive apt-get update -qq
  # shellcheck disable=SC2086
  $as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing >/dev/null
}

# build_web: the web page in api/web/dist, built anew when its sources are newer.
build_web() (
  cd api/web
  if [ ! -f node_modules/.installed ] || [ package-lock.json -nt node_modules/.installed ]; then
    # npm 11 wants optional packages of other platforms in the lock file as well; npm install takes the same
    # pinned versions from it without them.
    npm ci --no-audit --no-fund --loglevel=silent >/dev/null 2>&1 || npm install --no-save --no-audit --no-fund --loglevel=error
    touch node_modules/.installed
  fi
  if [ ! -f dist/index.html ] || [ -n "$(find . -path ./node_modules -prune -o -path ./dist -prune -o -type f -newer dist/index.html -print -quit)" ]; then
    npm run --silent build
  fi
)
