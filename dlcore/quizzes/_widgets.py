"""Quiz → ipywidgets, for a notebook with a kernel.

A radio button's text cannot hold a formula: the choices stand above in markdown, the buttons have letters.
"""

import ipywidgets as w


def widget(quiz):
    """A box with all questions."""
    numbered = enumerate(quiz.questions, 1)
    return w.VBox([_question(question, i, f"quiz-{quiz.name}-{i}") for i, question in numbered])


def _question(question, number, name):
    inputs, answered = _inputs(question)
    check, reply = w.Button(description="Check"), w.Output()

    def show_reply(_):
        reply.outputs = _markdown(question.reply(answered()))

    check.on_click(show_reply)
    figure = [w.Output(outputs=_outputs(question.picture(name)._repr_mimebundle_()))] if question.figure else []
    choices = "".join(f"\n\n{letter}) {text}" for letter, text in getattr(question, "choices", {}).items())
    text = w.Output(outputs=_markdown(f"**Question {number}.** {question.text}{choices}"))
    return w.VBox([text, *figure, inputs, check, reply])


def _inputs(question):
    """The widget, and a function that tells what is chosen or typed."""
    if question.kind == "number":
        field = w.Text(placeholder="a number", description="Answer")
        return field, lambda: field.value
    if question.kind == "one":
        radio = w.RadioButtons(options=list(question.choices), value=None, description="Answer")
        return radio, lambda: radio.value or ""
    boxes = [w.Checkbox(description=letter, indent=False) for letter in question.choices]
    return w.VBox(boxes), lambda: "".join(box.description for box in boxes if box.value)


def _markdown(text):
    return _outputs({"text/markdown": text, "text/plain": text})


def _outputs(data):
    """What an Output widget shows; set directly, because `with output` would need a running display."""
    return ({"output_type": "display_data", "data": data, "metadata": {}},)
