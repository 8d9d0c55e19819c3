"""`python -m models freeze`: every public page as a file."""

import re
from argparse import Namespace
from pathlib import Path
from urllib.parse import urlsplit

from commands.progress import progress
from config import BadSetting, Settings, settings_from_environment
from freezing.backend import checked_backend, words_about
from freezing.failed import FreezeFailed
from freezing.making import Wishes, make_files
from freezing.moment import site_of_one_moment
from freezing.only_one import only_one
from freezing.release import Release
from freezing.target import Target, nothing_half_done

SITE = re.compile(r"https?://[A-Za-z0-9.:\[\]-]+(/[A-Za-z0-9._~-]+)*/?")
BASE = re.compile(r"/([A-Za-z0-9._~-]+/)*")


def run(options: Namespace) -> None:
    settings = settings_from_environment(own_server=True)
    wishes = wishes_of(options, settings)
    folder = Path(options.folder)
    target = Release(folder) if options.release else Target(folder)
    try:
        with only_one(target), site_of_one_moment(settings) as site, nothing_half_done(target):
            target.begin()
            with progress("pages") as told:
                count = make_files(site, wishes, target.keep, told)
            changed, gone = target.finish()
    except FreezeFailed as error:
        raise SystemExit(str(error)) from None
    print(
        f"Froze {count:,} pages into {folder}: {len(target.names):,} files, {changed:,} new or changed, {gone:,} gone."
    )
    if wishes.backend:
        print(words_about(wishes.backend, wishes.site))
    if settings.directory == "members":
        print("Users and posts are for members here, so they are not among them.")


def wishes_of(options: Namespace, settings: Settings) -> Wishes:
    """BadSetting for an address that cannot be one."""
    site, base = options.site, options.base
    if site and not SITE.fullmatch(site):
        raise BadSetting(f"--site must be like https://school.example/class/, not {site!r}")
    if base and not BASE.fullmatch(base):
        raise BadSetting(f"--base must be like /class/, not {base!r}")
    site = f"{site.rstrip('/')}/" if site else ""
    backend = checked_backend(options.backend, site) if options.backend else ""
    return Wishes(site, base, base or urlsplit(site).path or "/", f"http://{settings.host}:{settings.port}", backend)
