"""What the Makefile's rarer commands run: `make release`, `make vendor`, `make links`."""
