#!/usr/bin/env bash
# Proves on a bare Debian that a clone needs nothing but the two scripts: makes a clean chroot with
# debootstrap, clones this checkout's HEAD into it, and runs there what the README tells a newcomer to run.
#
#   tests/bare-debian.sh FOLDER [SUITE]       needs root, debootstrap, git; SUITE: bookworm (default), trixie
#
# FOLDER must not exist; it is left for a look (some 3 GB), `rm -rf --one-file-system` removes it. The mirror
# is the one that this machine's apt uses, or $MIRROR.
set -euo pipefail
root=$(cd "$(dirname "$(readlink -f "$0")")/.." && pwd)
folder=${1:?usage: tests/bare-debian.sh FOLDER [SUITE]}
suite=${2:-bookworm}

[ "$(id -u)" = 0 ] || { echo 'bare-debian: needs root for the chroot' >&2; exit 1; }
[ ! -e "$folder" ] || { echo "bare-debian: $folder is there already" >&2; exit 1; }
# Lines `URI suite`: this machine's archives, its own release read as the one asked for.
own=$(. /etc/os-release && echo "${VERSION_CODENAME:-}")
repositories=$(apt-get indextargets --format '$(REPO_URI) $(RELEASE) $(COMPONENT)' 'Created-By: Packages' |
    awk '$3 == "main" { print $1, $2 }' | sort -u | sed "s/ $own/ $suite/")
mirror=${MIRROR:-$(awk -v suite="$suite" '$2 == suite { print $1; exit }' <<<"$repositories")}
[ -n "$mirror" ] || { echo "bare-debian: apt knows no mirror of $suite here; set MIRROR" >&2; exit 1; }

# What one step takes, on standard output.
step() {
    local name=$1 began=$SECONDS
    shift
    "$@"
    printf '%-34s %5d s\n' "$name" $((SECONDS - began))
}
inside() {
    chroot "$folder" /usr/bin/env -i HOME=/root LANG=C.UTF-8 TERM=dumb CI=1 \
        PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin \
        ${http_proxy:+http_proxy="$http_proxy"} ${https_proxy:+https_proxy="$https_proxy"} \
        bash -c "cd /root/konseki && $1"
}

step 'debootstrap' debootstrap --variant=minbase "$suite" "$folder" "$mirror" >"$folder.log" 2>&1 ||
    { tail -n 20 "$folder.log" >&2; exit 1; }
tail -n 1 "$folder.log"
{
    echo "deb $mirror $suite main"
    awk -v suite="$suite" '$2 ~ "^" suite "-" { print "deb", $1, $2, "main" }' <<<"$repositories"
} >"$folder/etc/apt/sources.list"
# How this machine reaches its mirror (a proxy, a frozen snapshot) holds inside too.
apt-config dump | grep -E '^Acquire::(Check-|http|https)' >"$folder/etc/apt/apt.conf.d/90host" || true
cp /etc/resolv.conf "$folder/etc/resolv.conf"
cp /etc/hosts "$folder/etc/hosts"
mount -t proc proc "$folder/proc"
mount -t devpts devpts "$folder/dev/pts"
trap 'umount "$folder/dev/pts" "$folder/proc"' EXIT
git clone --quiet "$root" "$folder/root/konseki"

step './konseki --help (first run)' inside './konseki --help >/root/help.txt'
head -n 3 "$folder/root/help.txt"
step './konseki --help (second run)' inside './konseki --help >/dev/null'
step './test --quick (first run)' inside './test --quick'
step './test --quick (second run)' inside './test --quick'
