# Sourced by ./konseki and ./test: packages, configuring, building. Writes to standard error only.
# Needs: $root, the checkout.

say() { printf '%s: %s\n' "${0##*/}" "$*" >&2; }
stop() { say "$*"; exit 1; }

# missing_packages USE...: names from packages.txt that are not installed, one a line.
missing_packages() {
    local use need names name chosen
    while read -r need names _; do
        for use in "$@"; do
            [ "$need" = "$use" ] || continue
            chosen=
            for name in ${names//|/ }; do
                # NodeSource's nodejs brings npm along and conflicts with Debian's package of that name.
                if [ "$name" = npm ] && command -v npm >/dev/null; then
                    chosen=installed
                    break
                fi
                # Virtual packages are no need of ours: "install ok installed" is the only good answer.
                if [ "$(dpkg-query -W -f '${Status}' "$name" 2>/dev/null)" = 'install ok installed' ]; then
                    chosen=installed
                    break
                fi
                [ -n "$chosen" ] || ! apt-cache show "$name" >/dev/null 2>&1 || chosen=$name
            done
            [ "$chosen" = installed ] || printf '%s\n' "${chosen:-${names%%|*}}"
        done
    done < <(grep -v '^#' "$root/packages.txt")
}

# install_packages USE...: asks before it becomes root, unless it is root or runs in CI.
install_packages() {
    local missing answer become=
    if ! command -v dpkg-query >/dev/null; then
        say 'no Debian here: taking it that the packages of packages.txt are installed'
        return
    fi
    missing=$(missing_packages "$@" | tr '\n' ' ')
    [ -n "$missing" ] || return 0
    say "these Debian packages are missing: $missing"
    if [ "$(id -u)" != 0 ]; then
        command -v sudo >/dev/null || stop "as root, run: apt-get install --no-install-recommends $missing"
        become=sudo
        if [ -z "${CI:-}" ]; then
            [ -t 0 ] || stop "run: sudo apt-get install --no-install-recommends $missing"
            read -r -p 'Install them with sudo now? [Y/n] ' answer >&2
            case $answer in [nN]*) stop 'nothing was installed' ;; esac
        fi
    fi
    say 'installing them'
    quietly "lists of packages" $become apt-get -qq update
    # Only now it is known which of several names this release has.
    missing=$(missing_packages "$@" | tr '\n' ' ')
    # shellcheck disable=SC2086 # $missing is a list of words, $become may be empty
    quietly "packages" $become env DEBIAN_FRONTEND=noninteractive \
        apt-get -qq -y install --no-install-recommends $missing
}

# quietly NAME COMMAND...: output only where the command fails.
quietly() {
    local name=$1 log
    shift
    mkdir -p "$root/build"
    log=$root/build/$name.log
    "$@" >"$log" 2>&1 </dev/null || { tail -n 60 "$log" >&2; stop "$name failed; all of it is in $log"; }
}

# configure PRESET [-DNAME=VALUE...]
configure() {
    (cd "$root" && quietly "configure-$1" cmake --preset "$@")
}

# build PRESET TARGET...: with ninja's one line of progress where a person looks on.
build() {
    local preset=$1
    shift
    if [ -t 2 ]; then
        NINJA_STATUS='[%p of %t, %es] ' ninja -C "$root/build/$preset" "$@" >&2 ||
            stop "the build of $preset failed"
    else
        quietly "build-$preset" ninja -C "$root/build/$preset" "$@"
    fi
}
