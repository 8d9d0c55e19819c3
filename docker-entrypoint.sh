#!/bin/sh
# Runs the command as whoever owns the data, so that it can write there and leaves no file of root's behind.
set -eu

if [ "$(id -u)" -eq 0 ]; then
    mkdir -p "$VOLUMES"
    user=$(stat -c %u "$VOLUMES")
    group=$(stat -c %g "$VOLUMES")
    if [ "$user" -eq 0 ]; then
        user=$(id -u portfolio)
        group=$(id -g portfolio)
    fi
    # `docker compose exec` does not come by here, so what it made is root's until now.
    # Some shared folders cannot change owners and need not: if the site cannot write there, it says so.
    chown -R --from=0 "$user:$group" "$VOLUMES" || true
    set -- setpriv --reuid "$user" --regid "$group" --clear-groups --no-new-privs -- "$@"
fi

# In place of this shell, so that the server itself gets SIGTERM.
exec "$@"
