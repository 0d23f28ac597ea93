"""A picture of a computation graph: inputs on the left, the result on the right."""

import matplotlib.pyplot as plt

ARROW = {"arrowstyle": "->", "shrinkA": 0, "shrinkB": 2, "color": "#777777"}
BOX = {"boxstyle": "round", "edgecolor": "#444444"}
TEXT = {"ha": "center", "va": "center", "color": "#111111", "fontsize": 9}


def draw_graph(root, ax=None):
    """Draw every node that leads to the Value `root` as a box with its operation, name, number and gradient.

    An arrow leads from each parent to the node computed from it. Returns the axes; new ones are made if
    ax is None.
    """
    places = _places(root.graph())
    right, top = places[root][0], max(y for _, y in places.values())
    if ax is None:
        _, ax = plt.subplots(figsize=(2 + 1.7 * right, 1.5 + 1.2 * top))
    boxes = {}
    for node, place in places.items():
        boxes[node] = ax.text(*place, _label(node), bbox=BOX | {"facecolor": _colour(node)}, **TEXT).get_bbox_patch()
        for parent in node.parents:
            bend = 0 if place[0] - places[parent][0] == 1 else -0.2  # around the boxes between
            arrow = ARROW | {"patchA": boxes[parent], "patchB": boxes[node], "connectionstyle": f"arc3,rad={bend}"}
            ax.annotate("", place, places[parent], arrowprops=arrow)
    ax.set(xlim=(-0.6, right + 0.6), ylim=(-0.6, top + 0.6))
    ax.axis("off")
    return ax


def _colour(node):
    return "#ffffff" if node.parents else "#dbe9f6"  # inputs are blue


def _label(node):
    head = " ".join(part for part in (node.name, node.op) if part)
    lines = [head, f"{node.data:.4g}", f"grad {node.grad:.4g}"]
    return "\n".join(line for line in lines if line)


def _places(order):
    """(x, y) for each node: x counts the steps from the inputs; y spreads the nodes of one x around the middle."""
    column = {}
    for node in order:
        column[node] = max((column[parent] + 1 for parent in node.parents), default=0)
    members = {x: [node for node in order if column[node] == x] for x in set(column.values())}
    tallest = max(map(len, members.values()))
    return {
        node: (x, (len(nodes) - 1) / 2 - i + (tallest - 1) / 2)
        for x, nodes in members.items()
        for i, node in enumerate(nodes)
    }
