"""The translation of an alias that becomes a page of its own is not one of the alias."""

from tests.world.play import Play


def test_it_can_be_translated_itself(db: None) -> None:
    with Play() as play:
        play.do("create", "page", "en", publish=True)
        play.do("make_alias", "page1", "en", by="editor")
        play.do("move", "page1", "en", "page2", translations="same")
        play.do("begin", "page1")
        play.do("convert", "page2", "sv")
        assert play.world.model.objects["page2"].original == "sv"
        play.do("convert", "page2", "en")
