"""Can everyone read the colours? WCAG 2.2 contrast of the token pairs, light and dark, read from the stylesheet."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import valley.site

FOLDER = Path(valley.site.__file__).parent / "static" / "valley"
CSS = (FOLDER / "valley.css").read_text(encoding="utf-8")
# WCAG 2.2: 1.4.3 text, 1.4.11 edges and graphics.
TEXT, EDGE = 4.5, 3.0
PAIRS = [
    ("text", "bg", TEXT),
    ("text", "bg-soft", TEXT),
    ("text-soft", "bg", TEXT),
    ("text-soft", "bg-soft", TEXT),
    ("link", "bg", TEXT),
    ("link", "surface", TEXT),
    ("link", "bg-soft", TEXT),
    ("on-primary", "primary", TEXT),
    ("bad", "bad-bg", TEXT),
    ("bad", "bg", TEXT),
    ("good", "good-bg", TEXT),
    ("warn", "warn-bg", TEXT),
    ("info", "info-bg", TEXT),
    ("text", "bad-bg", TEXT),
    ("text", "warn-bg", TEXT),
    ("thread", "bg", TEXT),
    ("edge", "surface", EDGE),
    ("edge", "bg", EDGE),
    ("focus", "bg", EDGE),
    ("focus", "surface", EDGE),
    ("focus", "bg-soft", EDGE),
    ("primary", "bg", EDGE),
    *[(f"chart-{number}", "bg", EDGE) for number in range(1, 6)],
]


def colours(css: str) -> dict[str, tuple[str, str]]:
    """Token -> (light, dark), after resolving a token that only names another."""
    found = dict(re.findall(r"--v-([\w-]+):\s*([^;]+);", css))

    def resolved(value: str) -> tuple[str, str] | None:
        pair = re.search(r"light-dark\((#\w{6}),\s*(#\w{6})\)", value)
        if pair:
            return pair[1], pair[2]
        other = re.fullmatch(r"var\(--v-([\w-]+)\)", value.strip())
        return resolved(found[other[1]]) if other else None

    return {name: pair for name, value in found.items() if (pair := resolved(value))}


def contrast(one: str, other: str) -> float:
    """The WCAG contrast ratio of two #rrggbb colours."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_the_ratio_is_that_of_wcag() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize(("front", "back", "least"), PAIRS)
def test_every_pair_has_enough_contrast(front: str, back: str, least: float, scheme: int) -> None:
    tokens = colours(CSS)
    assert contrast(tokens[front][scheme], tokens[back][scheme]) >= least


def test_twenty_tokens_read_nl_design_system_first() -> None:
    bridged = re.findall(r"--v-[\w-]+:\s*var\((--basis-[\w-]+),", CSS)
    assert len(bridged) >= 20
    assert len(set(bridged)) == len(bridged)


def test_styles_are_layered_and_small() -> None:
    assert CSS.index("@layer reset, tokens, base") < CSS.index("@layer reset {")
    assert len(CSS.encode()) < 32_000
    for promise in ("prefers-reduced-motion", "forced-colors", "@media print", ":focus-visible", "color-scheme"):
        assert promise in CSS


def test_no_colour_stands_outside_the_tokens() -> None:
    body = CSS[CSS.index("@layer base {") :]
    allowed = {"#fff"}  # paper in print and the ground of a QR code, which must stay white
    assert set(re.findall(r"#[0-9a-fA-F]{3,8}\b", body)) <= allowed


def test_every_token_used_is_declared() -> None:
    both = CSS + (FOLDER / "home.css").read_text(encoding="utf-8")
    assert set(re.findall(r"var\(--v-([\w-]+)", both)) <= set(re.findall(r"--v-([\w-]+):", both))
