#!/bin/sh
# Runs the command as whoever owns the data, so that it can write there and leaves no file of root's behind.
set -eu

# The first process of a container hears SIGTERM only if it asks for it.
trap 'exit 143' TERM

# What `docker compose exec` made is root's, and a copied file may be anybody's.
# Some shared folders cannot change owners and need not: if the site cannot write there, it says so.
mend_owners() {
    strange=$(find "$VOLUMES" ! -user "$user" -print -quit)
    [ -n "$strange" ] || return 0
    echo "$strange belongs to somebody else: all in $VOLUMES is given to user $user" >&2
    chown -Rh "$user:$group" "$VOLUMES"
}

if [ "$(id -u)" -eq 0 ]; then
    mkdir -p "$VOLUMES"
    user=$(stat -c %u "$VOLUMES")
    group=$(stat -c %g "$VOLUMES")
    if [ "$user" -eq 0 ]; then
        user=$(id -u portfolio)
        group=$(id -g portfolio)
    fi
    # In the background, as the shell hears no signal while it waits for a command in front.
    mend_owners &
    wait $! || true
    set -- setpriv --reuid "$user" --regid "$group" --clear-groups --no-new-privs -- "$@"
fi

# A signal that comes before the server can hear it waits until then.
case "$*" in
*"python app.py") set -- env --block-signal=TERM "$@" ;;
esac

# In place of this shell, so that the server itself gets SIGTERM.
exec "$@"
