"""The picture of docs/performance.md: bars for what each peer answers in a second, as SVG, light and dark."""

from html import escape

from benchmarks.names import OURS

PANELS = {
    "list": "A list: twenty users and their newest posts, as JSON",
    "one": "One user, as JSON",
    "page": "The list as a page, in HTML",
    "write": "A new post, on the disk before the answer (not so with bare waitress and PocketBase)",
}
TITLE = "Requests a second"
WIDTH, MARGIN = 720, 24
LABEL, BAR = 236, 372  # the columns; what is left is for the figure
ROW, HEAD, GAP = 26, 34, 22
LIGHT = {"paper": "#fbf7f1", "ink": "#2b2420", "soft": "#6b5f56", "other": "#a08e7c", "ours": "#9c3d1f"}
DARK = {"paper": "#1d1917", "ink": "#f1e9e0", "soft": "#b5a79b", "other": "#85766b", "ours": "#f0a27f"}


def draw(rows: list[dict], colours: dict[str, str]) -> str:
    """The picture of `rows`, each with a name and what it does in a second; who has no such route is not in it."""
    parts, top = [], MARGIN + HEAD
    for route, about in PANELS.items():
        fastest_first = sorted((row for row in rows if row.get(route)), key=lambda row: -row[route])
        if fastest_first:
            parts += panel(about, [(row["name"], row[route]) for row in fastest_first], top, colours)
            top += HEAD + len(fastest_first) * ROW + GAP
    head = text(MARGIN, MARGIN + 14, TITLE, colours["ink"], 'font-size="20" font-weight="600"')
    return "\n".join([*opening(rows, top, colours["paper"]), head, *parts, "</svg>", ""])


def opening(rows: list[dict], height: int, paper: str) -> list[str]:
    return [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" height="{height}" '
        'role="img" aria-labelledby="title desc" font-family="system-ui, sans-serif" font-size="14">',
        f'<title id="title">{TITLE}</title>',
        f'<desc id="desc">{escape(in_words(rows))}</desc>',
        f'<rect width="{WIDTH}" height="{height}" rx="8" fill="{paper}"/>',
    ]


def panel(about: str, bars: list[tuple[str, float]], top: int, colours: dict[str, str]) -> list[str]:
    """A head, and a bar for each; the longest is as wide as there is room."""
    most = max(value for _, value in bars)
    parts = [text(MARGIN, top + 16, about, colours["soft"])]
    for number, (name, value) in enumerate(bars):
        here, is_ours = top + HEAD + number * ROW, name in OURS
        width = value / most * BAR
        end, middle = MARGIN + LABEL + width, here + 16
        weight = 'font-weight="600"' if is_ours else ""
        parts += [
            text(MARGIN, middle, name, colours["ink"], weight),
            f'<rect x="{MARGIN + LABEL}" y="{here + 3}" width="{width:.1f}" height="{ROW - 8}" rx="3" '
            f'fill="{colours["ours" if is_ours else "other"]}"/>',
            text(round(end + 8), middle, f"{value:,.0f}", colours["ink"], weight),
        ]
    return parts


def text(x: int, y: int, words: str, colour: str, more: str = "") -> str:
    return f'<text x="{x}" y="{y}" fill="{colour}" {more}>{escape(words)}</text>'.replace(" >", ">")


def in_words(rows: list[dict]) -> str:
    """For those who do not see it."""
    panels = [
        f"{about}: " + ", ".join(f"{row['name']} {row[route]:,.0f}" for row in rows if row.get(route))
        for route, about in PANELS.items()
    ]
    return ". ".join(panels) + "."
