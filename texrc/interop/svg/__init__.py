"""The network as an SVG picture, drawn here: no Graphviz, no fonts to install.

The drawing follows Sugiyama, Tagawa and Toda (1981): parents above children in
layers, few crossings, edges that go around boxes. It is our own because the
pure-Python libraries for it are no longer kept up.
"""

from texrc.interop.svg.picture import to_svg

__all__ = ["to_svg"]
