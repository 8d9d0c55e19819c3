"""Lists in JSON, walked as a program does: from page to page, by the address that each one says."""


def pages(browser, url, way="next"):
    """The rows of each page from `url` on; `previous` is the way back."""
    name = url.partition("?")[0].rpartition("/")[2]
    while url:
        answer = browser.get(url).json
        yield answer[name]
        url = answer[way]


def walked(browser, url, way="next", shown="id"):
    """What the rows on all these pages have under the name `shown`, in order."""
    return [row[shown] for rows in pages(browser, url, way) for row in rows]
