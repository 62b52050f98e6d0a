from pixora_pipeline.providers.embedded.writer.manuscript import ADDRESS_MARK, read_manuscript


def paragraphs(text: str) -> list[str]:
    return [paragraph for chapter in read_manuscript(text).chapters for paragraph in chapter.paragraphs]


def test_headings_become_chapters_and_the_first_the_title() -> None:
    manuscript = read_manuscript("# Lamps\n\nOne.\n\n## Oil\n\nTwo.\n\nThree.")
    assert manuscript.title == "Lamps"
    assert [(chapter.title, chapter.paragraphs) for chapter in manuscript.chapters] == [
        ("Lamps", ("One.",)),
        ("Oil", ("Two.", "Three.")),
    ]


def test_a_plain_first_line_is_a_title_too() -> None:
    assert read_manuscript("Council approves barrier\n\nThe council voted.").title == "Council approves barrier"
    assert read_manuscript("The council voted.\n\nIt was late.").title is None


def test_a_long_underlined_paragraph_is_prose_not_a_heading() -> None:
    text = "He walked along the shore for a very long time, until nobody could see him any more.\n---\nThen night fell."
    assert len(paragraphs(text)) == 2


def test_indented_prose_is_prose() -> None:
    assert paragraphs("    It was late.\n\n    The lamp went out.") == ["It was late.", "The lamp went out."]


def test_emphasis_links_and_code_words_lose_their_signs() -> None:
    assert paragraphs("The **old** _lamp_ and [its keeper](http://x.y) met `Nell` ~ once[^1] again [2].") == [
        "The old lamp and its keeper met Nell ~ once again ."
    ]


def test_an_address_leaves_a_mark_but_not_in_brackets() -> None:
    assert paragraphs("Look (https://x.y/z) here. See www.x.org now.") == [f"Look here. See {ADDRESS_MARK} now."]


def test_html_is_read_as_a_browser_shows_it() -> None:
    assert paragraphs("<div>The lamp.<script>evil()</script><br>It burns.</div>") == ["The lamp. It burns."]


def test_front_matter_and_emoji_are_dropped() -> None:
    assert paragraphs("---\ntitle: x\n---\nThe sea 🌊 is calm.") == ["The sea is calm."]
