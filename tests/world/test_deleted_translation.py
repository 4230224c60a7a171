"""A translation that is deleted takes its texts with it, and may be begun anew."""

from tests.world.play import Play


def test_a_deleted_translation_is_begun_anew(db: None) -> None:
    with Play() as play:
        play.do("create", "page", "sv")
        play.do("begin", "page1")
        play.do("write", "page1", by="editor", button="publish")
        play.do("delete", "page1", "en")
        assert not play.world.model.objects["page1"].is_translated
        # The place of a page below it is kept, which is no translation.
        play.do("create", "page", "sv", parent="page1")
        play.do("begin", "page2")
        play.do("begin", "page1")
        play.do("write", "page1", by="editor", button="publish")
        assert play.world.model.objects["page1"].versions["en"].is_live
