"""The API's description, for programs and for people. It says what the code says, and shows nobody's rows."""

from bottle import HTTPError, request

from routes.shared.access import everyone
from routes.shared.addresses import address
from routes.shared.dialect import API
from routes.shared.page import page
from routes.shared.section import Section
from routes.shared.shapes import shape
from routes.shared.state import current_state

routes = Section()


@routes.get("/api/openapi.json", apply=everyone, gives=shape())
def read_description() -> bytes:
    """This description, in OpenAPI 3.1."""
    from routes.description.document import answer_document  # which no start needs

    return answer_document(API)


@routes.get("/docs", apply=everyone, varies=True)  # it says by which name it was asked
def show_docs() -> str:
    from routes.description.document import document
    from routes.description.page import errors, headers, schemas, sections

    api = document(request.app, API, address(""))
    frozen = current_state().frozen
    here = frozen.api if frozen else f"{request.urlparts.scheme}://{request.urlparts.netloc}{address('')}"
    return page(
        "docs/show",
        about=api["info"]["description"],
        headers=headers(api),
        sections=sections(api, here),
        schemas=schemas(api),
        errors=errors(api),
    )


@routes.get("/docs/make-your-own", apply=everyone)
def show_guide() -> str:
    from routes.description.guide import read_guide

    try:
        frozen = current_state().frozen
        guide = read_guide(frozen.api if frozen else address(""))
    except FileNotFoundError:
        raise HTTPError(404, "The guide is in the folder docs/ of the program, which did not come along.") from None
    return page("docs/guide", guide=guide)
