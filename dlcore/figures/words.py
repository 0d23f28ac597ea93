"""Numbers as they stand in sentences and pictures."""

_RAISED = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


def minus(text):
    """The text with minus signs for its hyphens."""
    return text.replace("-", "−")


def signed(number):
    """With a minus sign, at most six digits, and no "−0"."""
    return minus(f"{round(float(number), 6) + 0.0:.6g}")


def counted(number, thing):
    """1 step, 2 steps."""
    return f"{number} {thing}" if number == 1 else f"{number} {thing}s"


def power_of_ten(exponent):
    """10⁻³ for −3, and 1 for 0."""
    return f"10{str(exponent).translate(_RAISED)}" if exponent else "1"
