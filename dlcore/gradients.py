"""Gradients by differences, slow and simple, and a check of the quick ones against them."""

from copy import deepcopy

import numpy as np

from dlcore.checks import as_floats, check_number, check_samples


class GradientError(ValueError):
    """A gradient that disagrees with differences, or a check that would have checked nothing.

    `errors` holds the relative error found for every name.
    """

    def __init__(self, message, errors=()):
        super().__init__(message)
        self.errors = dict(errors)


def numerical_gradient(f, x, *, h=1e-5):
    """∂f/∂xᵢ ≈ (f(x + h·eᵢ) − f(x − h·eᵢ)) / 2h for each number xᵢ: an array of the shape of x.

    f: a function of an array of that shape, which returns a number; it is called twice for each number of
    x, and once at x. The error is of order h²; h too small loses digits in the difference. x is left as it is.
    """
    before, after = _differences(f, x, h)
    return (before + after) / 2


def check_gradients(net, loss, X, t, *, h=1e-5, tol=1e-6, zero=()):
    """‖g − n‖ / (‖g‖ + ‖n‖) for each parameter, g from backward, n from differences: a dict, with "x" for the input.

    net: a network or a layer; loss, X (N, …) and t as in training. It runs on copies in training mode,
    dropout with the same mask each time, so net is left as it is. tol=np.inf gives the numbers without
    judging them.

    Raises GradientError if a relative error exceeds tol; and, where agreement would mean nothing, if a
    gradient is 0 throughout (name it in `zero` where it must be, as for a bias before BatchNorm) or if
    the loss has a kink nearby.
    """
    check_number(h, "h", low_open=True)
    X = as_floats(X, "X").astype(float)
    check_samples(X, np.asarray(t))
    errors = {}
    for name, (quick, before, after) in _all_gradients(net, loss, X, t, h).items():
        numeric = (before + after) / 2
        _refuse_kinks(name, before, after, errors)
        errors[name] = _relative_error(name, quick, numeric, zero, errors)
        if errors[name] > tol:
            raise GradientError(_disagreement(name, quick, numeric, errors[name], tol), errors)
    return errors


def _all_gradients(net, loss, X, t, h):
    """name: (gradient from backward, slopes to the left, slopes to the right), for "x" and each parameter."""
    trained = deepcopy(net)
    dX = trained.backward(loss.gradient(trained.forward(X, train=True), t))
    results = {"x": (dX, *_differences(lambda x: loss(deepcopy(net).forward(x, train=True), t), X, h))}
    for name, p in net.params.items():

        def loss_at(value, name=name):
            copy = deepcopy(net)
            copy.params[name][...] = value
            return loss(copy.forward(X, train=True), t)

        results[name] = (trained.grads[name], *_differences(loss_at, p, h))
    return results


def _differences(f, x, h):
    """(f(x) − f(x − h·eᵢ)) / h and (f(x + h·eᵢ) − f(x)) / h for each i."""
    x = np.array(x, dtype=float)
    before, after, centre = np.empty_like(x), np.empty_like(x), f(x.copy())
    for i in np.ndindex(x.shape):
        moved = x.copy()
        moved[i] = x[i] - h
        before[i] = (centre - f(moved.copy())) / h
        moved[i] = x[i] + h
        after[i] = (f(moved) - centre) / h
    return before, after


def _refuse_kinks(name, before, after, errors):
    jump = abs(after - before)
    if jump.max() > 0.01 * max(abs(before).max(), abs(after).max()) + 1e-6:
        i = np.unravel_index(jump.argmax(), jump.shape)
        where = ", ".join(map(str, i))
        raise GradientError(
            f"Expected a smooth loss around {name}[{where}], got slope {before[i]:.6g} on its left and "
            f"{after[i]:.6g} on its right: a kink, where no derivative exists. Check at other inputs or "
            "parameters, or with a smaller h.",
            errors,
        )


def _relative_error(name, quick, numeric, zero, errors):
    size = np.linalg.norm(quick) + np.linalg.norm(numeric)
    if size > 1e-7:
        return float(np.linalg.norm(quick - numeric) / size)
    if name not in zero:
        raise GradientError(
            f"Expected a gradient for {name!r} that is not 0 throughout, got zeros: their agreement proves "
            f"nothing. Check at other inputs or parameters; if it must be 0, pass zero=({name!r},).",
            errors,
        )
    return 0.0


def _disagreement(name, quick, numeric, error, tol):
    i = np.unravel_index(abs(quick - numeric).argmax(), numeric.shape)
    where = ", ".join(map(str, i))
    return (
        f"Expected backward to agree with differences, got a relative error of {error:.3g} (allowed {tol:g}) "
        f"for {name!r}; worst at [{where}]: backward {quick[i]:.8g}, differences {numeric[i]:.8g}. "
        "Look at this gradient's formula."
    )
