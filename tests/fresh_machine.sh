#!/bin/sh
# Proves that nothing is missing: makes a minimal Debian 12 with debootstrap, copies the last commit into it, and runs the
# README's two commands there, first as they stand, then a second start. Needs root, debootstrap and a way to Debian's
# packages and the npm registry; takes some 40 minutes on 2 cores and 5 GB.
#
#   tests/fresh_machine.sh [DIRECTORY]      the machine is kept in DIRECTORY (default: a new temporary one, removed at the end)
#
# The mirrors in use here are used there as well (apt sources, npm registry, certificates, proxy variables).
set -eu
project="$(cd "$(dirname "$0")/.." && pwd)"
[ "$(id -u)" = 0 ] || { echo "fresh_machine.sh needs root for debootstrap and chroot" >&2; exit 2; }

if [ $# -gt 0 ]; then
  machine="$1"
else
  machine="$(mktemp -d)"
  remove="yes"
fi
mkdir -p "$machine"

# Until the script ends, whatever way.
clean_up() {
  umount -l "$machine/proc" "$machine/sys" "$machine/dev" 2>/dev/null || true
  [ -z "${remove:-}" ] || rm -rf "$machine"
}
trap clean_up EXIT
trap 'exit 130' INT TERM

if [ ! -d "$machine/etc" ]; then
  debootstrap --variant=minbase --include=ca-certificates bookworm "$machine" "${DEBIAN_MIRROR:-http://deb.debian.org/debian}"
fi
mirror="${DEBIAN_MIRROR:-http://deb.debian.org/debian}"
{
  echo "deb $mirror bookworm main"
  echo "deb $mirror bookworm-updates main"
  echo "deb ${DEBIAN_SECURITY_MIRROR:-http://deb.debian.org/debian-security} bookworm-security main"
} >"$machine/etc/apt/sources.list"
for file in /etc/resolv.conf /etc/hosts; do cp "$file" "$machine$file"; done
# What this machine needs to reach the registries, the fresh one needs as well.
if [ -d /etc/apt/apt.conf.d ]; then
  grep -lE '^ *Acquire' /etc/apt/apt.conf.d/* 2>/dev/null | while read -r file; do cp "$file" "$machine/etc/apt/apt.conf.d/"; done
fi
if [ -n "${NODE_EXTRA_CA_CERTS:-}" ]; then cp "$NODE_EXTRA_CA_CERTS" "$machine/root/extra-ca.crt"; fi
registry="$(npm config get registry 2>/dev/null || true)"
[ -z "$registry" ] || echo "registry=$registry" >"$machine/root/.npmrc"

mount -t proc proc "$machine/proc"
mount --bind /sys "$machine/sys"
mount --bind /dev "$machine/dev"

rm -rf "$machine/root/eakte"
git clone -q "$project" "$machine/root/eakte"
in_machine() {
  chroot "$machine" env -i HOME=/root PATH=/usr/sbin:/usr/bin:/sbin:/bin TERM=dumb LANG=C.UTF-8 \
    http_proxy="${http_proxy:-}" https_proxy="${https_proxy:-}" no_proxy="${no_proxy:-}" \
    ${NODE_EXTRA_CA_CERTS:+NODE_EXTRA_CA_CERTS=/root/extra-ca.crt} sh -c "cd /root/eakte && $1"
}

# Starts, waits for the address, ends it as Ctrl-C does.
start_once() {
  began=$(date +%s)
  in_machine "exec ./start" >"$machine/root/start.log" 2>&1 &
  started=$!
  until grep -q "eakte läuft" "$machine/root/start.log"; do
    kill -0 $started 2>/dev/null || { tail -50 "$machine/root/start.log"; echo "FAILED: ./start ended" >&2; exit 1; }
    sleep 1
  done
  echo "./start: page served after $(($(date +%s) - began)) s"
  in_machine "exec 3<>/dev/null; bash -c 'exec 3<>/dev/tcp/127.0.0.1/8080; printf \"GET /api/v1/status HTTP/1.1\\r\\nHost: localhost\\r\\nConnection: close\\r\\n\\r\\n\" >&3; cat <&3' | tail -1"
  echo
  # eakte is the only program of that name inside the machine's directory.
  for process in /proc/[0-9]*; do
    if [ "$(readlink "$process/root" 2>/dev/null)" = "$machine" ] && tr '\0' ' ' <"$process/cmdline" 2>/dev/null | grep -q 'eakte serve'; then
      kill -INT "${process#/proc/}"
    fi
  done
  wait $started
  echo "./start: ended with status $?"
}

start_once
start_once
began=$(date +%s)
in_machine "exec ./test" >"$machine/root/test.log" 2>&1 || { tail -60 "$machine/root/test.log"; echo "FAILED: ./test" >&2; exit 1; }
tail -15 "$machine/root/test.log"
echo "./test: passed after $(($(date +%s) - began)) s"
