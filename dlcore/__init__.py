"""Deep learning from one neuron to a trained network, in plain numpy."""
