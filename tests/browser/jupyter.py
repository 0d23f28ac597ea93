"""What readers do in a notebook of JupyterLab or JupyterLite: run all cells; change one, and run it.

All of it through the commands that keys and menus are bound to: notebooks scroll while cells grow, and what is clicked
then may be another cell.
"""

RUN_ALL = "await window.jupyterapp.commands.execute('notebook:run-all-cells');"
WRITE_AND_RUN = """
    const { content } = window.jupyterapp.shell.currentWidget;
    content.activeCellIndex = place;
    content.activeCell.model.sharedModel.setSource(text);
    for (let run = 0; run < runs; run++) {
        await window.jupyterapp.commands.execute('notebook:run-cell-and-select-next');
    }
"""
# It ends when the last cell is done; a kernel that does not answer ends it too, with an error.
IN_TIME = """async ([patience, place, text, runs]) => {
    const late = new Promise((_, fail) => setTimeout(() => fail(new Error("the cells did not end")), patience));
    const context = window.jupyterapp.shell.currentWidget.sessionContext;
    const run = async () => {
        await context.ready;
        await context.session.kernel.info;
        %s
    };
    await Promise.race([run(), late]);
}"""
PATIENCE = 120_000  # milliseconds; a busy machine is no failure


def run_all(page):
    page.evaluate(IN_TIME % RUN_ALL, [PATIENCE])


def write_and_run(page, place, text, runs=1):
    """Give the cell at this place a text; run it and those after it, so many in all."""
    page.evaluate(IN_TIME % WRITE_AND_RUN, [PATIENCE, place, text, runs])
