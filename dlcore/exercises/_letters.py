"""Answers spelled with letters, which everybody writes in a way of their own: "BDAC", "b, d, a, c" or a list of them."""


def letters(answer):
    """The letters of a text, or of a list of texts, as capitals in a row; "" for anything else."""
    if isinstance(answer, (list, tuple)) and all(isinstance(part, str) for part in answer):
        answer = "".join(answer)
    return "".join(c for c in answer.upper() if c.isalpha()) if isinstance(answer, str) else ""


def spells(word):
    """Does an answer spell this word?"""
    return lambda answer: letters(answer) == word


def misses(word):
    """Does an answer not have each letter of this word once, in whatever order?"""
    return lambda answer: sorted(letters(answer)) != sorted(word)
