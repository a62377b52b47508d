"""The accessibility engine, asked in the page."""

import json
from pathlib import Path

from playwright.sync_api import Page

AXE = Path(__file__).parents[2] / "web" / "node_modules" / "axe-core" / "axe.min.js"
RUN = """async () => {
    const over = document.querySelector('[role=dialog], [role=alertdialog], [role=menu]')
    const rules = over ? {
        // Guards of the focus around what lies over the page: they take it and pass it on.
        'aria-hidden-focus': { enabled: false },
        // The page below is hidden from everyone, with its landmarks and its first heading.
        region: { enabled: false },
        'page-has-heading-one': { enabled: false },
    } : {}
    return (await axe.run(document, { resultTypes: ['violations'], rules })).violations
}"""


def _found(page: Page) -> list[str]:
    """What axe finds wrong with the page as it stands: rule and element."""
    if page.evaluate("typeof axe === 'undefined'"):
        page.evaluate(AXE.read_text())
    found = page.evaluate(RUN)
    return [
        f"{finding['id']}: {json.dumps(node['target'])} {node['html'][:160]} "
        f"{node.get('failureSummary', '')[:300]}"
        for finding in found
        for node in finding["nodes"]
    ]


def clean(page: Page) -> None:
    """Nothing wrong with the page once it is drawn, dark and light."""
    for part in ("main", "h1"):
        page.locator(part).first.wait_for(state="attached")
    for theme in ("light", "dark"):
        wrong = _found(page)
        assert not wrong, "\n".join(wrong)
        page.evaluate(f"document.documentElement.dataset.theme = '{theme}'")
