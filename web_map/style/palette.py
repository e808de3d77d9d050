"""Colours and fonts that belong to no layer. The page's own colours are in ``static/css/colours.css``."""

GROUND = "#f5f1e8"
"""The paper the map lies on."""

HALO = "#fdfbf6"
"""Edge around labels, so that they read over any layer."""

TEXT = "#3b3630"

SELECTED = "#b3261e"
"""The one loud colour: kept for what was asked."""

FONT = "Be Vietnam Pro"
FONT_STRONG = "Be Vietnam Pro SemiBold"
WEIGHTS = {FONT: 400, FONT_STRONG: 600}
"""Font name in the style, and the weight of the file that draws it."""
