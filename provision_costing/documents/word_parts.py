"""The building blocks of the Word template: styles, tables that screen readers can follow, the footer."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from docx import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

FONT = "Calibri"
LINE, QUIET, NAVY, SOFT, CREAM = "B9C4D0", "4A5666", "1F3A5F", "E8EEF5", "FFF9E6"
TWIPS_PER_CM = 567
BOLD = ("Heading 1", "Heading 2", "School", "Figure")


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """How a table is laid out, and what a screen reader says of it. Widths are centimetres."""

    widths: tuple[float, ...]
    title: str
    description: str
    right: tuple[int, ...] = ()  # columns of figures
    grid: bool = False  # lines on all sides, for what is written in by hand
    style: str = "Cell"


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """How one row looks."""

    fill: str = ""
    colour: str = ""
    bold: bool = False
    first_bold: bool = False  # the cell that names the row
    repeats: bool = False  # at the top of each page
    with_next: bool = False  # stays on the page of the row below
    tiles: bool = False  # a small label over a large figure
    least_height: float = 0  # centimetres


@dataclass(frozen=True, slots=True)
class LaidOut:
    """A table of the template with its layout."""

    table: Any
    look: Look


def new_document() -> Any:
    """Start an empty A4 document in British English, with this paper's styles and nobody's name in it."""
    document = Document()
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(1.5)
    section.top_margin, section.bottom_margin, section.footer_distance = Cm(1.4), Cm(1.7), Cm(0.8)
    _styles(document)
    _scrub(document)
    return document


def _styles(document: Any) -> None:
    _style(document, "Normal", size=10, space=(3, 3))
    _style(document, "Heading 1", size=20, colour=NAVY, space=(0, 4))
    _style(document, "Heading 2", size=13, colour=NAVY, space=(12, 4))
    _style(document, "List Bullet", size=9, space=(0, 1))
    _style(document, "School", size=10, colour=QUIET)
    _style(document, "Cell", size=9)
    _style(document, "Note", size=8.5, colour=QUIET, space=(2, 3))
    _style(document, "Figure", size=14, colour=NAVY)
    _box(_style(document, "Right", size=9.5, space=(6, 4)), fill=SOFT, bar=NAVY)
    _box(_style(document, "Notice", size=10, space=(3, 3)), fill=CREAM, bar="B45F06")
    for lang in document.styles.element.iter(qn("w:lang")):
        lang.set(qn("w:val"), "en-GB")


def _style(document: Any, name: str, *, size: float, colour: str = "", space: tuple[float, float] = (0, 0)) -> Any:
    known = {style.name for style in document.styles}
    style = document.styles[name] if name in known else document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    style.font.name, style.font.size, style.font.bold = FONT, Pt(size), name in BOLD
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for theme in [key for key in fonts.attrib if "Theme" in key]:
        del fonts.attrib[theme]
    fonts.set(qn("w:eastAsia"), FONT)
    fonts.set(qn("w:cs"), FONT)
    if colour:
        style.font.color.rgb = RGBColor.from_string(colour)
    style.paragraph_format.space_before, style.paragraph_format.space_after = (Pt(points) for points in space)
    style.paragraph_format.line_spacing = 1
    return style


def _box(style: Any, *, fill: str, bar: str) -> None:
    """Put a coloured ground and a bar on the left behind a paragraph style."""
    border = OxmlElement("w:pBdr")
    border.append(_element("left", val="single", sz="24", space="6", color=bar))
    spacing = style.element.pPr.find(qn("w:spacing"))
    spacing.addprevious(border)  # Word insists on the order
    spacing.addprevious(_element("shd", val="clear", color="auto", fill=fill))


def _scrub(document: Any) -> None:
    """Take out what the library's own blank document says of its maker."""
    about = document.core_properties
    about.title, about.language = "{{ map.title }}", "en-GB"
    element = about._element
    for other in [child for child in element if not child.tag.endswith(("}title", "}language"))]:
        element.remove(other)
    gone = ("extended-properties", "thumbnail", "customXml", "stylesWithEffects")
    for rels in (document.part.package.rels, document.part.rels):
        for key in [key for key, rel in rels.items() if rel.reltype.endswith(gone)]:
            del rels[key]
    for rsids in list(document.settings.element.iter(qn("w:rsids"))):  # marks of earlier editing
        rsids.getparent().remove(rsids)
    styles = document.styles.element
    for style in [
        s for s in styles.iter(qn("w:style")) if s.get(qn("w:type")) == "table" and not s.get(qn("w:default"))
    ]:
        styles.remove(style)
    for lang in document.settings.element.iter(qn("w:themeFontLang")):
        lang.set(qn("w:val"), "en-GB")


