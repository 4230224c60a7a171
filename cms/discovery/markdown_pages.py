"""`…/index.md`: each page as Markdown, for programs and for who reads in a terminal."""

import re
from typing import Any
from urllib.parse import urljoin

from bs4 import BeautifulSoup, Tag
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.utils.timezone import localdate

from cms.public.cache_headers import mark_lasting, name_page
from cms.public.page_paths import absolute_url, find_page, page_path
from cms.public.redirects import find_redirect, own_address
from cms.public.rich_text import markdown
from cms.public.visibility import PublicScope
from pages.frame import build_frame
from pages.frame_schemas import CrisisContact

# What only serves readers of a web page.
LEFT_OUT = "nav, script, template, form, [hidden], .said-only, p.self-test-by-hand"


def markdown_page(request: HttpRequest, path: str) -> HttpResponse:
    """Answer with the page at a path as CommonMark, below what a reader must know first.

    Raises Http404 where no page is public. The text is that of the web page, which the template
    made.
    """
    scope = PublicScope.for_request(request)
    page = find_page(f"/{path}", scope)
    if page is None and (moved := find_redirect(f"/{path}", "", scope)) is not None:
        own = own_address(moved.location, scope.site)
        return HttpResponseRedirect(f"{own[0]}index.md" if own else moved.location)
    if page is None or request.path_info != f"{page_path(page)}index.md":
        raise Http404("No page is public at this address.")
    with translation.override(page.locale.language_code):
        context = page.get_context(request)
        html = render_to_string(page.get_template(request), context, request=request)
        text = (
            "\n".join(_facts(page, context, scope))
            + "\n\n"
            + _body(html, context["seo"].canonical_url)
        )
    response = HttpResponse(f"{text}\n", content_type="text/markdown; charset=utf-8")
    # At the page's own address, where the answer depends on what is asked for, it is this one too.
    patch_vary_headers(response, ["Accept"])
    response["Content-Language"] = page.locale.language_code
    response["Link"] = f'<{context["seo"].canonical_url}>; rel="canonical"'
    mark_lasting(request, response, scope.site)
    name_page(response, page.pk, page.locale.language_code, scope.nodes)
    return response


def _facts(page: Any, context: dict[str, Any], scope: PublicScope) -> list[str]:
    """Return the lines above the text: language, address, review and help in a crisis."""
    language = page.locale.language_code
    review = getattr(context["content"], "review", None)
    lines = [
        "---",
        f"language: {language}",
        f"url: {context['seo'].canonical_url}",
    ]
    if page.last_published_at:
        lines.append(f"updated: {localdate(page.last_published_at).isoformat()}")
    if review and not review.reviewer.is_made_up:
        lines += [
            f"reviewed: {review.reviewed_on.isoformat()}",
            f"next_review: {review.next_review_on.isoformat()}",
        ]
    lines += [
        f"{other.code}: {absolute_url(scope.site, other.path)}index.md"
        for other in context["languages"]
        if other.is_translated
    ]
    lines.append("---")
    if crisis := build_frame(scope, page.locale).crisis:
        lines += ["", f"**{crisis.heading}** " + " · ".join(map(_contact, crisis.contacts))]
    return lines


def _contact(contact: CrisisContact) -> str:
    ways = [
        f"[{text}]({address})"
        for text, address in (
            (contact.phone, contact.phone_href),
            (contact.text_number and f"SMS {contact.text_number}", contact.text_href),
            (contact.chat_url, contact.chat_url),
        )
        if text
    ]
    name = f"[{contact.name}]({contact.url})" if contact.url and not ways else contact.name
    return f"{name}: {', '.join(ways) or contact.description}"


def _body(html: str, url: str) -> str:
    """Return the main part of a rendered page as CommonMark with absolute links."""
    main = BeautifulSoup(html, "html.parser").find("main")
    if not isinstance(main, Tag):
        return ""
    for element in main.select(LEFT_OUT):
        element.decompose()
    for question in main.find_all("summary"):
        question.name = "h3"
    for name, attribute in (("a", "href"), ("img", "src")):
        for element in main.find_all(name):
            element[attribute] = urljoin(url, str(element.get(attribute, "")))
    return re.sub(r"\n{3,}", "\n\n", markdown(main.decode_contents()))
