"""A pupil's paper as one web page: nothing in it runs, and nothing is fetched from elsewhere."""

import base64
import hashlib
from collections.abc import Callable
from importlib.resources import files
from typing import Any

from provision_costing.documents.record import IndividualMap
from provision_costing.documents.template import environment


def as_html(record: IndividualMap) -> bytes:
    """Write the paper as an HTML page in UTF-8, styled for the screen and for A4."""
    return html_writer()(record)


def html_writer() -> Callable[[IndividualMap], bytes]:
    """Prepare the template once for a batch of papers."""
    from markupsafe import Markup

    folder = files("provision_costing.documents") / "templates"
    page = environment().from_string((folder / "individual_map.html.jinja").read_text(encoding="utf-8"))
    css = (folder / "individual_map.css").read_text(encoding="utf-8")
    seal = base64.b64encode(hashlib.sha256(css.encode()).digest()).decode()
    style: dict[str, Any] = {"css": Markup(css), "css_hash": f"sha256-{seal}"}  # noqa: S704 - our own style sheet

    def write(record: IndividualMap) -> bytes:
        return page.render(map=record, **style).encode()

    return write
