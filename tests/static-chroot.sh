#!/usr/bin/env bash
# Proves that the static binary needs nothing: builds the preset release-static and runs it in a folder that
# holds only itself and made evidence.
#
#   tests/static-chroot.sh          needs root, or user namespaces, for chroot
set -euo pipefail
root=$(cd "$(dirname "$(readlink -f "$0")")/.." && pwd)
build=$root/build/release-static
empty=$(mktemp -d)
trap 'rm -rf "$empty"' EXIT

(cd "$root" && { [ -f "$build/build.ninja" ] || cmake --preset release-static >/dev/null; } &&
    ninja -C "$build" konseki scenario_evtx >/dev/null)
binary=$build/programs/konseki/konseki
if readelf -d "$binary" 2>/dev/null | grep -q NEEDED; then
    echo 'static-chroot: the binary asks for shared libraries' >&2
    exit 1
fi

install -s "$binary" "$empty/konseki"
mkdir "$empty/evidence" "$empty/rules"
"$(find "$build" -name scenario_evtx -type f)" processes:100 "$empty/evidence/sysmon.evtx"
cat >"$empty/rules/any.yml" <<'RULE'
title: Any process
id: 6b0c4c5e-0d0c-4a55-9c1c-0d7a3a1f7d10
logsource: {product: windows, category: process_creation}
detection:
    selection: {Image|endswith: '.exe'}
    condition: selection
level: low
RULE
enter=(chroot "$empty")
[ "$(id -u)" = 0 ] || enter=(unshare --map-root-user --user chroot "$empty")

echo "static-chroot: $(stat -c %s "$empty/konseki") bytes, in a folder with: $(ls "$empty" | tr '\n' ' ')"
env -i "${enter[@]}" /konseki --version
env -i LANG=ja_JP.UTF-8 "${enter[@]}" /konseki help check | head -n 3
records=$(env -i "${enter[@]}" /konseki records /evidence | grep -c '"log"')
echo "records: $records"
[ "$records" = 100 ]
env -i "${enter[@]}" /konseki check --rules /rules --out /report /evidence
[ -s "$empty/report/findings.jsonl" ]
echo 'static-chroot: good'
