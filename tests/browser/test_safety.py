from __future__ import annotations

import payloads

# The handle of "from where you live" is there while that is in sight, which hangs on how long the
# texts above it are; a name of several words has its first ones beside it.
NOT_LAID_OUT = (
    "body *:not(.start-handle, .start-handle *, .label-leaders *, .labels > .anchor, .label > "
    ".brief)"
)
COUNT = f"document.querySelectorAll('{NOT_LAID_OUT}').length"


def test_hostile_text_is_shown_as_text(visit, page_of):
    text = " ".join(payloads.HOSTILE)
    counts = []
    for said in ("x", text):
        seen = visit(page_of(payloads.everywhere(payloads.payload(), said)), "#w2")
        seen.page.locator(".languages select").select_option("ko")
        seen.page.wait_for_timeout(500)  # names are placed in pieces
        seen.page.wait_for_function("document.querySelector('.labels').ariaBusy === 'false'")
        counts.append(seen.page.evaluate(COUNT))
        assert seen.said == []
    assert seen.page.evaluate("document.querySelector('h1 span').textContent") == text
    assert text in seen.page.locator(".narration").first.evaluate("e => e.textContent")
    assert text in seen.page.locator(".label").first.evaluate("e => e.textContent")
    assert counts[0] == counts[1]


def test_the_policy_stops_what_is_not_of_the_page(visit, page_of):
    seen = visit(page_of())
    script = "Object.assign(document.createElement('script'), {textContent: 'window.hit = 1'})"
    seen.page.evaluate(f"() => document.body.append({script})")
    assert seen.page.evaluate("window.hit") is None
    assert any("Content Security Policy" in said for said in seen.said)
