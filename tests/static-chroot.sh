#!/usr/bin/env bash
# Proves that the static binary needs nothing: builds the preset release-static and runs it in a folder that
# holds only itself and made evidence.
#
#   tests/static-chroot.sh [KONSEKI SCENARIO_EVTX]
#
# With the two programs given it builds nothing. Needs root, or user namespaces, for chroot.
set -euo pipefail
root=$(cd "$(dirname "$(readlink -f "$0")")/.." && pwd)
build=$root/build/release-static
empty=$(mktemp -d)
trap 'rm -rf "$empty"' EXIT

if [ $# = 2 ]; then
    binary=$1 scenario=$2
else
    (cd "$root" && { [ -f "$build/build.ninja" ] || cmake --preset release-static >/dev/null; } &&
        ninja -C "$build" konseki scenario_evtx >/dev/null)
    binary=$build/programs/konseki/konseki
    scenario=$build/lib/scenario/scenario_evtx
fi
if readelf -d "$binary" 2>/dev/null | grep -q NEEDED; then
    echo 'static-chroot: the binary asks for shared libraries' >&2
    exit 1
fi

install -s "$binary" "$empty/konseki"
mkdir "$empty/evidence" "$empty/rules"
"$scenario" processes:100 "$empty/evidence/sysmon.evtx"
cat >"$empty/rules/any.yml" <<'RULE'
title: Any process
id: 6b0c4c5e-0d0c-4a55-9c1c-0d7a3a1f7d10
logsource: {product: windows, category: process_creation}
detection:
    selection: {Image|endswith: '.exe'}
    condition: selection
level: low
RULE
enter=(env -i PATH="$PATH" chroot "$empty")
[ "$(id -u)" = 0 ] || enter=(env -i PATH="$PATH" unshare --map-root-user --user chroot "$empty")

echo "static-chroot: $(stat -c %s "$empty/konseki") bytes, in a folder with: $(ls "$empty" | tr '\n' ' ')"
"${enter[@]}" /konseki --version
"${enter[@]}" /konseki help check --lang ja | head -n 3
records=$("${enter[@]}" /konseki records /evidence | grep -c '"log"')
echo "records: $records"
[ "$records" = 100 ]
"${enter[@]}" /konseki check --rules /rules --out /report /evidence
[ -s "$empty/report/findings.jsonl" ]
echo 'static-chroot: good'
