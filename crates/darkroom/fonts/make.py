"""Cuts the four faces of share pictures from the fonts named in LICENSE.txt, each a static TrueType file.

    npm install source-serif@4.5.1 inter-ui@4.1.1 @fontsource/frank-ruhl-libre@5.3.0 @fontsource/noto-naskh-arabic@5.3.0
    pip install fonttools==4.68.0 brotli==1.2.1
    python make.py node_modules

What is cut away: letters of scripts we have no face for, hints (the pictures are large), layout features that
headlines do not use. What stays: kerning, ligatures, marks, and every form that Arabic letters take.
"""

import sys
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont

# Latin with its extensions, combining marks, Greek, Cyrillic, Vietnamese, punctuation, currencies.
EUROPE = [(0x20, 0x17F), (0x180, 0x24F), (0x259, 0x259), (0x2BB, 0x2BD), (0x2C6, 0x2DD), (0x300, 0x331), (0x370, 0x3FF),
          (0x400, 0x4FF), (0x1E00, 0x1EFF), (0x2000, 0x205E), (0x20A0, 0x20C0), (0x2113, 0x2122), (0x2190, 0x2193),
          (0x2212, 0x2212), (0xFFFD, 0xFFFD)]
HEBREW = [(0x20, 0x20), (0x2D, 0x2D), (0x590, 0x5FF), (0x20AA, 0x20AA), (0x200C, 0x200F), (0xFB1D, 0xFB4F)]
ARABIC = [(0x20, 0x20), (0x600, 0x6FF), (0x750, 0x77F), (0x200C, 0x200F), (0xFDFC, 0xFDFC)]
FEATURES = ["kern", "liga", "calt", "clig", "ccmp", "locl", "mark", "mkmk", "init", "medi", "fina", "isol", "rlig", "curs"]

FACES = [
    ("serif.ttf", "source-serif/TTF/SourceSerif4Display-Semibold.ttf", "Dateline Serif", EUROPE),
    ("sans.ttf", "inter-ui/web/Inter-SemiBold.woff2", "Dateline Sans", EUROPE),
    ("hebrew.ttf", "@fontsource/frank-ruhl-libre/files/frank-ruhl-libre-hebrew-700-normal.woff2", "Dateline Hebrew", HEBREW),
    ("arabic.ttf", "@fontsource/noto-naskh-arabic/files/noto-naskh-arabic-arabic-700-normal.woff2", "Dateline Arabic", ARABIC),
]


def cut(source, family, ranges):
    """The face with only these letters, under a name of ours (the name Source is reserved for the original)."""
    options = subset.Options(layout_features=FEATURES, hinting=False, notdef_outline=True, name_IDs=[0, 1, 2, 4, 6, 13, 14])
    font = TTFont(source)
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=[letter for first, last in ranges for letter in range(first, last + 1)])
    cutter.subset(font)
    for record in font["name"].names:
        if record.nameID in (1, 4, 6):
            record.string = family.replace(" ", "") if record.nameID == 6 else family
        if record.nameID == 2:
            record.string = "Regular"
    # One weight of each: whoever asks for the family gets it, and nothing is made bolder by a machine.
    font["OS/2"].usWeightClass = 400
    font.flavor = None
    return font


for name, source, family, ranges in FACES:
    cut(Path(sys.argv[1]) / source, family, ranges).save(Path(__file__).parent / name)
