"""Why a page on another origin does not work: what the server saw, or what a browser would see, in plain words."""
