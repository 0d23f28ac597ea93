"""A picture of a computation graph: inputs on the left, the result on the right."""

import matplotlib.pyplot as plt


def draw_graph(root, ax=None):
    """Draw every node that leads to the Value `root` as a box with its operation, name, number and
    gradient.

    An arrow leads from each parent to the node computed from it. Returns the axes; new ones are made if
    ax is None.
    """
    order = root.graph()
    places = _places(order)
    if ax is None:
        _, ax = plt.subplots(figsize=(2 + 1.7 * places[root][0], 1 + 1.0 * max(y for _, y in places.values())))
    for node in order:
        for parent in node.parents:
            ax.annotate(
                "",
                places[node],
                places[parent],
                arrowprops={"arrowstyle": "->", "shrinkA": 18, "shrinkB": 24},
            )
        box = {
            "boxstyle": "round",
            "facecolor": "#ffffff" if node.parents else "#dbe9f6",
            "edgecolor": "#444444",
        }
        ax.text(*places[node], _label(node), ha="center", va="center", color="#111111", fontsize=9, bbox=box)
    ax.set_xlim(-0.6, places[root][0] + 0.6)
    ax.set_ylim(-0.6, max(y for _, y in places.values()) + 0.6)
    ax.axis("off")
    return ax


def _label(node):
    head = " ".join(part for part in (node.name, node.op) if part)
    lines = [head, f"{node.data:.4g}", f"grad {node.grad:.4g}"]
    return "\n".join(line for line in lines if line)


def _places(order):
    """(x, y) for each node: x counts the steps from the inputs; y spreads the nodes of one x around the
    middle.
    """
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
