"""What the Makefile's rarer commands run: `make release`, `make pdf`, `make vendor`, `make links`."""
