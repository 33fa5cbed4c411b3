"""How a certificate is recognised, in words: readers see names, never a pattern's signs."""

import string
from itertools import groupby

from certcheck.rules.patterns import CharacterSet, Part, parse_pattern
from macros.loading.wording import Strings
from macros.model.authority import FieldTest, Mark

_CLASSES = {
    "pattern.digits": string.digits,
    "pattern.capitals": string.ascii_uppercase,
    "pattern.small": string.ascii_lowercase,
    "pattern.letters": string.ascii_letters,
    "pattern.alphanumeric": string.ascii_letters + string.digits,
    "pattern.capitals-digits": string.ascii_uppercase + string.digits,
    "pattern.small-digits": string.ascii_lowercase + string.digits,
}
_NAMES = {frozenset(characters): code for code, characters in _CLASSES.items()}


def describe_mark(mark: Mark, strings: Strings, language: str) -> str:
    """Describe what has to hold of a certificate, all of it together."""
    tests = [_describe_test(test, strings, language) for test in mark.tests]
    return strings.format(language, "authority.recognised.and").join(tests)


def _describe_test(test: FieldTest, strings: Strings, language: str) -> str:
    field = strings.format(language, f"field.{test.field}")
    if test.pattern is None:
        return strings.format(language, "authority.recognised", field=field, value=test.equals)
    value = describe_pattern(test.pattern, strings, language)
    return strings.format(language, "authority.recognised.pattern", field=field, value=value)


def describe_pattern(pattern: str, strings: Strings, language: str) -> str:
    """Describe a pattern's parts in order, e.g. ``「F」、数字（6文字）``."""
    words: list[str] = []
    for is_literal, group in groupby(parse_pattern(pattern), _is_literal):
        parts = list(group)
        if is_literal:
            literal = "".join("".join(part.characters.characters) for part in parts)
            words.append(strings.format(language, "pattern.literal", words=literal))
        else:
            words += (_describe_part(part, strings, language) for part in parts)
    return strings.format(language, "pattern.then").join(words)


def _is_literal(part: Part) -> bool:
    characters = part.characters
    return part.least == part.most == 1 and len(characters.characters) == 1 and not characters.is_negated


def _describe_part(part: Part, strings: Strings, language: str) -> str:
    name = _name_characters(part.characters, strings, language)
    code = "pattern.between"
    if part.most is None:
        code = "pattern.at-least"
    elif part.least == part.most:
        code = "pattern.once" if part.least == 1 else "pattern.exactly"
    return strings.format(language, code, name=name, least=part.least, most=part.most)


def _name_characters(characters: CharacterSet, strings: Strings, language: str) -> str:
    listed = "".join(sorted(characters.characters))
    if characters.is_negated:
        code = "pattern.none-of" if listed else "pattern.any"
        return strings.format(language, code, characters=listed)
    code = _NAMES.get(characters.characters, "pattern.of")
    return strings.format(language, code, characters=listed)