def add_table(document: Any, look: Look) -> LaidOut:
    """Add an empty table of fixed widths with its title and description as alternative text."""
    table = document.add_table(rows=0, cols=len(look.widths))
    table.autofit = False
    properties = table._tbl.tblPr
    properties.find(qn("w:tblLayout")).addprevious(_borders(grid=look.grid))  # Word insists on the order
    properties.find(qn("w:tblLayout")).addnext(_margins())
    properties.append(_element("tblCaption", val=look.title))
    properties.append(_element("tblDescription", val=look.description))
    for column, width in zip(table.columns, look.widths, strict=True):
        column.width = Cm(width)
    return LaidOut(table, look)


def _borders(*, grid: bool) -> Any:
    borders = OxmlElement("w:tblBorders")
    sides = ("top", "left", "bottom", "right", "insideH", "insideV") if grid else ("bottom", "insideH")
    for side in sides:
        borders.append(_element(side, val="single", sz="4", space="0", color=LINE))
    return borders


def _margins() -> Any:
    margins = OxmlElement("w:tblCellMar")
    for side, twips in (("top", 45), ("left", 80), ("bottom", 45), ("right", 80)):
        margins.append(_element(side, w=str(twips), type="dxa"))
    return margins


def _element(name: str, **attributes: str) -> Any:
    element = OxmlElement(f"w:{name}")
    for key, value in attributes.items():
        element.set(qn(f"w:{key}"), value)
    return element


def tag_row(laid_out: LaidOut, tag: str) -> None:
    """Add a row that holds only a template tag; filling in removes the row."""
    laid_out.table.add_row().cells[0].text = "{%tr " + tag + " %}"


def add_row(laid_out: LaidOut, texts: Sequence[str], row: Row) -> None:
    """Add a row that no page break splits; with fewer texts than columns, the first spans the rest.

    A text's lines are paragraphs, the later ones small; `*` starts what is bold.
    """
    made = laid_out.table.add_row()
    settings = made._tr.get_or_add_trPr()
    settings.append(_element("cantSplit"))
    if row.least_height:
        settings.append(_element("trHeight", val=str(int(row.least_height * TWIPS_PER_CM)), hRule="atLeast"))
    if row.repeats:
        settings.append(_element("tblHeader"))
    spare = len(made.cells) - len(texts)
    cells = [made.cells[0].merge(made.cells[spare]), *made.cells[spare + 1 :]] if spare else list(made.cells)
    for number, (cell, text) in enumerate(zip(cells, texts, strict=True)):
        column = number + spare if number else 0
        right = column in laid_out.look.right
        _fill_in(cell, text, row, right=right, bold=row.bold or (row.first_bold and _names_row(number, texts)),
                 style=laid_out.look.style)  # fmt: skip


def _names_row(number: int, texts: Sequence[str]) -> bool:
    """Say whether a cell names its row: the first, or the second where the first is a number."""
    return number == (1 if "number" in texts[0] else 0)


def _fill_in(cell: Any, text: str, row: Row, *, right: bool, bold: bool, style: str) -> None:
    fill = NAVY if row.tiles and "total_label" in text else row.fill
    if fill:
        cell._tc.get_or_add_tcPr().append(_element("shd", val="clear", color="auto", fill=fill))
    colour = "FFFFFF" if row.tiles and fill == NAVY else row.colour
    for number, line in enumerate(text.split("\n")):
        paragraph = cell.add_paragraph() if number else cell.paragraphs[0]
        small, large = ("Note", "Figure") if row.tiles else (style, "Note")
        paragraph.style = large if number else small
        paragraph.paragraph_format.space_after = Pt(0)
        paragraph.paragraph_format.keep_with_next = row.with_next or None
        if right:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        before, _, strong = line.partition("*")
        for words, is_bold in ((before, bold and not number), (strong, True)):
            if words:
                _add_words(paragraph, words, colour, bold=is_bold)


def _add_words(paragraph: Any, words: str, colour: str, *, bold: bool) -> None:
    run = paragraph.add_run(words)
    if bold:
        run.bold = True
    if colour:
        run.font.color.rgb = RGBColor.from_string(colour)


def page_footer(document: Any, text: str) -> None:
    """Put a text and "page 1 of 2" at the foot of every page."""
    paragraph = document.sections[0].footer.paragraphs[0]
    paragraph.style = "Note"
    paragraph.add_run(text + " Page ")
    _field(paragraph, "PAGE")
    paragraph.add_run(" of ")
    _field(paragraph, "NUMPAGES")


def _field(paragraph: Any, name: str) -> None:
    field = _element("fldSimple", instr=name)
    run = OxmlElement("w:r")
    shown = OxmlElement("w:t")
    shown.text = "1"
    run.append(shown)
    field.append(run)
    paragraph._p.append(field)
