"""What the build makes small says the same to the browser."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from digest.website.theme import load_theme, plan_assets

pytestmark = pytest.mark.browser

RULES = r"""text => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(text);
  // Own properties are kept as they are written.
  return Array.from(sheet.cssRules, rule => rule.cssText.replace(/\s*([,;:()])\s*/g, "$1"));
}"""
IS_SCRIPT = "text => { new Function(text); return true; }"


def test_styles_are_the_same_rules(browser: Any, tmp_path: Path) -> None:
    """Rule for rule, as Chromium reads them: nothing was taken away but comments and blanks."""
    theme, page = load_theme(tmp_path), browser.new_page()
    small = {each.path: each.view.content for each in plan_assets(theme, "")}
    for name, content in theme.assets:
        if name.endswith(".css"):
            rules = page.evaluate(RULES, content.decode())
            assert len(rules) > 50
            assert page.evaluate(RULES, small[name].decode()) == rules
    page.close()


def test_scripts_stay_scripts(browser: Any, tmp_path: Path) -> None:
    """Each is read without a fault; what they do is the matter of the other tests here."""
    page = browser.new_page()
    for each in plan_assets(load_theme(tmp_path), ""):
        if each.path.endswith(".js"):
            assert page.evaluate(IS_SCRIPT, each.view.content.decode()), each.path
    page.close()
