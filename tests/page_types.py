"""One page of each type in each language, for tests and figures that need no more."""

from typing import Final

# The paths by type, in Swedish and in English.
PAGE_OF_TYPE: Final = {
    "home": ("/", "/en/"),
    "therapy_method_index": ("/terapimetoder/", "/en/therapy-methods/"),
    "therapy_method": ("/terapimetoder/ipt/", "/en/therapy-methods/ipt/"),
    "concern_index": ("/hjalp-med/", "/en/help-with/"),
    "concern_page": ("/hjalp-med/angest/", "/en/help-with/anxiety/"),
    "faq": ("/vanliga-fragor/", "/en/faq/"),
    "self_test": ("/sjalvtest/", "/en/self-test/"),
    "content": ("/kontakt/", "/en/contact/"),
}
